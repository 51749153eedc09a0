#include "base/money.h"

#include <assert.h>
#include <stddef.h>

enum { SIGN_NONE = -1, SIGN_DECIMAL = -2, SIGN_THOUSANDS = -3, SIGN_OTHER = -4 };

/* The reading of an amount, character by character. */
struct reading {
    int64_t value;  /* digits read so far */
    int group;      /* digits since the last thousands space, or since the start */
    bool grouped;   /* a thousands space was seen */
    int decimals;   /* digits after the decimal sign, -1 before it */
    bool is_broken; /* not an amount, or too large */
};

static int sign_of(uint32_t code_point);
static void read_sign(struct reading *reading, int sign);
static bool group_is_whole(const struct reading *reading);

bool
money_add(struct money a, struct money b, struct money *ret)
{
    int64_t sum = 0;
    if (__builtin_add_overflow(a.centimes, b.centimes, &sum)) {
        return false;
    }
    ret->centimes = sum;
    return true;
}

bool
money_subtract(struct money a, struct money b, struct money *ret)
{
    int64_t difference = 0;
    if (__builtin_sub_overflow(a.centimes, b.centimes, &difference)) {
        return false;
    }
    ret->centimes = difference;
    return true;
}

bool
money_times(struct money a, int64_t times, struct money *ret)
{
    int64_t product = 0;
    if (__builtin_mul_overflow(a.centimes, times, &product)) {
        return false;
    }
    ret->centimes = product;
    return true;
}

bool
int64_times_over(int64_t a, int64_t b, int64_t c, enum rounding rounding, int64_t *ret)
{
    assert(c != 0);
    assert(rounding >= ROUND_DOWN && rounding <= ROUND_HALF_UP);

    /* 128 bits hold the product of any two int64. */
    const __int128 divisor = c < 0 ? -(__int128)c : (__int128)c;
    const __int128 product = c < 0 ? -((__int128)a * b) : (__int128)a * b;
    __int128 quotient = product / divisor;
    __int128 rest = product % divisor;
    if (rest < 0) { /* C truncates towards zero; the floor is one below */
        rest += divisor;
        quotient -= 1;
    }
    if ((rounding == ROUND_UP && rest > 0) || (rounding == ROUND_HALF_UP && rest >= divisor - rest)) {
        quotient += 1;
    }
    if (quotient < INT64_MIN || quotient > INT64_MAX) {
        return false;
    }
    *ret = (int64_t)quotient;
    return true;
}

bool
money_from_text(struct text text, struct money *ret)
{
    text = text_trim(text);
    const bool is_negative = text.len > 0 && text.at[0] == '-';
    if (is_negative) {
        text = text_after(text, 1);
    }
    if (text.len == 0 || !text_is_utf8(text)) {
        return false;
    }
    struct reading reading = {.decimals = -1};
    for (size_t at = 0; at < text.len && !reading.is_broken;) {
        read_sign(&reading, sign_of(text_next(text, &at)));
    }
    if (reading.is_broken || reading.decimals == 0 || (reading.decimals < 0 && !group_is_whole(&reading))) {
        return false;
    }
    int64_t centimes = reading.value;
    for (int places = reading.decimals < 0 ? 0 : reading.decimals; places < 2; places++) {
        if (__builtin_mul_overflow(centimes, 10, &centimes)) {
            return false;
        }
    }
    if (!is_negative && __builtin_sub_overflow(0, centimes, &centimes)) {
        return false;
    }
    ret->centimes = centimes;
    return true;
}

struct text
money_to_text(struct arena *arena, struct money money)
{
    const bool is_negative = money.centimes < 0;
    const uint64_t size = is_negative ? -(uint64_t)money.centimes : (uint64_t)money.centimes;
    return text_printf(arena, "%s%llu.%02llu", is_negative ? "-" : "", (unsigned long long)(size / 100),
                       (unsigned long long)(size % 100));
}

/* The digit, or what the character does in an amount. */
static int
sign_of(uint32_t code_point)
{
    if (code_point >= '0' && code_point <= '9') {
        return (int)(code_point - '0');
    }
    if (code_point >= 0x0660 && code_point <= 0x0669) { /* Arabic digits */
        return (int)(code_point - 0x0660);
    }
    if (code_point >= 0x06F0 && code_point <= 0x06F9) { /* Persian digits */
        return (int)(code_point - 0x06F0);
    }
    switch (code_point) {
    case '.':
    case ',':
    case 0x066B: /* Arabic decimal separator */
        return SIGN_DECIMAL;
    case ' ':
    case 0x00A0: /* no-break space */
    case 0x202F: /* narrow no-break space, as French prints it */
    case 0x066C: /* Arabic thousands separator */
        return SIGN_THOUSANDS;
    default:
        return SIGN_OTHER;
    }
}

/* The value is kept negative while reading, so that the least int64 is read like any other. */
static void
read_sign(struct reading *reading, int sign)
{
    const bool is_decimal = reading->decimals >= 0;
    if (sign >= 0) {
        reading->is_broken = (is_decimal && reading->decimals == 2) ||
                             __builtin_mul_overflow(reading->value, 10, &reading->value) ||
                             __builtin_sub_overflow(reading->value, sign, &reading->value);
        reading->decimals += is_decimal;
        reading->group += !is_decimal;
    } else if (sign == SIGN_DECIMAL && !is_decimal && group_is_whole(reading)) {
        reading->decimals = 0;
    } else if (sign == SIGN_THOUSANDS && !is_decimal && group_is_whole(reading) && reading->group <= 3) {
        reading->grouped = true;
        reading->group = 0;
    } else {
        reading->is_broken = true;
    }
}

/* Groups after a thousands space have three digits: "1 00" is a slip of the hand, not an amount. */
static bool
group_is_whole(const struct reading *reading)
{
    return reading->grouped ? reading->group == 3 : reading->group > 0;
}
