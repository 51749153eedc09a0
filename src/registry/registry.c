#include "registry/registry.h"

#include "registry/data.h"
#include "registry/instrument.h"
#include "registry/party.h"

static const struct err *person_erased_apply(struct ctx *ctx, const struct act *act);

const struct act_kind registry_kinds[] = {
    {"instrument_taken_over", 1, instrument_taken_over_apply, "18.23/102/1"},
    {"party_changed", 1, party_changed_apply, NULL},
    {"party_facts_recorded", 1, party_facts_recorded_apply, NULL},
    {"party_registered", 1, party_registered_apply, NULL},
    {"person_erased", 1, person_erased_apply, NULL},
    {0},
};

const struct act_projection registry_projections[] = {
    {"party", NULL},
    {"party_fact", NULL},
    {"instrument", NULL},
    {"instrument_event", NULL},
    {"instrument_series", NULL},
    {"search_word", NULL},
    {0},
};

static const struct err *
person_erased_apply(struct ctx *ctx, const struct act *act)
{
    return party_erased(ctx, data_text_or_empty(act->data, "subject"));
}
