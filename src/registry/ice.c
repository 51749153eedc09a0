#include "registry/ice.h"

static int digit_of(uint32_t code_point);
static bool is_separator(uint32_t code_point);

bool
ice_read(struct arena *arena, struct text typed, struct text *ret)
{
    if (!text_is_utf8(typed)) {
        return false;
    }

    char digits[ICE_DIGITS];
    size_t count = 0;
    int remainder = 0;
    for (size_t at = 0; at < typed.len;) {
        const uint32_t code_point = text_next(typed, &at);
        const int digit = digit_of(code_point);
        if (digit < 0) {
            if (!is_separator(code_point)) {
                return false;
            }
            continue;
        }
        if (count == ICE_DIGITS) {
            return false;
        }
        digits[count++] = (char)('0' + digit);
        remainder = (remainder * 10 + digit) % 97;
    }
    if (count != ICE_DIGITS || remainder != 0) {
        return false;
    }
    /* Fifteen zeros are a multiple of 97 too, and nobody's number. */
    for (size_t i = 0; i < ICE_DIGITS; i++) {
        if (digits[i] != '0') {
            *ret = (struct text){arena_copy(arena, digits, ICE_DIGITS), ICE_DIGITS};
            return true;
        }
    }
    return false;
}

static int
digit_of(uint32_t code_point)
{
    if (code_point >= '0' && code_point <= '9') {
        return (int)(code_point - '0');
    }
    if (code_point >= 0x0660 && code_point <= 0x0669) { /* Arabic */
        return (int)(code_point - 0x0660);
    }
    if (code_point >= 0x06F0 && code_point <= 0x06F9) { /* Persian */
        return (int)(code_point - 0x06F0);
    }
    return -1;
}

static bool
is_separator(uint32_t code_point)
{
    return code_point == ' ' || code_point == '.' || code_point == '-' || code_point == 0x00A0 || code_point == 0x202F;
}
