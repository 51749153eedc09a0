/* Under which law a dossier stands: the corpus it was filed under, unless the law in force says otherwise. */
#include "acts/corpora.h"
#include "office/engine.h"

/* The check by which the law in force speaks of dossiers filed before it, and its word for taking them over. Without
 * such a check, or when it cannot answer, they keep theirs. */
#define TRANSITION "dossiers-in-flight"
#define TAKEN_OVER "in_force"

const struct err *
dossier_under(struct ctx **ctx, const struct dossier *dossier)
{
    struct ctx *in_force = *ctx;
    if (in_force->law == NULL || dossier->corpus_root.len == 0 ||
        text_equal(hash_to_hex(in_force->arena, law_root(in_force->law)), dossier->corpus_root)) {
        return NULL;
    }
    /* What was decided stays as it was decided. */
    if (!dossier_is_closed(dossier->state) &&
        law_check(in_force->arena, in_force->law, TEXT(TRANSITION), in_force->today) != NULL) {
        struct json known = {.type = JSON_OBJECT};
        json_set(in_force, &known, TEXT("act"), json_of_text(dossier->act_code));
        json_set(in_force, &known, TEXT("filed_on"), json_of_date(in_force, dossier->filed_on));
        json_set(in_force, &known, TEXT("complete_on"), json_of_date(in_force, dossier->complete_on));
        struct ruling ruling;
        TRY(check_ask(in_force, TEXT(TRANSITION), in_force->today, &known, &ruling));
        if (text_is(ruling.verdict, TAKEN_OVER)) {
            return NULL;
        }
    }
    const struct law *law = NULL;
    TRY(corpora_law(in_force, dossier->corpus_root, &law));
    struct ctx *under = ARENA_NEW(in_force->arena, struct ctx);
    *under = *in_force;
    under->law = law;
    *ctx = under;
    return NULL;
}
