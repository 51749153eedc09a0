/* What only a demonstration shows: its accounts at sign-in, and the code that a telephone would show. */
#ifndef WEB_PAGE_DEMO_H
#define WEB_PAGE_DEMO_H

#include "web/pages/sign_in.html.h"
#include "web/visit.h"

/* Fills the list of the page; nothing outside of a demonstration. */
void demo_accounts(struct ctx *ctx, const struct visit *visit, struct page_sign_in *page);
/* The present code of that account; empty when it has none or this is no demonstration. */
struct text demo_code(struct ctx *ctx, const struct visit *visit, struct text email);

#endif
