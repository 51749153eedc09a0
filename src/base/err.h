/* Errors: the world says no. A chain, NULL for success; each link has a code from errors.def, English detail for the
 * log, and its place. The law saying no is a ruling (law/ruling.h), never an error; a broken promise of the program is
 * an assert. See docs/decisions. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/arena.h"

enum err_code {
    ERR_NONE = 0,
#define ERR(code, http_status, exit_status, log_level, message) code,
#include "base/errors.def"
#undef ERR
    ERR_CODES
};

enum log_level { LOG_ERROR = 1, LOG_WARNING, LOG_INFO };

struct err {
    enum err_code code;
    const char *detail;
    const char *file;
    int line;
    const struct err *cause;
};

/* Makes an error; detail is a printf format. Lives in the arena. */
const struct err *err_new(struct arena *arena, enum err_code code, const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* The same, on top of the error that caused it. */
const struct err *err_wrap(struct arena *arena, const struct err *cause, enum err_code code, const char *file, int line,
                           const char *format, ...) __attribute__((format(printf, 6, 7)));
/* The chain on one line, outermost first, for the log. */
const char *err_print(struct arena *arena, const struct err *err);
/* The code at the bottom of the chain: what really happened. */
enum err_code err_root(const struct err *err);

const char *err_name(enum err_code code); /* "ERR_DB_BUSY" */
int err_http_status(enum err_code code);
int err_exit_status(enum err_code code); /* 1 data or input, 2 usage, 3 the system (DESIGN: commands) */
enum log_level err_log_level(enum err_code code);
const char *err_message(enum err_code code); /* msgid of the sentence for the reader */

#define FAIL(arena, code, ...) err_new((arena), (code), __FILE__, __LINE__, __VA_ARGS__)
#define FAIL_BY(arena, cause, code, ...) err_wrap((arena), (cause), (code), __FILE__, __LINE__, __VA_ARGS__)

/* Passes an error on to the caller. */
#define TRY(call)                                                                                                      \
    do {                                                                                                               \
        const struct err *try_err_ = (call);                                                                           \
        if (try_err_ != NULL) {                                                                                        \
            return try_err_;                                                                                           \
        }                                                                                                              \
    } while (0)

#endif
