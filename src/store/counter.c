#include "store/counter.h"

#include <assert.h>

#include "store/counter.sql.h"

const struct err *
counter_next(struct ctx *ctx, struct text name, int64_t *ret_value)
{
    assert(name.len > 0);

    struct counter_step_row row;
    TRY(counter_step(ctx, name, &row));
    assert(row.value >= 1);
    *ret_value = row.value;
    return NULL;
}

const struct err *
counter_last(struct ctx *ctx, struct text name, int64_t *ret_value)
{
    assert(name.len > 0);

    struct counter_value_row row;
    bool found = false;
    TRY(counter_value(ctx, name, &row, &found));
    *ret_value = found ? row.value : 0;
    return NULL;
}
