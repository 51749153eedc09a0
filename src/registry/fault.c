#include "registry/fault.h"

void
field_fault_add(struct ctx *ctx, struct field_faults *faults, struct text at, const char *message)
{
    if (faults->count == faults->room) {
        const size_t room = faults->room == 0 ? 16 : faults->room * 2;
        struct field_fault *items = ARENA_ARRAY(ctx->arena, struct field_fault, room);
        for (size_t i = 0; i < faults->count; i++) {
            items[i] = faults->items[i];
        }
        faults->items = items;
        faults->room = room;
    }
    faults->items[faults->count++] = (struct field_fault){.at = at, .message = message};
}

void
field_line_faults(struct ctx *ctx, struct field_faults *faults, const char *at, struct text line, bool required,
                  size_t bytes_max)
{
    const struct text place = text_of(at);
    if (!text_is_utf8(line)) {
        field_fault_add(ctx, faults, place, FAULT_UTF8);
        return;
    }
    if (required && text_trim(line).len == 0) {
        field_fault_add(ctx, faults, place, FAULT_REQUIRED);
    }
    if (line.len > bytes_max) {
        field_fault_add(ctx, faults, place, FAULT_TOO_LONG);
    }
    if (text_has_hidden(line)) {
        field_fault_add(ctx, faults, place, FAULT_HIDDEN);
    }
}
