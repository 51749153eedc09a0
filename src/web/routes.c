/* Every list of rows, one a line. */
#include "web/route.h"

#define LISTS(ROW)                                                                                                     \
    ROW(account)                                                                                                       \
    ROW(accounts)                                                                                                      \
    ROW(appointments)                                                                                                  \
    ROW(asset)                                                                                                         \
    ROW(health)                                                                                                        \
    ROW(home)                                                                                                          \
    ROW(log)                                                                                                           \
    ROW(sign_in)                                                                                                       \
    ROW(sign_up)

#define DECLARE(name) extern const struct route routes_##name[];
LISTS(DECLARE)
#undef DECLARE

#define ADDRESS(name) routes_##name,
const struct route *const route_lists[] = {LISTS(ADDRESS)};
#undef ADDRESS
const size_t route_lists_count = sizeof route_lists / sizeof route_lists[0];
