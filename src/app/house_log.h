/* The log of a house, for commands that only read it: beside a server that runs, or without one. */
#ifndef APP_HOUSE_LOG_H
#define APP_HOUSE_LOG_H

#include "acts/log.h"
#include "app/house.h"

/* What the signer published last; and the log at that checkpoint. ERR_IO when the house has no signer. */
const struct err *house_log_note(struct house *house, struct text *ret_note);
const struct err *house_log(struct house *house, struct log **ret);

#endif
