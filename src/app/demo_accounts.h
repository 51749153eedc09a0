/* DATA/demo-accounts.tsv of a demonstration: what its sign-in page offers. One account a line, its fields behind tabs:
 * e-mail, password, role ("director"), and the second factor's secret in hexadecimal or nothing. Written by `markaz
 * demo`, read by `markaz serve`; absent in a real house. */
#ifndef APP_DEMO_ACCOUNTS_H
#define APP_DEMO_ACCOUNTS_H

#include "web/dispatch.h"

/* None when there is no file. ERR_INPUT for a line that is not understood. */
const struct err *demo_accounts_read(struct arena *arena, const char *data, struct web_demo_account **ret,
                                     size_t *ret_count);
const struct err *demo_accounts_write(struct arena *arena, const char *data, const struct web_demo_account *accounts,
                                      size_t count);

#endif
