/* Exact money: int64 centimes of dirham, every sum checked. Functions answer false on overflow and leave *ret as it
 * was. */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

struct money {
    int64_t centimes;
};

enum rounding { ROUND_DOWN = 1, ROUND_UP, ROUND_HALF_UP };

bool money_add(struct money a, struct money b, struct money *ret);
bool money_subtract(struct money a, struct money b, struct money *ret);
bool money_times(struct money a, int64_t times, struct money *ret);
/* a * b / c, exact in 128 bits, one rounding (down = floor, up = ceiling, half_up = to the nearest, a half goes up). c
 * != 0. */
bool int64_times_over(int64_t a, int64_t b, int64_t c, enum rounding rounding, int64_t *ret);
/* "500000.00" in dirhams with two decimals; also read with no decimals, spaces between thousands, comma or dot, Arabic
 * digits. */
bool money_from_text(struct text text, struct money *ret);
struct text money_to_text(struct arena *arena, struct money money);

#endif
