#include "app/command.h"
#include "app/house.h"

static int run(struct arena *arena, int argc, char **argv);

const struct command command_migrate = {
    .name = "migrate",
    .usage = "migrate --data DIR [--db postgresql://...]",
    .summary = {[LANG_AR] = "يحدّث جداول قاعدة البيانات إلى هذا الإصدار.",
                [LANG_FR] = "Met les tables de la base au niveau de cette version.",
                [LANG_EN] = "Brings the tables of the database to this version."},
    .details =
        "Migrations are numbered and only go forward; each is applied in one transaction. A database that a newer "
        "markaz wrote is refused. Make a backup first. No other process may write meanwhile.\n",
    .run = run,
};

static int
run(struct arena *arena, int argc, char **argv)
{
    struct options options;
    const struct err *err = options_read(arena, argc, argv, &(struct options_taken){.common = OPTIONS_HOUSE}, &options);
    if (err != NULL) {
        return command_misused(arena, &command_migrate, err);
    }
    DEFER(house_close) struct house house = {0};
    return command_end(arena, house_open(arena, &options, HOUSE_MIGRATE, &house));
}
