/* From notifications to letters. What was told so far is a number kept beside the outbox, not a mark on the
 * notification, which is a projection of acts. */
#include "access/account.h"
#include "access/mandate.h"
#include "app/mail.h"
#include "base/limits.h"
#include "office/notification.h"

static const struct {
    const char *subject;
    const char *text;
    const char *foot;
} words[LANGS] = {
    [LANG_AR] = {"رسالة من المركز السينمائي المغربي في انتظاركم",
                 "أودع المركز السينمائي المغربي رسالة في صندوقكم. للاطلاع عليها، سجلوا الدخول من الرابط الآتي. ويُثبت "
                 "فتحها التبليغ، ومن يومه تسري الآجال.",
                 "هذه رسالة آلية، فلا تردوا عليها. ولن يطلب منكم المركز أبدا كلمة السر بالبريد الإلكتروني."},
    [LANG_FR] = {"Un courrier du Centre cinématographique marocain vous attend",
                 "Le Centre cinématographique marocain a déposé un courrier dans votre boîte. Pour le lire, "
                 "connectez-vous à l'adresse ci-dessous. L'ouvrir vaut notification : les délais courent de ce jour.",
                 "Ce message est automatique, n'y répondez pas. Le Centre ne demande jamais de mot de passe par "
                 "courriel."},
    [LANG_EN] = {"A letter from the Moroccan Cinematographic Centre awaits you",
                 "The Moroccan Cinematographic Centre has placed a letter in your inbox. To read it, sign in at the "
                 "address below. Opening it is the proof of notification, and terms run from that day.",
                 "This message is automatic: do not answer it. The Centre never asks for a password by e-mail."},
};
static const struct text told_name = TEXT_INIT("notification");

static const struct err *tell_party(struct ctx *ctx, const struct mail_options *options,
                                    const struct notification *notification);

const struct err *
mail_waiting(struct ctx *ctx, int64_t *ret)
{
    int64_t told = 0;
    bool begun = false;
    struct notification_id newest;
    TRY(outbox_told(ctx, told_name, &told, &begun));
    TRY(notification_newest(ctx, &newest));
    *ret = newest.value - told;
    return NULL;
}

const struct err *
mail_tell(struct ctx *ctx, const struct mail_options *options, int64_t *ret_told)
{
    int64_t told = 0;
    bool begun = false;
    *ret_told = 0;
    TRY(outbox_told(ctx, told_name, &told, &begun));
    if (!begun && options->is_demo) { /* its invented past was never sent to anybody */
        struct notification_id newest;
        TRY(notification_newest(ctx, &newest));
        return outbox_tell(ctx, told_name, newest.value);
    }
    struct notification *notifications = NULL;
    size_t count = 0;
    TRY(notification_after(ctx, (struct notification_id){told}, PAGE_ROWS_MAX, &notifications, &count));
    for (size_t i = 0; i < count; i++) {
        if (notifications[i].channel == CHANNEL_INBOX && notifications[i].proof.at == NULL) {
            TRY(tell_party(ctx, options, &notifications[i]));
        }
        told = notifications[i].id.value;
    }
    *ret_told = (int64_t)count;
    return count == 0 ? NULL : outbox_tell(ctx, told_name, told);
}

/* Every account that may open it. One who was erased, or is disabled, has no address here any more. */
static const struct err *
tell_party(struct ctx *ctx, const struct mail_options *options, const struct notification *notification)
{
    struct mandate *mandates = NULL;
    size_t count = 0;
    TRY(mandates_of_party(ctx, notification->party, &mandates, &count));
    for (size_t i = 0; i < count; i++) {
        struct account account;
        enum lang lang = LANG_NONE;
        TRY(account_get(ctx, mandates[i].account, &account));
        if (account.email.at == NULL || !date_is_none(account.disabled_on)) {
            continue;
        }
        TRY(account_lang(ctx, account.id, &lang));
        lang = lang != LANG_NONE && lang_is_complete(lang) ? lang : LANG_AR;
        const struct text body =
            text_printf(ctx->arena, "%s\n\n%.*s/inbox/%lld\n\n%s\n", words[lang].text, TEXT_ARG(options->base_url),
                        (long long)notification->id.value, words[lang].foot);
        TRY(outbox_put(ctx, &(struct outbox_letter){.kind = told_name,
                                                    .recipient = account.email,
                                                    .lang = lang,
                                                    .subject = text_of(words[lang].subject),
                                                    .body = body}));
    }
    return NULL;
}
