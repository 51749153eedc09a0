/* Every list of rows, one a line. */
#include "web/route.h"

#define LISTS(ROW)                                                                                                     \
    ROW(account)                                                                                                       \
    ROW(accounts)                                                                                                      \
    ROW(api)                                                                                                           \
    ROW(appointments)                                                                                                  \
    ROW(asset)                                                                                                         \
    ROW(boxoffice)                                                                                                     \
    ROW(check)                                                                                                         \
    ROW(delegations)                                                                                                   \
    ROW(dossier)                                                                                                       \
    ROW(draft)                                                                                                         \
    ROW(guide)                                                                                                         \
    ROW(health)                                                                                                        \
    ROW(home)                                                                                                          \
    ROW(inbox)                                                                                                         \
    ROW(law)                                                                                                           \
    ROW(log)                                                                                                           \
    ROW(measure)                                                                                                       \
    ROW(opinion)                                                                                                       \
    ROW(paper)                                                                                                         \
    ROW(party)                                                                                                         \
    ROW(procedure)                                                                                                     \
    ROW(queue)                                                                                                         \
    ROW(register)                                                                                                      \
    ROW(sign_in)                                                                                                       \
    ROW(sign_up)                                                                                                       \
    ROW(signature)                                                                                                     \
    ROW(tickets)                                                                                                       \
    ROW(verify)

#define DECLARE(name) extern const struct route routes_##name[];
LISTS(DECLARE)
#undef DECLARE

#define ADDRESS(name) routes_##name,
const struct route *const route_lists[] = {LISTS(ADDRESS)};
#undef ADDRESS
const size_t route_lists_count = sizeof route_lists / sizeof route_lists[0];
