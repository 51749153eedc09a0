/* ticket_day_closed, version 1: {"day":..., "screens":[{"screen":"0012-03", "segments":3, "rows":210, "sha256":hex}]}
 */
#include "boxoffice/day_digest.h"

#include <stdlib.h>

#include "boxoffice/day_digest.sql.h"
#include "registry/data.h"

static int
compare_screens(const void *a, const void *b)
{
    const int64_t x = ((const struct day_digest_screen *)a)->screen;
    const int64_t y = ((const struct day_digest_screen *)b)->screen;
    return x < y ? -1 : x > y;
}

/* Screens of a day, found by their number; grows by doubling, sorted once at the end. */
struct digesting {
    struct day_digest_screen *items;
    size_t count;
    uint32_t *slots; /* places from 1 */
    size_t size;
};

static void
grow(struct arena *arena, struct digesting *digesting)
{
    const size_t size = digesting->size == 0 ? 256 : digesting->size * 4;
    struct day_digest_screen *items = ARENA_ARRAY(arena, struct day_digest_screen, size / 2);
    uint32_t *slots = ARENA_ARRAY(arena, uint32_t, size);
    for (size_t i = 0; i < digesting->count; i++) {
        items[i] = digesting->items[i];
        size_t slot = (size_t)items[i].screen & (size - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (size - 1);
        }
        slots[slot] = (uint32_t)i + 1;
    }
    digesting->items = items;
    digesting->slots = slots;
    digesting->size = size;
}

static struct day_digest_screen *
screen_of(struct arena *arena, struct digesting *digesting, int64_t screen, struct text code)
{
    if (digesting->count >= digesting->size / 2) {
        grow(arena, digesting);
    }
    size_t slot = (size_t)screen & (digesting->size - 1);
    while (digesting->slots[slot] != 0) {
        struct day_digest_screen *item = &digesting->items[digesting->slots[slot] - 1];
        if (item->screen == screen) {
            return item;
        }
        slot = (slot + 1) & (digesting->size - 1);
    }
    digesting->items[digesting->count++] = (struct day_digest_screen){.screen = screen, .code = code};
    digesting->slots[slot] = (uint32_t)digesting->count;
    return &digesting->items[digesting->count - 1];
}

const struct err *
day_digest(struct ctx *ctx, struct date day, struct day_digest_screen **ret, size_t *ret_count)
{
    struct digesting digesting = {0};
    grow(ctx->arena, &digesting);
    int64_t after = 0;
    for (;;) {
        struct ticket_segments_of_day_rows rows;
        TRY(ticket_segments_of_day(ctx, day, after, &rows));
        for (size_t i = 0; i < rows.count; i++) {
            struct day_digest_screen *screen =
                screen_of(ctx->arena, &digesting, rows.items[i].screen, rows.items[i].code);
            const struct text parts[] = {{(const char *)screen->sha256.bytes, HASH_BYTES},
                                         {(const char *)rows.items[i].sha256.bytes, HASH_BYTES}};
            screen->sha256 = hash_of_parts(parts, 2);
            screen->segments++;
            screen->rows += rows.items[i].rows;
            after = rows.items[i].id;
        }
        if (rows.count == 0) {
            break;
        }
    }
    qsort(digesting.items, digesting.count, sizeof digesting.items[0], compare_screens);
    *ret = digesting.items;
    *ret_count = digesting.count;
    return NULL;
}

static const struct err *
body_of(struct ctx *ctx, struct date day, struct text *ret)
{
    struct day_digest_screen *screens = NULL;
    size_t count = 0;
    TRY(day_digest(ctx, day, &screens, &count));
    struct writing writing;
    writing_open(ctx, &writing);
    writing_date(ctx, &writing, "day", day);
    json_put_name(&writing.out, TEXT("screens"));
    json_open_array(&writing.out);
    for (size_t i = 0; i < count; i++) {
        json_open_object(&writing.out);
        json_member_int(&writing.out, "rows", screens[i].rows);
        json_member_text(&writing.out, "screen", screens[i].code);
        json_member_int(&writing.out, "segments", screens[i].segments);
        json_member_text(&writing.out, "sha256", hash_to_hex(ctx->arena, screens[i].sha256));
        json_close_object(&writing.out);
    }
    json_close_array(&writing.out);
    *ret = writing_close(&writing);
    return NULL;
}

const struct err *
ticket_days_close_due(struct ctx *ctx, int64_t *ret_closed)
{
    *ret_closed = 0;
    struct ticket_day_last_row last;
    bool found = false;
    TRY(ticket_day_last(ctx, &last, &found));
    struct date after = found ? last.day : (struct date){0};
    for (;;) {
        struct ticket_day_due_row due;
        TRY(ticket_day_due(ctx, after, &due, &found));
        if (!found || date_compare(due.day, ctx->today) >= 0) {
            return NULL;
        }
        struct act_draft draft = {.kind = TEXT("ticket_day_closed")};
        TRY(body_of(ctx, due.day, &draft.body));
        struct act act;
        TRY(act_append(ctx, &draft, &act));
        after = due.day;
        (*ret_closed)++;
    }
}

const struct err *
ticket_day_check(struct ctx *ctx, struct date day, bool *ret_found, bool *ret_same)
{
    *ret_same = false;
    struct ticket_day_find_row row;
    TRY(ticket_day_find(ctx, day, &row, ret_found));
    if (!*ret_found) {
        return NULL;
    }
    struct act act;
    TRY(act_get(ctx, (struct act_id){row.act}, &act));
    struct day_digest_screen *screens = NULL;
    size_t count = 0;
    TRY(day_digest(ctx, day, &screens, &count));
    const struct json *said = json_get(act.data, "screens");
    *ret_same = said != NULL && said->count == count;
    for (size_t i = 0; *ret_same && i < count; i++) {
        const struct json *screen = &said->items[i];
        *ret_same = text_equal(data_text_or_empty(screen, "screen"), screens[i].code) &&
                    data_int(screen, "rows") == screens[i].rows &&
                    data_int(screen, "segments") == screens[i].segments &&
                    text_equal(data_text_or_empty(screen, "sha256"), hash_to_hex(ctx->arena, screens[i].sha256));
    }
    return NULL;
}

const struct err *
ticket_day_closed_apply(struct ctx *ctx, const struct act *act)
{
    return ticket_day_insert(ctx, data_date(act->data, "day"), act->id.value);
}
