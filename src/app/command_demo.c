#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "access/password.h"
#include "app/command.h"
#include "app/demo_accounts.h"
#include "app/demo_story.h"
#include "app/house_write.h"
#include "app/law_open.h"
#include "app/world_real.h"
#include "base/legal_time.h"
#include "base/limits.h"
#include "office/office.h"

static int run(struct arena *arena, int argc, char **argv);

const struct command command_demo = {
    .name = "demo",
    .usage = "demo --data DIR [--years N] [--db postgresql://...] [--law DIR] [--today DATE]",
    .summary = {[LANG_AR] = "ينشئ مركزا تجريبيا بأسماء وملفات مختلقة.",
                [LANG_FR] = "Crée un Centre de démonstration, aux personnes et aux dossiers inventés.",
                [LANG_EN] = "Makes a Centre for demonstration, with invented people and dossiers."},
    .details =
        "Everything in it is invented but the law: companies, persons, numbers, addresses, papers and how many there "
        "are. The same version, years and day give the same acts. Its day stands still at " DEMO_TODAY
        " unless --today says otherwise, and serve adopts it. --years N makes N times the volume of one year (at most "
        "20) and takes over licences of N earlier years; dossiers begin on the day the law came into force at the "
        "earliest.\n"
        "Its accounts, with their password, stand on the sign-in page and in DATA/demo-accounts.tsv. The key of its "
        "register comes from the same seed as the rest, so it proves nothing to anybody: never make a demonstration "
        "into a real house.\n",
    .run = run,
};

enum { SEED = 1823, BATCH_STEPS_MAX = 400, BATCH_DAYS_MAX = 7, COMPANIES_BYTES_MAX = 512 * 1024 * 1024 };

static const struct err *make(struct arena *arena, const struct options *options, struct demo *demo);
static const struct err *refuse_existing(struct arena *arena, const char *data);
static const struct err *first_day(struct demo *demo, struct arena *arena, const struct options *options);
static const struct err *keep_today(struct arena *arena, const struct options *options, struct date today);
static const struct err *batch(struct ctx *ctx, void *arg);
static const struct err *daily(struct demo *demo, struct ctx *ctx, struct date day);
static struct demo_story *first_story(struct demo *demo);
static void show(const struct demo *demo, struct ctx *ctx);

static int
run(struct arena *arena, int argc, char **argv)
{
    struct options options;
    DEFER(arena_free_at) struct arena *companies = arena_new(COMPANIES_BYTES_MAX);
    struct demo demo = {.years = 1, .arena = companies, .shows_progress = isatty(STDERR_FILENO) == 1};
    const struct option_row rows[] = {{.name = "years", .number = &demo.years}, {.name = "small", .flag = &demo.small}};
    const struct err *err = options_read(
        arena, argc, argv, &(struct options_taken){.common = OPTIONS_HOUSE | OPTION_LAW, OPTION_ROWS(rows)}, &options);
    if (err == NULL && (demo.years < 1 || demo.years > DEMO_YEARS_MAX)) {
        err = FAIL(arena, ERR_USAGE, "--years is 1 to %d", DEMO_YEARS_MAX);
    }
    if (err != NULL) {
        return command_misused(arena, &command_demo, err);
    }
    err = make(arena, &options, &demo);
    if (demo.shows_progress) {
        fprintf(stderr, "\r\033[K");
    }
    if (err == NULL) {
        printf("markaz: the demonstration is in %s; its accounts have the password %s\n", options.data, DEMO_PASSWORD);
    } else if (demo.is_founded) {
        fprintf(stderr, "markaz: %s is not complete: remove it\n", options.data);
    }
    return command_end(arena, err);
}

static const struct err *
make(struct arena *arena, const struct options *options, struct demo *demo)
{
    TRY(refuse_existing(arena, options->data));
    DEFER(arena_free_at) struct arena *law_arena = arena_new(LAW_ARENA_BYTES_MAX);
    struct law_opened opened;
    if (law_open(law_arena, options->law, false, &opened) != NULL) {
        return FAIL(arena, ERR_LAW, "the corpus has faults: nothing was made");
    }
    demo->law = opened.law;
    demo->data = text_of(options->data);
    TRY(first_day(demo, arena, options));
    demo_plan(demo);
    struct ctx ctx = {.arena = arena, .world = world_real()};
    TRY(password_hash(&ctx, TEXT(DEMO_PASSWORD), &demo->password_hash));
    const struct house_writing writing = {.options = options,
                                          .how = HOUSE_CREATE,
                                          .origin = DEMO_ORIGIN,
                                          .fn = batch,
                                          .arg = demo,
                                          .world = &demo->world.world,
                                          .again = &demo->again};
    TRY(house_write(arena, &writing));
    TRY(demo_papers_sync(demo, arena));
    TRY(demo_accounts_write(arena, options->data, demo->accounts, demo->accounts_count));
    return keep_today(arena, options, demo->today);
}

static const struct err *
refuse_existing(struct arena *arena, const char *data)
{
    DIR *folder = opendir(data);
    bool is_empty = true;
    for (const struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        is_empty &= strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    }
    if (folder != NULL) {
        closedir(folder);
    }
    return is_empty ? NULL
                    : FAIL(arena, ERR_CONFLICT, "%s is not empty: a demonstration is made in a new folder", data);
}

/* Begins a year before its last day, or with the law, whichever is later; further years are more of the same. */
static const struct err *
first_day(struct demo *demo, struct arena *arena, const struct options *options)
{
    demo->today = options->today;
    if (date_is_none(demo->today)) {
        date_from_text(TEXT(DEMO_TODAY), &demo->today);
    }
    const struct law_text *text = law_text(demo->law, TEXT("18.23"));
    if (text == NULL || !date_add_years(demo->today, -demo->years, &demo->began)) {
        return FAIL(arena, ERR_LAW, "the corpus has no Law 18.23");
    }
    if (date_compare(demo->began, text->in_force_from) < 0) {
        demo->began = text->in_force_from;
    }
    while (date_weekday(demo->began) > 5) {
        demo->began.days++;
    }
    if (date_days_between(demo->began, demo->today) < 60) {
        return FAIL(arena, ERR_INPUT, "a demonstration needs sixty days under the law before its last day");
    }
    demo->day = demo->began;
    fake_world_init(&demo->world, demo_at(demo->began, 8, 15), SEED);
    fake_world_init(&demo->dice, 0, SEED + 1);
    return NULL;
}

static const struct err *
keep_today(struct arena *arena, const struct options *options, struct date today)
{
    DEFER(house_close) struct house house = {0};
    TRY(house_open(arena, options, HOUSE_OPEN, &house));
    return house_keep_today(&house, today);
}

/* Some days of the house in one transaction. */
static const struct err *
batch(struct ctx *ctx, void *arg)
{
    struct demo *demo = arg;
    demo->again = true;
    if (!demo->is_founded) {
        TRY(demo_found(demo, ctx));
        demo->is_founded = true;
        return NULL;
    }
    const struct date begins = demo->day;
    for (int steps = 0; steps < BATCH_STEPS_MAX; steps++) {
        struct demo_story *story = first_story(demo);
        const struct date day = story == NULL ? demo->today : legal_day(story->at_ms);
        while (date_compare(demo->day, day) < 0) {
            demo->day.days++;
            TRY(daily(demo, ctx, demo->day));
            if (date_days_between(begins, demo->day) >= BATCH_DAYS_MAX) {
                show(demo, ctx);
                return NULL;
            }
        }
        if (story == NULL) {
            demo->again = false;
            return NULL;
        }
        const struct arena_mark mark = arena_mark(ctx->arena);
        demo_set_clock(demo, ctx, story->at_ms);
        TRY(demo_live(demo, ctx, story));
        arena_rewind(ctx->arena, mark);
    }
    return NULL;
}

/* What the house does each morning: files that were not completed in time go back. */
static const struct err *
daily(struct demo *demo, struct ctx *ctx, struct date day)
{
    const struct arena_mark mark = arena_mark(ctx->arena);
    struct office_day report;
    demo_set_clock(demo, ctx, demo_at(day, 6, 0));
    demo_as_system(ctx);
    TRY(office_day(ctx, &report));
    arena_rewind(ctx->arena, mark);
    return NULL;
}

/* The next thing that happens by the last day; NULL: nothing any more. */
static struct demo_story *
first_story(struct demo *demo)
{
    struct demo_story *first = NULL;
    const int64_t end = demo_at(demo->today, 18, 0);
    for (size_t i = 0; i < demo->stories_count; i++) {
        struct demo_story *story = &demo->stories[i];
        if (story->step != STEP_END && story->at_ms < end && (first == NULL || story->at_ms < first->at_ms)) {
            first = story;
        }
    }
    return first;
}

static void
show(const struct demo *demo, struct ctx *ctx)
{
    if (demo->shows_progress) {
        char day[12];
        struct act_id last = {0};
        date_print(demo->day, day);
        if (act_last(ctx, &last) == NULL) {
            fprintf(stderr, "\rmarkaz: %s  %lld acts", day, (long long)last.value);
        }
    }
}
