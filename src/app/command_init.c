#include <stdio.h>
#include <string.h>

#include "acts/corpus.h"
#include "app/account_new.h"
#include "app/command.h"
#include "app/house_write.h"
#include "app/law_open.h"
#include "app/world_real.h"

static int run(struct arena *arena, int argc, char **argv);

const struct command command_init = {
    .name = "init",
    .usage = "init --data DIR --origin NAME [--db postgresql://...] [--law DIR] [--email E] [--name NAME] [--json]",
    .summary = {[LANG_AR] = "يؤسس مركزا جديدا: المفتاح والسجل والجداول والنصوص وأول مسير للنظام.",
                [LANG_FR] =
                    "Fonde une maison : la clé, le registre, les tables, les textes, le premier administrateur.",
                [LANG_EN] = "Founds a house: key, register, tables, corpus of law and the first administrator."},
    .details =
        "The origin names the register of acts for ever, as a host and a path: ccm.example/register. The key is made "
        "in DATA/signer and never leaves it; keep a copy elsewhere. The corpus is that of --law, else ./law, else the "
        "installed one. The administrator's password, second factor and recovery codes are printed once.\n",
    .run = run,
};

struct founding {
    struct account_new account;
    const struct law *law;
    struct text source;
};

static const struct err *init(struct arena *arena, const struct options *options, const char *origin,
                              struct founding *founding);
static const struct err *found(struct ctx *ctx, void *arg);
static struct text email_of(struct arena *arena, const char *origin);

static int
run(struct arena *arena, int argc, char **argv)
{
    const char *origin = NULL;
    const char *email = NULL;
    const char *name = NULL;
    struct options options;
    const struct option_row rows[] = {
        {.name = "origin", .text = &origin}, {.name = "email", .text = &email}, {.name = "name", .text = &name}};
    const struct err *err = options_read(
        arena, argc, argv,
        &(struct options_taken){.common = OPTIONS_HOUSE | OPTION_LAW | OPTION_JSON, OPTION_ROWS(rows)}, &options);
    if (err == NULL && origin == NULL) {
        err = FAIL(arena, ERR_USAGE, "--origin must be given");
    }
    if (err != NULL) {
        return command_misused(arena, &command_init, err);
    }
    struct founding founding = {
        .account = {.email = email == NULL ? email_of(arena, origin) : text_of(email),
                    .roles = {ROLE_ADMINISTRATOR},
                    .roles_count = 1,
                    .basis_day = DATE_NONE},
    };
    if (name == NULL) {
        founding.account.name_ar = TEXT("مسير النظام");
        founding.account.name_latin = TEXT("Administrator");
    } else {
        account_new_name(&founding.account, name);
    }
    err = init(arena, &options, origin, &founding);
    if (err == NULL) {
        account_new_print(arena, &founding.account, options.json);
    }
    return command_end(arena, err);
}

/* All that can be refused is looked at before anything is made. */
static const struct err *
init(struct arena *arena, const struct options *options, const char *origin, struct founding *founding)
{
    struct ctx ctx = {.arena = arena, .world = world_real()};
    DEFER(arena_free_at) struct arena *law_arena = arena_new(LAW_ARENA_BYTES_MAX);
    struct law_opened opened;
    if (law_open(law_arena, options->law, false, &opened) != NULL) {
        return FAIL(arena, ERR_LAW, "the corpus has faults: nothing was made");
    }
    founding->law = opened.law;
    founding->source = options->law == NULL ? TEXT("the corpus of this version") : text_of(options->law);
    TRY(account_new_prepare(&ctx, &founding->account));
    const struct house_writing writing = {
        .options = options, .how = HOUSE_CREATE, .origin = origin, .fn = found, .arg = founding};
    return house_write(arena, &writing);
}

static const struct err *
found(struct ctx *ctx, void *arg)
{
    struct founding *founding = arg;
    struct act act;
    TRY(corpus_adopt(ctx, founding->law, founding->source, &act));
    ctx->law = founding->law; /* acts from here on stand under it */
    return account_new_record(ctx, &founding->account);
}

/* administrator@HOST of the origin, when that is the name of a host. */
static struct text
email_of(struct arena *arena, const char *origin)
{
    const struct text whole = text_of(origin);
    const struct text host = text_slice(whole, 0, text_find_byte(whole, '/'));
    const struct text typed = text_printf(arena, "administrator@%.*s", TEXT_ARG(host));
    struct text email;
    return email_normalise(arena, typed, &email) ? email : TEXT("administrator@markaz.invalid");
}
