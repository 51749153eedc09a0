/* Times as tills write them, read by hand: half of a line's bytes are times. */
#include <string.h>

#include "base/date.h"
#include "boxoffice/ticket_line.h"

enum { TENTHS_A_MINUTE = 600, TENTHS_A_DAY = 864000, OFFSET_MINUTES_MAX = 14 * 60 };

/* The value of count digits, or -1. */
static inline int
digits(const char *at, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        const unsigned digit = (unsigned)(unsigned char)at[i] - '0';
        if (digit > 9) {
            return -1;
        }
        value = value * 10 + (int)digit;
    }
    return value;
}

/* Seconds and decimals behind the minutes, as tenths; *ret_len bytes of them. */
static bool
read_seconds(const char *at, size_t len, int *ret_tenths, size_t *ret_len)
{
    *ret_tenths = 0;
    *ret_len = 0;
    if (len < 3 || at[0] != ':') {
        return true;
    }
    const int seconds = digits(at + 1, 2);
    if (seconds < 0 || seconds > 59) {
        return false;
    }
    *ret_tenths = seconds * 10;
    *ret_len = 3;
    if (len > 4 && at[3] == '.') {
        size_t decimals = 0;
        while (decimals < 3 && 4 + decimals < len && digits(at + 4 + decimals, 1) >= 0) {
            decimals++;
        }
        if (decimals == 0) {
            return false;
        }
        *ret_tenths += digits(at + 4, 1);
        *ret_len = 4 + decimals;
    }
    return true;
}

static bool
read_offset(const char *at, size_t len, int *ret_minutes)
{
    if (len == 1 && at[0] == 'Z') {
        *ret_minutes = 0;
        return true;
    }
    if (len != 6 || (at[0] != '+' && at[0] != '-') || at[3] != ':') {
        return false;
    }
    const int hours = digits(at + 1, 2);
    const int minutes = digits(at + 4, 2);
    if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > OFFSET_MINUTES_MAX) {
        return false;
    }
    *ret_minutes = (hours * 60 + minutes) * (at[0] == '-' ? -1 : 1);
    return true;
}

bool
ticket_time_read(struct text text, struct ticket_time *ret)
{
    const char *at = text.at;
    if (text.len < 17 || text.len > 29 || at[4] != '-' || at[7] != '-' || at[10] != 'T' || at[13] != ':') {
        return false;
    }
    const int hour = digits(at + 11, 2);
    const int minute = digits(at + 14, 2);
    struct date day;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
        !date_from_civil(digits(at, 4), digits(at + 5, 2), digits(at + 8, 2), &day)) {
        return false;
    }
    int tenths = 0;
    size_t len = 0;
    int offset = 0;
    if (!read_seconds(at + 16, text.len - 16, &tenths, &len) ||
        !read_offset(at + 16 + len, text.len - 16 - len, &offset)) {
        return false;
    }
    ret->tenths = (int64_t)day.days * TENTHS_A_DAY + (hour * 60 + minute - offset) * TENTHS_A_MINUTE + tenths;
    ret->offset_minutes = (int16_t)offset;
    return true;
}

static char *
put(char *out, int value, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        out[i] = (char)('0' + value % 10);
        value /= 10;
    }
    return out + count;
}

size_t
ticket_time_write(struct ticket_time time, char out[32])
{
    const int64_t local = time.tenths + (int64_t)time.offset_minutes * TENTHS_A_MINUTE;
    int64_t day = local / TENTHS_A_DAY;
    int64_t rest = local % TENTHS_A_DAY;
    if (rest < 0) {
        rest += TENTHS_A_DAY;
        day--;
    }
    date_print((struct date){(int32_t)day}, out);
    char *at = out + 10;
    *at++ = 'T';
    at = put(at, (int)(rest / (60 * TENTHS_A_MINUTE)), 2);
    *at++ = ':';
    at = put(at, (int)(rest / TENTHS_A_MINUTE % 60), 2);
    if (rest % TENTHS_A_MINUTE != 0) {
        *at++ = ':';
        at = put(at, (int)(rest % TENTHS_A_MINUTE / 10), 2);
        if (rest % 10 != 0) {
            *at++ = '.';
            at = put(at, (int)(rest % 10), 1);
        }
    }
    const int offset = time.offset_minutes < 0 ? -time.offset_minutes : time.offset_minutes;
    *at++ = time.offset_minutes < 0 ? '-' : '+';
    at = put(at, offset / 60, 2);
    *at++ = ':';
    at = put(at, offset % 60, 2);
    return (size_t)(at - out);
}
