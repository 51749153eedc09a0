#include <stdio.h>
#include <unistd.h>

#include "app/archive.h"
#include "app/command.h"
#include "app/files.h"
#include "app/house.h"
#include "store/upkeep.h"

static int run(struct arena *arena, int argc, char **argv);
static const struct err *backup(struct arena *arena, const struct options *options, bool with_signer);
static const struct err *add_all(struct house *house, struct archive *archive, const char *database, bool with_signer);

const struct command command_backup = {
    .name = "backup",
    .usage = "backup --data DIR [--with-signer] FILE",
    .summary = {[LANG_AR] = "ينسخ قاعدة البيانات والوثائق في ملف واحد جديد.",
                [LANG_FR] = "Copie la base et les documents dans un seul fichier, nouveau.",
                [LANG_EN] = "Copies the database and the documents into one new file."},
    .details =
        "The file is a tar with the sums of all it holds; the adopted corpus of law is in the database. It can be "
        "taken while the house is served. The signer's key is left out unless --with-signer: whoever holds it "
        "can sign in the name of the Centre. On PostgreSQL copy the database with pg_basebackup and the folder "
        "documents/ with it.\n",
    .run = run,
};

static int
run(struct arena *arena, int argc, char **argv)
{
    bool with_signer = false;
    const struct option_row rows[] = {{.name = "with-signer", .flag = &with_signer}};
    struct options options;
    const struct err *err = options_read(
        arena, argc, argv,
        &(struct options_taken){.common = OPTIONS_HOUSE, OPTION_ROWS(rows), .rest_min = 1, .rest_max = 1}, &options);
    if (err != NULL) {
        return command_misused(arena, &command_backup, err);
    }
    return command_end(arena, backup(arena, &options, with_signer));
}

static const struct err *
backup(struct arena *arena, const struct options *options, bool with_signer)
{
    const char *path = options->rest[0];
    const char *database = text_cstr(arena, text_printf(arena, "%s.database", path));
    DEFER(house_close) struct house house = {0};
    TRY(house_open(arena, options, HOUSE_OPEN, &house));
    struct archive archive;
    TRY(archive_begin(arena, path, &archive));
    const struct err *err = store_backup(&house.ctx, house.store, text_of(database));
    if (err == NULL) {
        err = add_all(&house, &archive, database, with_signer);
        unlink(database);
    }
    if (err == NULL) {
        err = archive_end(&archive);
    }
    if (err != NULL) {
        archive_undo(&archive);
    }
    return err;
}

/* The database first: a document is on disk before the act that names it, so the folder holds all that the copy names.
 */
static const struct err *
add_all(struct house *house, struct archive *archive, const char *database, bool with_signer)
{
    TRY(archive_add(archive, TEXT("markaz.db"), database));
    TRY(archive_add_folder(archive, "documents", house->documents));
    if (house->is_demo) {
        TRY(archive_add(archive, TEXT("today"),
                        text_cstr(house->arena, text_printf(house->arena, "%s/today", house->data))));
    }
    return with_signer ? archive_add_folder(archive, "signer", house->signer) : NULL;
}
