#include "base/err.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "base/buf.h"

enum { ERR_LINE_BYTES_MAX = 16 * 1024 };

struct row {
    const char *name;
    int http_status;
    int exit_status;
    enum log_level log_level;
    const char *message;
};

static const struct row rows[ERR_CODES] = {
    [ERR_NONE] = {"ERR_NONE", 200, 0, LOG_INFO, ""},
#define ERR(code, http_status, exit_status, log_level, message)                                                        \
    [code] = {#code, http_status, exit_status, log_level, message},
#include "base/errors.def"
#undef ERR
};

static const struct row *row_of(enum err_code code);
static const struct err *make(struct arena *arena, const struct err *cause, enum err_code code, const char *file,
                              int line, const char *format, va_list args) __attribute__((format(printf, 6, 0)));

const struct err *
err_new(struct arena *arena, enum err_code code, const char *file, int line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const struct err *err = make(arena, NULL, code, file, line, format, args);
    va_end(args);
    return err;
}

const struct err *
err_wrap(struct arena *arena, const struct err *cause, enum err_code code, const char *file, int line,
         const char *format, ...)
{
    assert(cause != NULL);

    va_list args;
    va_start(args, format);
    const struct err *err = make(arena, cause, code, file, line, format, args);
    va_end(args);
    return err;
}

const char *
err_print(struct arena *arena, const struct err *err)
{
    struct buf buf = buf_new(arena, ERR_LINE_BYTES_MAX);
    for (const struct err *link = err; link != NULL; link = link->cause) {
        buf_printf(&buf, "%s%s: %s (%s:%d)", link == err ? "" : " < ", err_name(link->code), link->detail, link->file,
                   link->line);
    }
    return text_cstr(arena, buf_built(&buf));
}

enum err_code
err_root(const struct err *err)
{
    assert(err != NULL);

    while (err->cause != NULL) {
        err = err->cause;
    }
    return err->code;
}

const char *
err_name(enum err_code code)
{
    return row_of(code)->name;
}

int
err_http_status(enum err_code code)
{
    return row_of(code)->http_status;
}

int
err_exit_status(enum err_code code)
{
    return row_of(code)->exit_status;
}

enum log_level
err_log_level(enum err_code code)
{
    return row_of(code)->log_level;
}

const char *
err_message(enum err_code code)
{
    return row_of(code)->message;
}

static const struct row *
row_of(enum err_code code)
{
    assert(code >= ERR_NONE && code < ERR_CODES);
    return &rows[code];
}

/* tidy: functions: what err_wrap() is given, as it is */
static const struct err *
make(struct arena *arena, const struct err *cause, enum err_code code, const char *file, int line, const char *format,
     va_list args)
{
    assert(code > ERR_NONE && code < ERR_CODES);

    struct buf detail = buf_new(arena, ERR_LINE_BYTES_MAX);
    buf_vprintf(&detail, format, args);
    struct err *err = ARENA_NEW(arena, struct err);
    *err = (struct err){
        .code = code,
        .detail = text_cstr(arena, buf_built(&detail)),
        .file = file,
        .line = line,
        .cause = cause,
    };
    return err;
}
