#include "app/house.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/files.h"
#include "app/kinds.h"
#include "app/world_real.h"
#include "base/legal_time.h"
#include "base/limits.h"
#include "store/migrate.h"

static const struct err *open_parts(struct house *house, const struct options *options, enum house_how how);
static const struct err *make_folders(struct house *house);
static const struct err *find_today(struct house *house, const struct options *options);
static const char *below(struct house *house, const char *name);

const struct err *
house_open(struct arena *arena, const struct options *options, enum house_how how, struct house *ret)
{
    assert(options->data != NULL);
    *ret = (struct house){
        .arena = arena,
        .data = options->data,
        .ctx = {.arena = arena, .lang = options_lang(), .world = world_real(), .kinds = &kinds},
    };
    const struct err *err = open_parts(ret, options, how);
    if (err != NULL) {
        house_close(ret);
    }
    return err;
}

void
house_close(struct house *house)
{
    if (house == NULL) {
        return;
    }
    store_close(house->store);
    house->store = NULL;
    arena_free(house->store_arena);
    house->store_arena = NULL;
}

const struct err *
house_keep_today(struct house *house, struct date today)
{
    char day[12];
    date_print(today, day);
    day[10] = '\n';
    house->ctx.today = today;
    house->is_demo = true;
    return file_write(house->arena, below(house, "today"), (struct text){.at = day, .len = 11});
}

static const struct err *
open_parts(struct house *house, const struct options *options, enum house_how how)
{
    struct ctx *ctx = &house->ctx;
    house->documents = below(house, "documents");
    house->quarantine = below(house, "quarantine");
    house->signer = below(house, "signer");
    if (how == HOUSE_CREATE) {
        if (file_exists(below(house, "documents"))) {
            return FAIL(ctx->arena, ERR_CONFLICT, "%s holds a house already", house->data);
        }
        TRY(make_folders(house));
    } else if (!file_exists(house->data)) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "there is no folder %s", house->data);
    }
    TRY(find_today(house, options));
    house->store_arena = arena_new(ARENA_BYTES_MAX);
    const struct store_options store = {
        .at = text_of(options->db == NULL ? house->data : options->db),
        .create = how == HOUSE_CREATE,
    };
    TRY(store_open(house->store_arena, &store, &house->store));
    return how == HOUSE_OPEN ? migrate_check(ctx, house->store) : migrate(ctx, house->store);
}

static const struct err *
make_folders(struct house *house)
{
    TRY(folder_make(house->arena, house->data));
    TRY(folder_make(house->arena, house->documents));
    TRY(folder_make(house->arena, house->quarantine));
    return folder_make(house->arena, house->signer);
}

/* --today, else the demo's own day, else the civil day in Morocco. */
static const struct err *
find_today(struct house *house, const struct options *options)
{
    struct ctx *ctx = &house->ctx;
    const char *path = below(house, "today");
    house->is_demo = file_exists(path);
    if (!date_is_none(options->today)) {
        ctx->today = options->today;
        return NULL;
    }
    if (!house->is_demo) {
        ctx->today = legal_day(ctx->world->now_ms(ctx->world));
        return NULL;
    }
    struct text day;
    TRY(file_read(ctx->arena, path, 64, &day));
    if (!date_from_text(text_trim(day), &ctx->today)) {
        return FAIL(ctx->arena, ERR_INPUT, "%s does not hold a day", path);
    }
    return NULL;
}

static const char *
below(struct house *house, const char *name)
{
    return text_cstr(house->arena, text_printf(house->arena, "%s/%s", house->data, name));
}
