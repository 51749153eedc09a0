/* The acts of an officer's examination. Version 1 of each:
 *
 * dossier_assigned    {"dossier":7, "officer":3, "due_on":...}
 * facts_attested      {"dossier":7, "facts":{...}, "due_on":...}   by whom: the act's actor
 * replacement_asked   {"dossier":7, "codes":["tax_certificate"], "reason":"...", "notification":3}
 * information_asked   {"dossier":7, "question":"...", "notification":4} */
#include "office/dossier.sql.h"
#include "office/engine.h"

const struct err *
dossier_assigned_apply(struct ctx *ctx, const struct act *act)
{
    struct dossier dossier;
    TRY(dossier_moved(ctx, act, EVENT_ASSIGN, &dossier));
    dossier.officer.value = data_int(act->data, "officer");
    return dossier_write(ctx, &dossier);
}

const struct err *
facts_attested_apply(struct ctx *ctx, const struct act *act)
{
    struct dossier dossier;
    TRY(dossier_moved(ctx, act, EVENT_ATTEST, &dossier));
    const struct json *facts = json_get(act->data, "facts");
    for (size_t i = 0; facts != NULL && i < facts->count; i++) {
        TRY(dossier_fact_insert(ctx,
                                &(struct dossier_fact_insert_in){.dossier = dossier.id,
                                                                 .name = facts->members[i].name,
                                                                 .act = act->id.value,
                                                                 .source = TEXT("attested"),
                                                                 .value = json_to_text(ctx, &facts->members[i].value),
                                                                 .by_whom = act->actor,
                                                                 .day = act->day}));
    }
    return NULL;
}

const struct err *
replacement_asked_apply(struct ctx *ctx, const struct act *act)
{
    struct dossier dossier;
    TRY(dossier_moved(ctx, act, EVENT_ASK_PAPER, &dossier));
    dossier.replacement_act = act->id;
    dossier.replacement_requested_on = act->day;
    dossier.replacement_codes = data_json(ctx, act->data, "codes", "[]");
    dossier.replacement_reason = data_text_or_empty(act->data, "reason");
    TRY(dossier_write(ctx, &dossier));
    return notification_begin(ctx, act, &(struct notifying){.party = dossier.party, .dossier = dossier.id});
}

const struct err *
information_asked_apply(struct ctx *ctx, const struct act *act)
{
    struct dossier dossier;
    TRY(dossier_moved(ctx, act, EVENT_ASK_INFORMATION, &dossier));
    dossier.information_requested_on = act->day;
    dossier.information_asked = data_text_or_empty(act->data, "question");
    TRY(dossier_write(ctx, &dossier));
    return notification_begin(ctx, act, &(struct notifying){.party = dossier.party, .dossier = dossier.id});
}
