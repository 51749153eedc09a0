#include <stdio.h>

#include "acts/rebuild.h"
#include "app/command.h"
#include "app/house.h"

static int run(struct arena *arena, int argc, char **argv);

const struct command command_rebuild = {
    .name = "rebuild",
    .usage = "rebuild --data DIR [--db postgresql://...] [--check] [--json]",
    .summary = {[LANG_AR] = "يعيد بناء جداول الحال من القرارات.",
                [LANG_FR] = "Reconstruit les tables de l'état présent à partir des actes.",
                [LANG_EN] = "Builds the tables of current state again from the acts."},
    .details =
        "Empties the tables that only the effects of acts write, replays every act, and says of each table whether it "
        "was what the acts say. With --check nothing is kept, and a difference exits with 1. Stop the server first.\n",
    .run = run,
};

static const struct err *rebuild(struct arena *arena, const struct options *options, bool check, bool *ret_differs);
static void print(struct arena *arena, const struct rebuild_report *report, bool json, bool check);

static int
run(struct arena *arena, int argc, char **argv)
{
    bool check = false;
    bool differs = false;
    struct options options;
    const struct option_row rows[] = {{.name = "check", .flag = &check}};
    const struct err *err = options_read(
        arena, argc, argv, &(struct options_taken){.common = OPTIONS_HOUSE | OPTION_JSON, OPTION_ROWS(rows)}, &options);
    if (err != NULL) {
        return command_misused(arena, &command_rebuild, err);
    }
    err = rebuild(arena, &options, check, &differs);
    return err == NULL && check && differs ? 1 : command_end(arena, err);
}

static const struct err *
rebuild(struct arena *arena, const struct options *options, bool check, bool *ret_differs)
{
    DEFER(house_close) struct house house = {0};
    struct rebuild_report report;
    TRY(house_open(arena, options, HOUSE_OPEN, &house));
    TRY(tx_begin(house.store, &house.ctx, TX_WRITE));
    const struct err *err = acts_rebuild(&house.ctx, &report);
    if (err != NULL || check) {
        tx_rollback(&house.ctx);
        TRY(err);
    } else {
        TRY(tx_commit(&house.ctx));
    }
    print(arena, &report, options->json, check);
    *ret_differs = report.changed > 0;
    return NULL;
}

static void
print(struct arena *arena, const struct rebuild_report *report, bool json, bool check)
{
    struct buf buf = buf_new(arena, (size_t)1024 * 1024);
    struct json_out out = json_out(&buf);
    if (!json) {
        for (size_t i = 0; i < report->tables_count; i++) {
            const struct rebuild_table *table = &report->tables[i];
            printf("%-32s %8lld rows  %s\n", table->name, (long long)table->after.rows,
                   table->is_same ? "identical"
                   : check        ? "different"
                                  : "different: written anew");
        }
        printf("%lld acts replayed, %zu of %zu tables differed.\n", (long long)report->acts, report->changed,
               report->tables_count);
        return;
    }
    json_open_object(&out);
    json_member_int(&out, "acts", report->acts);
    json_put_name(&out, TEXT("tables"));
    json_open_array(&out);
    for (size_t i = 0; i < report->tables_count; i++) {
        json_open_object(&out);
        json_member_text(&out, "table", text_of(report->tables[i].name));
        json_member_int(&out, "rows", report->tables[i].after.rows);
        json_member_bool(&out, "identical", report->tables[i].is_same);
        json_close_object(&out);
    }
    json_close_array(&out);
    json_close_object(&out);
    const struct text object = buf_built(&buf);
    printf("%.*s\n", TEXT_ARG(object));
}
