/* Typed access to JSON values that were read. */
#include "base/json.h"

#include <assert.h>

enum { PLACES_MAX = 18 }; /* 10^18 is the largest power of ten in an int64 */

static bool times_ten(int64_t *value, int64_t times);

const struct json *
json_get(const struct json *object, const char *name)
{
    if (object == NULL || object->type != JSON_OBJECT) {
        return NULL;
    }
    const struct text wanted = text_of(name);
    for (size_t i = 0; i < object->count; i++) {
        if (text_equal(object->members[i].name, wanted)) {
            return &object->members[i].value;
        }
    }
    return NULL;
}

bool
json_text(const struct json *value, struct text *ret)
{
    if (value == NULL || value->type != JSON_STRING) {
        return false;
    }
    *ret = value->text;
    return true;
}

bool
json_bool(const struct json *value, bool *ret)
{
    if (value == NULL || value->type != JSON_BOOL) {
        return false;
    }
    *ret = value->boolean;
    return true;
}

bool
json_int64(const struct json *value, int64_t *ret)
{
    return value != NULL && value->type == JSON_NUMBER && text_to_int64(value->text, ret);
}

/* The significant digits as one integer, then as many tens as the point, the exponent and the places leave. Zeros wait
 * until a digit follows them, so that "100e-2" and "1.500" are exact without being long. */
bool
json_decimal(const struct json *value, int places, int64_t *ret)
{
    assert(places >= 0 && places <= PLACES_MAX);

    if (value == NULL || value->type != JSON_NUMBER) {
        return false;
    }
    const struct text literal = value->text;
    const bool is_negative = literal.at[0] == '-';
    int64_t digits = 0; /* kept negative: there is one more below zero than above */
    int64_t zeros = 0;
    int64_t decimals = 0;
    int64_t exponent = 0;
    bool is_behind_point = false;
    for (size_t i = is_negative; i < literal.len; i++) {
        const char byte = literal.at[i];
        if (byte == 'e' || byte == 'E') {
            if (!text_to_int64(text_after(literal, i + 1), &exponent)) {
                exponent = INT64_MIN; /* beyond all reach: only zero is exact */
            }
            break;
        }
        decimals += is_behind_point && byte != '.';
        if (byte == '.') {
            is_behind_point = true;
        } else if (byte == '0') {
            zeros += digits != 0;
        } else {
            if (!times_ten(&digits, zeros + 1) || __builtin_sub_overflow(digits, byte - '0', &digits)) {
                return false;
            }
            zeros = 0;
        }
    }
    if (digits != 0) {
        int64_t tens = 0;
        if (__builtin_add_overflow(exponent, zeros + places - decimals, &tens) || tens < 0 ||
            !times_ten(&digits, tens)) {
            return false;
        }
    }
    if (!is_negative && __builtin_sub_overflow(0, digits, &digits)) {
        return false;
    }
    *ret = digits;
    return true;
}

static bool
times_ten(int64_t *value, int64_t times)
{
    for (; times > 0 && *value != 0; times--) {
        if (__builtin_mul_overflow(*value, 10, value)) {
            return false;
        }
    }
    return true;
}
