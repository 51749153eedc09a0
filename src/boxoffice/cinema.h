/* Cinemas, screens, films and exhibition contracts as far as tickets need them, and the ticketing systems that may
 * speak for cinemas (18.23/62). Projections of acts; taking over from CSV is take_over.h.
 *
 * Owns cinema, screen, film, exhibition_contract, ticketing_system and ticketing_scope. A system's token is known by
 * its SHA-256 alone. Results live in ctx->arena. Errors: ERR_NOT_FOUND, ERR_WRONG_STATE, those of the store. */
#ifndef BOXOFFICE_CINEMA_H
#define BOXOFFICE_CINEMA_H

#include "acts/act.h"

/* Registers a system for the cinemas of these numbers: the token is given once, here. Needs TX_WRITE. */
const struct err *ticketing_system_register(struct ctx *ctx, struct text name, const struct text *cinemas, size_t count,
                                            int64_t *ret_system, struct text *ret_token);
/* Ends its token. */
const struct err *ticketing_system_end(struct ctx *ctx, int64_t system);
/* Whose token it is: ERR_NOT_SIGNED_IN for one that nobody has, ERR_FORBIDDEN for one that was revoked. */
const struct err *ticketing_system_of(struct ctx *ctx, struct text token, int64_t *ret_system);

extern const struct act_kind boxoffice_kinds[];             /* ended by a row without name */
extern const struct act_projection boxoffice_projections[]; /* ended by a row without table */

#endif
