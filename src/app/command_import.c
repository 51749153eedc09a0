#include <stdio.h>
#include <string.h>

#include "access/account.h"
#include "app/command.h"
#include "app/files.h"
#include "app/house_write.h"
#include "base/limits.h"
#include "boxoffice/take_over.h"
#include "registry/import.h"
#include "web/words.h"

static int run(struct arena *arena, int argc, char **argv);

const struct command command_import = {
    .name = "import",
    .usage = "import instruments|cinemas|screens|films|contracts FILE.csv --data DIR [--db postgresql://...] [--by "
             "E-MAIL] [--json]",
    .summary =
        {[LANG_AR] = "يدرج من ملف CSV ما كان قبل هذا السجل: سندات وقاعات وأفلام وعقود.",
         [LANG_FR] = "Reprend d'un fichier CSV ce qui précède ce registre : titres, cinémas, films, contrats.",
         [LANG_EN] =
             "Takes over from a CSV file what was before this register: instruments, cinemas, films, contracts."},
    .details =
        "One row is one act of kind instrument_taken_over; a holder that the register does not know by its ICE "
        "is registered first. Columns: kind, number, ice, granted_on; and, where there is something to say, "
        "valid_until, status, status_on, legal_basis, name_ar, name_latin, rc, rc_court, legal_form, capital, "
        "seat_ar, seat_latin, manager_ar, manager_latin.\n"
        "Cinemas: code, name_ar, name_latin, city; ice, class, licence. Screens: cinema, code, seats, opened_on; "
        "closed_on. "
        "Films: visa, title_ar, title_latin, minutes, nationality, is_moroccan, distributor, visa_on; age_from. "
        "Contracts: "
        "visa, cinema, registered_on. What stands behind a semicolon may be left out.\n"
        "All faults are told at once, FILE:LINE: column: what; nothing is written while there is one. --by names "
        "the officer who answers for the file. The house must not be served meanwhile.\n",
    .run = run,
};

struct import {
    struct options options;
    size_t kind; /* of kinds_taken */
    const char *by;
    struct text csv;
    struct import_result result;
    struct arena *arena; /* outlives the write */
};

/* What there is to take over; 0 stands for instruments. */
static const struct {
    const char *name;
    enum take_over what;
} kinds_taken[] = {
    {"cinemas", TAKE_OVER_CINEMAS}, {"contracts", TAKE_OVER_CONTRACTS}, {"films", TAKE_OVER_FILMS}, {"instruments", 0},
    {"screens", TAKE_OVER_SCREENS},
};

static bool kind_find(const char *name, size_t *ret);
static const struct err *import_all(struct ctx *ctx, void *arg);
static int tell(struct arena *arena, const struct import *import, const char *file);

static int
run(struct arena *arena, int argc, char **argv)
{
    struct import import = {.arena = arena};
    const struct option_row rows[] = {{.name = "by", .text = &import.by}};
    const struct err *err = options_read(
        arena, argc, argv,
        &(struct options_taken){.common = OPTIONS_HOUSE | OPTION_JSON, OPTION_ROWS(rows), .rest_min = 2, .rest_max = 2},
        &import.options);
    if (err == NULL && !kind_find(import.options.rest[0], &import.kind)) {
        err = FAIL(arena, ERR_USAGE, "import instruments, cinemas, screens, films or contracts; not %s",
                   import.options.rest[0]);
    }
    if (err != NULL) {
        return command_misused(arena, &command_import, err);
    }
    const char *file = import.options.rest[1];
    err = file_read(arena, file, JSON_BYTES_MAX, &import.csv);
    if (err == NULL) {
        err = house_write(arena, &(struct house_writing){
                                     .options = &import.options, .how = HOUSE_OPEN, .fn = import_all, .arg = &import});
    }
    if (err != NULL && import.result.faults_count == 0) {
        return command_end(arena, err);
    }
    return tell(arena, &import, file);
}

static bool
kind_find(const char *name, size_t *ret)
{
    for (size_t i = 0; i < sizeof kinds_taken / sizeof kinds_taken[0]; i++) {
        if (strcmp(kinds_taken[i].name, name) == 0) {
            *ret = i;
            return true;
        }
    }
    return false;
}

/* Faults end the transaction, so that nothing stays; they are kept where they can be told afterwards. */
static const struct err *
import_all(struct ctx *ctx, void *arg)
{
    struct import *import = arg;
    if (ctx->law == NULL) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "no law was adopted: markaz law adopt");
    }
    if (import->by != NULL) {
        struct account account;
        bool found = false;
        TRY(account_by_email(ctx, text_of(import->by), &account, &found));
        if (!found) {
            return FAIL(ctx->arena, ERR_NOT_FOUND, "%s has no account", import->by);
        }
        ctx->actor = text_printf(ctx->arena, "user:%lld", (long long)account.id.value);
    }
    struct import_result result;
    const enum take_over what = kinds_taken[import->kind].what;
    const struct text source = text_of(import->options.rest[1]);
    TRY(what == 0 ? instruments_import(ctx, import->csv, source, &result)
                  : box_office_take_over(ctx, what, import->csv, source, &result));
    import->result = result;
    import->result.faults = ARENA_ARRAY(import->arena, struct import_fault, result.faults_count);
    for (size_t i = 0; i < result.faults_count; i++) {
        import->result.faults[i] = result.faults[i];
        import->result.faults[i].column = text_copy(import->arena, result.faults[i].column);
    }
    return result.faults_count == 0 ? NULL : FAIL(ctx->arena, ERR_INPUT, "%zu faults", result.faults_count);
}

static int
tell(struct arena *arena, const struct import *import, const char *file)
{
    const struct import_result *result = &import->result;
    if (!import->options.json) {
        for (size_t i = 0; i < result->faults_count; i++) {
            const struct import_fault *fault = &result->faults[i];
            const struct text sentence = words_get(options_lang(), fault->message);
            fprintf(stderr, "%s:%lld: %.*s: %.*s\n", file, (long long)fault->line, TEXT_ARG(fault->column),
                    TEXT_ARG(sentence));
        }
        if (result->faults_count == 0 && kinds_taken[import->kind].what != 0) {
            printf("%lld %s taken over.\n", (long long)result->rows, kinds_taken[import->kind].name);
        } else if (result->faults_count == 0) {
            printf("%lld rows: %lld instruments taken over, %lld holders registered.\n", (long long)result->rows,
                   (long long)result->instruments, (long long)result->parties);
        }
        return result->faults_count == 0 ? 0 : 1;
    }
    struct buf buf = buf_new(arena, JSON_BYTES_MAX);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    json_member_int(&out, "rows", result->rows);
    json_member_int(&out, "instruments", result->instruments);
    json_member_int(&out, "parties", result->parties);
    json_put_name(&out, TEXT("faults"));
    json_open_array(&out);
    for (size_t i = 0; i < result->faults_count; i++) {
        json_open_object(&out);
        json_member_int(&out, "line", result->faults[i].line);
        json_member_text(&out, "column", result->faults[i].column);
        json_member_text(&out, "fault", text_of(result->faults[i].message));
        json_close_object(&out);
    }
    json_close_array(&out);
    json_close_object(&out);
    const struct text object = buf_built(&buf);
    printf("%.*s\n", TEXT_ARG(object));
    return result->faults_count == 0 ? 0 : 1;
}
