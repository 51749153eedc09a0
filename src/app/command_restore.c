#include <stdio.h>

#include "app/archive.h"
#include "app/command.h"
#include "app/files.h"
#include "app/house.h"
#include "store/upkeep.h"

static int run(struct arena *arena, int argc, char **argv);
static const struct err *restore(struct arena *arena, const struct options *options);

const struct command command_restore = {
    .name = "restore",
    .usage = "restore --data DIR FILE",
    .summary = {[LANG_AR] = "ينشئ مجلد بيانات جديدا من نسخة احتياطية بعد التحقق منها.",
                [LANG_FR] = "Recrée un dossier de données depuis une sauvegarde, après l'avoir vérifiée.",
                [LANG_EN] = "Makes a new data directory from a backup, once it is checked."},
    .details =
        "Nothing is overwritten: DIR must not exist, or be empty. All or nothing: a file that the sums do not name, "
        "or that they contradict, ends it (status 1). Without the signer's folder the house can be read, not "
        "signed for: put the folder back from where you keep it.\n",
    .run = run,
};

static int
run(struct arena *arena, int argc, char **argv)
{
    struct options options;
    const struct err *err = options_read(
        arena, argc, argv, &(struct options_taken){.common = OPTION_DATA, .rest_min = 1, .rest_max = 1}, &options);
    if (err != NULL) {
        return command_misused(arena, &command_restore, err);
    }
    return command_end(arena, restore(arena, &options));
}

static const struct err *
restore(struct arena *arena, const struct options *options)
{
    TRY(archive_unpack(arena, options->rest[0], options->data));
    const char *const folders[] = {"documents", "quarantine", "signer"};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        TRY(folder_make(arena, text_cstr(arena, text_printf(arena, "%s/%s", options->data, folders[i]))));
    }
    DEFER(house_close) struct house house = {0};
    TRY(house_open(arena, options, HOUSE_OPEN, &house));
    return store_check(&house.ctx, house.store);
}
