#include "registry/registry.h"

#include "registry/instrument.h"
#include "registry/instrument.sql.h"
#include "registry/party.h"
#include "registry/party.sql.h"
#include "registry/search.sql.h"

const struct act_kind registry_kinds[] = {
    {"instrument_taken_over", 1, instrument_taken_over_apply, "18.23/102/1"},
    {"party_changed", 1, party_changed_apply, NULL},
    {"party_facts_recorded", 1, party_facts_recorded_apply, NULL},
    {"party_registered", 1, party_registered_apply, NULL},
    {0},
};

const struct err *
registry_clear(struct ctx *ctx)
{
    TRY(party_clear(ctx));
    TRY(party_fact_clear(ctx));
    TRY(instrument_clear(ctx));
    TRY(instrument_event_clear(ctx));
    TRY(instrument_series_clear(ctx));
    return search_word_empty(ctx);
}
