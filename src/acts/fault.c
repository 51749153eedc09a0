#include "acts/fault.h"

#include <stdarg.h>

#include "base/buf.h"

enum { MESSAGE_BYTES_MAX = 1000 };

void
act_fault_tell(struct act_faults *faults, struct arena *arena, int64_t act, const char *code, const char *format, ...)
{
    struct buf buf = buf_new(arena, MESSAGE_BYTES_MAX);
    va_list args;
    va_start(args, format);
    buf_vprintf(&buf, format, args);
    va_end(args);
    const struct act_fault fault = {.act = act, .code = code, .message = buf_built(&buf)};
    faults->count++;
    faults->tell(faults->arg, &fault);
}
