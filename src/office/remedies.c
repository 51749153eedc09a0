/* Remedies against a negative act, in the words of the law's own checks of appeals (R2). */
#include "office/engine.h"

/* Checks of appeals, in the order in which a person goes through them; those that the corpus does not have are told so
 * plainly by whoever prints (paper_words.c). */
static const char *const appeals[] = {"administrative-appeal", "court-action"};

const struct err *
remedies(struct ctx *ctx, enum lang lang, struct text **ret, size_t *ret_count)
{
    size_t room = 0;
    const struct law_check *checks[sizeof appeals / sizeof appeals[0]];
    for (size_t i = 0; i < sizeof appeals / sizeof appeals[0]; i++) {
        checks[i] = law_check(ctx->arena, ctx->law, text_of(appeals[i]), ctx->today);
        room += checks[i] == NULL ? 0 : checks[i]->norms_count;
    }
    struct text *texts = ARENA_ARRAY(ctx->arena, struct text, room);
    size_t count = 0;
    for (size_t i = 0; i < sizeof appeals / sizeof appeals[0]; i++) {
        for (size_t k = 0; checks[i] != NULL && k < checks[i]->norms_count; k++) {
            const struct norm *norm = law_norm(ctx->law, checks[i]->norms[k]);
            if (norm != NULL && norm->says[lang].len > 0) {
                texts[count++] = text_printf(ctx->arena, "%.*s (%.*s)", TEXT_ARG(norm->says[lang]), TEXT_ARG(norm->id));
            }
        }
    }
    *ret = texts;
    *ret_count = count;
    return NULL;
}

const struct err *
appeal_last_day(struct ctx *ctx, struct date proven_on, struct date *ret)
{
    *ret = DATE_NONE;
    if (date_is_none(proven_on)) {
        return NULL; /* no term runs from what is not proven (R3) */
    }
    const struct json absent = {.type = JSON_NULL};
    struct json known = {.type = JSON_OBJECT};
    json_set(ctx, &known, TEXT("refusal_received_on"), json_of_date(ctx, proven_on));
    json_set(ctx, &known, TEXT("term_ended_on"), absent);
    json_set(ctx, &known, TEXT("appeal_filed_on"), absent);
    json_set(ctx, &known, TEXT("heard_by"), absent);
    json_set(ctx, &known, TEXT("answered_on"), absent);
    struct ruling ruling;
    TRY(check_ask(ctx, text_of(appeals[0]), ctx->today, &known, &ruling));
    *ret = ruling_date(&ruling, "last_day");
    return NULL;
}
