/* Papers as PDF: the filing receipt, letters, certificates. Drawn before the transaction, counted and kept in it, so
 * that every copy that left the house is known (REQUIREMENTS R15). */
#include "office/paper.h"

#include "office/notification.h"
#include "web/dispatch.h"
#include "web/dossier_parts.h"

static const struct err *make_receipt(struct ctx *ctx, struct visit *visit);
static const struct err *make_letter(struct ctx *ctx, struct visit *visit);
static const struct err *make_certificate(struct ctx *ctx, struct visit *visit);
static const struct err *send_paper(struct ctx *ctx, struct visit *visit);

#define READERS (ROLE_APPLICANT | ROLE_OFFICER | ROLE_DIRECTOR)
extern const struct route routes_paper[];
const struct route routes_paper[] = {{HTTP_POST, "/dossiers/{dossier}/receipt", READERS, TX_WRITE, send_paper,
                                      .prepare = make_receipt, .name = "paper.receipt", .norm = "55.19/10/1"},
                                     {HTTP_POST, "/inbox/{notification}/letter", ROLE_APPLICANT, TX_WRITE, send_paper,
                                      .prepare = make_letter, .name = "paper.letter"},
                                     {HTTP_POST, "/instruments/{instrument}/certificate", READERS, TX_WRITE, send_paper,
                                      .prepare = make_certificate, .name = "paper.certificate"},
                                     {0}};

/* A paper on its way: what is drawn, and for whom. */
struct making {
    struct visit *visit;
    struct made_paper *made;
    tx_fn *draw;
    int64_t id;
};

/* Draws in a read transaction of its own. */
static const struct err *
make(struct ctx *ctx, struct visit *visit, const char *param, tx_fn *draw)
{
    struct making making = {.visit = visit, .made = ARENA_NEW(ctx->arena, struct made_paper)};
    TRY(visit_id(ctx, visit, param, &making.id));
    visit->prepared = making.made;
    pthread_mutex_lock(visit->web->options.press_lock);
    const struct err *err = store_read(visit->web->options.store, ctx, draw, &making);
    pthread_mutex_unlock(visit->web->options.press_lock);
    return err;
}

/* Whoever may not see it does not learn that it exists. */
static const struct err *
refuse(struct ctx *ctx)
{
    return FAIL(ctx->arena, ERR_NOT_FOUND, "this paper is not for this user");
}

static bool
is_for(const struct ctx *ctx, struct party_id party)
{
    return ctx->user != NULL && ((ctx->user->party.value != 0 && ctx->user->party.value == party.value) ||
                                 (ctx->user->roles & (ROLE_OFFICER | ROLE_DIRECTOR)) != 0);
}

/* The language beside Arabic. */
static enum lang
latin_lang(const struct ctx *ctx)
{
    return ctx->lang == LANG_EN ? LANG_EN : LANG_FR;
}

static const struct err *
draw_receipt(struct ctx *ctx, void *arg)
{
    const struct making *making = arg;
    struct dossier dossier;
    TRY(dossier_get(ctx, (struct dossier_id){making->id}, &dossier));
    if (!is_for(ctx, dossier.party)) {
        return refuse(ctx);
    }
    return letter_make(ctx, making->visit->web->options.press, dossier.act, ctx->lang, making->made);
}

/* A letter exists for its holder once he has opened it. */
static const struct err *
draw_letter(struct ctx *ctx, void *arg)
{
    const struct making *making = arg;
    struct notification notification;
    TRY(notification_get(ctx, (struct notification_id){making->id}, &notification));
    if (!is_for(ctx, notification.party) || notification.proof.at == NULL) {
        return refuse(ctx);
    }
    return letter_make(ctx, making->visit->web->options.press, notification.act, ctx->lang, making->made);
}

static const struct err *
draw_certificate(struct ctx *ctx, void *arg)
{
    const struct making *making = arg;
    struct instrument instrument;
    TRY(instrument_get(ctx, (struct instrument_id){making->id}, &instrument));
    if (!is_for(ctx, instrument.party)) {
        return refuse(ctx);
    }
    return certificate_make(ctx, making->visit->web->options.press, instrument.id, latin_lang(ctx), making->made);
}

static const struct err *
make_receipt(struct ctx *ctx, struct visit *visit)
{
    return make(ctx, visit, "dossier", draw_receipt);
}

static const struct err *
make_letter(struct ctx *ctx, struct visit *visit)
{
    return make(ctx, visit, "notification", draw_letter);
}

static const struct err *
make_certificate(struct ctx *ctx, struct visit *visit)
{
    return make(ctx, visit, "instrument", draw_certificate);
}

static const struct err *
send_paper(struct ctx *ctx, struct visit *visit)
{
    const struct made_paper *made = visit->prepared;
    TRY(paper_record(ctx, made));
    visit_bytes(visit, TEXT("application/pdf"), made->pdf,
                text_printf(ctx->arena, "%.*s-%lld.pdf", TEXT_ARG(made->kind), (long long)made->act.value));
    return NULL;
}
