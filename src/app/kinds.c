#include "app/kinds.h"

#include "access/access_kinds.h"
#include "acts/corpus.h"
#include "boxoffice/cinema.h"
#include "office/office.h"
#include "registry/registry.h"

/* One row a list, from the modules at the bottom up: rebuild() runs over acts, not over lists, so order is only for
 * readers. */
static const struct act_kind *const lists[] = {
    corpus_kinds, access_kinds, registry_kinds, office_kinds, boxoffice_kinds,
};
static const struct act_projection *const projections[] = {
    corpus_projections, access_projections, registry_projections, office_projections, boxoffice_projections,
};

const struct act_kinds kinds = {
    .lists = lists,
    .count = sizeof lists / sizeof lists[0],
    .projections = projections,
    .projections_count = sizeof projections / sizeof projections[0],
};
