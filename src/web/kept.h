/* A form that arrives when its session is over, or before the second factor was given again: its fields go with the
 * reader through the sign-in and come back as a form to send, so that nothing typed is lost. Only page_sign_in.c and
 * the dispatcher know of it. */
#ifndef WEB_KEPT_H
#define WEB_KEPT_H

#include "web/pages/kept.html.h"
#include "web/visit.h"

/* The fields to keep: of the form that was refused, or those that came along as "kept.NAME". NULL: none. */
const struct page_kept *kept_of_refused(struct visit *visit);
const struct page_kept *kept_along(struct visit *visit);
/* The page that sends the form again, under the token of the new session. */
void kept_resume(struct ctx *ctx, struct visit *visit, struct text token);

/* The sign-in page, and the page for the step-up, for a refused form. */
void sign_in_for_refused(struct ctx *ctx, struct visit *visit);
void step_up_for_refused(struct ctx *ctx, struct visit *visit);

#endif
