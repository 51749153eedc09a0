#include "boxoffice/take_over.h"

#include "base/limits.h"
#include "boxoffice/cinema.sql.h"
#include "registry/data.h"
#include "registry/ice.h"
#include "store/counter.h"

enum column_type {
    COLUMN_NEW_CODE = 1,
    COLUMN_WORDS,
    COLUMN_WHOLE,
    COLUMN_DAY,
    COLUMN_YES,
    COLUMN_CINEMA,
    COLUMN_VISA,
    COLUMN_ICE
};
struct column {
    const char *name;
    enum column_type type;
    bool required;
};
enum { COLUMNS_MAX = 12 };

static const struct column cinema_columns[] = {{"code", COLUMN_NEW_CODE, true},    {"name_ar", COLUMN_WORDS, true},
                                               {"name_latin", COLUMN_WORDS, true}, {"city", COLUMN_WORDS, true},
                                               {"ice", COLUMN_ICE, false},         {"class", COLUMN_WORDS, false},
                                               {"licence", COLUMN_WORDS, false},   {0}};
static const struct column screen_columns[] = {{"cinema", COLUMN_CINEMA, true},  {"code", COLUMN_NEW_CODE, true},
                                               {"seats", COLUMN_WHOLE, true},    {"opened_on", COLUMN_DAY, true},
                                               {"closed_on", COLUMN_DAY, false}, {0}};
static const struct column film_columns[] = {{"visa", COLUMN_NEW_CODE, true},     {"title_ar", COLUMN_WORDS, true},
                                             {"title_latin", COLUMN_WORDS, true}, {"minutes", COLUMN_WHOLE, true},
                                             {"nationality", COLUMN_WORDS, true}, {"is_moroccan", COLUMN_YES, true},
                                             {"distributor", COLUMN_WORDS, true}, {"visa_on", COLUMN_DAY, true},
                                             {"age_from", COLUMN_WHOLE, false},   {0}};
static const struct column contract_columns[] = {
    {"visa", COLUMN_VISA, true}, {"cinema", COLUMN_CINEMA, true}, {"registered_on", COLUMN_DAY, true}, {0}};

static const struct {
    const struct column *columns;
    const char *kind;
    const char *counter; /* NULL: its rows have no number of their own */
} tables[] = {
    [TAKE_OVER_CINEMAS] = {cinema_columns, "cinema_taken_over", "cinema"},
    [TAKE_OVER_SCREENS] = {screen_columns, "screen_opened", "screen"},
    [TAKE_OVER_FILMS] = {film_columns, "film_taken_over", "film"},
    [TAKE_OVER_CONTRACTS] = {contract_columns, "exhibition_contract_taken_over", NULL},
};

struct taking {
    struct ctx *ctx;
    enum take_over what;
    struct text source;
    struct import_result *result;
    size_t places[COLUMNS_MAX]; /* of each column in the file, from 1 */
    size_t width;
    int64_t line;
};

static void
fault(struct taking *taking, struct text column, const char *message)
{
    struct import_result *result = taking->result;
    if (result->faults_count < IMPORT_FAULTS_MAX) {
        result->faults[result->faults_count++] = (struct import_fault){taking->line, column, message};
    }
}

static bool
read_header(struct taking *taking, struct csv *csv)
{
    struct text *fields = NULL;
    bool broken = false;
    taking->line = 1;
    if (!csv_record(taking->ctx, csv, &fields, &taking->width, &broken) || broken) {
        fault(taking, TEXT(""), FAULT_CSV);
        return false;
    }
    const struct column *columns = tables[taking->what].columns;
    for (size_t i = 0; i < taking->width; i++) {
        bool known = false;
        for (size_t c = 0; columns[c].name != NULL; c++) {
            if (text_is(text_trim(fields[i]), columns[c].name)) {
                taking->places[c] = i + 1;
                known = true;
            }
        }
        if (!known) {
            fault(taking, fields[i], FAULT_COLUMN);
        }
    }
    for (size_t c = 0; columns[c].name != NULL; c++) {
        if (columns[c].required && taking->places[c] == 0) {
            fault(taking, text_of(columns[c].name), FAULT_COLUMN);
        }
    }
    return taking->result->faults_count == 0;
}

static bool
is_code(struct text text)
{
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.at[i];
        const bool fits = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                          c == '_' || c == '.' || c == '/';
        if (!fits) {
            return false;
        }
    }
    return text.len > 0 && text.len <= TICKET_CODE_BYTES_MAX;
}

/* A code that nobody has yet, in the register or in a row above. */
static const struct err *
put_new_code(struct taking *taking, struct writing *writing, const struct column *column, struct text value)
{
    struct ctx *ctx = taking->ctx;
    bool found = false;
    if (!is_code(value)) {
        fault(taking, text_of(column->name), FAULT_CODE);
        return NULL;
    }
    if (taking->what == TAKE_OVER_CINEMAS) {
        struct cinema_by_code_row row;
        TRY(cinema_by_code(ctx, value, &row, &found));
    } else if (taking->what == TAKE_OVER_SCREENS) {
        struct screen_by_code_row row;
        TRY(screen_by_code(ctx, value, &row, &found));
    } else {
        struct film_by_visa_row row;
        TRY(film_by_visa(ctx, value, &row, &found));
    }
    if (found) {
        fault(taking, text_of(column->name), FAULT_NUMBER_TAKEN);
    }
    writing_text(writing, column->name, value);
    return NULL;
}

/* What a code stands for, by number. */
static const struct err *
put_reference(struct taking *taking, struct writing *writing, const struct column *column, struct text value,
              int64_t *ret_id)
{
    struct ctx *ctx = taking->ctx;
    bool found = false;
    int64_t id = 0;
    const char *name = "cinema";
    if (column->type == COLUMN_CINEMA) {
        struct cinema_by_code_row row;
        TRY(cinema_by_code(ctx, value, &row, &found));
        id = found ? row.id : 0;
    } else if (column->type == COLUMN_VISA) {
        struct film_by_visa_row row;
        TRY(film_by_visa(ctx, value, &row, &found));
        id = found ? row.id : 0;
        name = "film";
    } else {
        struct text ice;
        struct party party;
        if (!ice_read(ctx->arena, value, &ice)) {
            fault(taking, text_of(column->name), FAULT_ICE);
            return NULL;
        }
        TRY(party_find_ice(ctx, ice, &party, &found));
        id = found ? party.id.value : 0;
        name = "party";
    }
    if (!found) {
        fault(taking, text_of(column->name), column->type == COLUMN_ICE ? FAULT_UNKNOWN_PARTY : FAULT_CODE);
    }
    writing_int(writing, name, id);
    *ret_id = id;
    return NULL;
}

static const struct err *
put_cell(struct taking *taking, struct writing *writing, const struct column *column, struct text value,
         int64_t references[2])
{
    struct ctx *ctx = taking->ctx;
    const struct text name = text_of(column->name);
    struct date day;
    int64_t number = 0;
    switch (column->type) {
    case COLUMN_NEW_CODE:
        return put_new_code(taking, writing, column, value);
    case COLUMN_CINEMA:
        return put_reference(taking, writing, column, value, &references[0]);
    case COLUMN_VISA:
        return put_reference(taking, writing, column, value, &references[1]);
    case COLUMN_ICE:
        return put_reference(taking, writing, column, value, &number);
    case COLUMN_WORDS:
        if (value.len > NAME_BYTES_MAX || text_has_hidden(value)) {
            fault(taking, name, value.len > NAME_BYTES_MAX ? FAULT_TOO_LONG : FAULT_HIDDEN);
        }
        writing_text(writing, column->name, value);
        return NULL;
    case COLUMN_WHOLE:
        if (!text_to_int64(value, &number) || number < 0 || number > 100000 || (number == 0 && column->required)) {
            fault(taking, name, FAULT_WHOLE);
        }
        writing_int(writing, column->name, number);
        return NULL;
    case COLUMN_DAY:
        if (!date_from_text(value, &day)) {
            fault(taking, name, FAULT_DATE);
            return NULL;
        }
        writing_date(ctx, writing, column->name, day);
        return NULL;
    case COLUMN_YES:
        if (!text_is(value, "1") && !text_is(value, "0") && !text_is(value, "yes") && !text_is(value, "no")) {
            fault(taking, name, FAULT_YES_NO);
        }
        writing_bool(writing, column->name, text_is(value, "1") || text_is(value, "yes"));
        return NULL;
    }
    return NULL;
}

static const struct err *
take_row(struct taking *taking, const struct text *fields)
{
    struct ctx *ctx = taking->ctx;
    const size_t faults_before = taking->result->faults_count;
    struct writing writing;
    writing_open(ctx, &writing);
    if (tables[taking->what].counter != NULL) {
        int64_t id = 0;
        TRY(counter_next(ctx, text_of(tables[taking->what].counter), &id));
        writing_int(&writing, "id", id);
    }
    int64_t references[2] = {0};
    for (size_t c = 0; tables[taking->what].columns[c].name != NULL; c++) {
        const struct column *column = &tables[taking->what].columns[c];
        const struct text value = taking->places[c] == 0 ? TEXT("") : text_trim(fields[taking->places[c] - 1]);
        if (value.len == 0) {
            if (column->required) {
                fault(taking, text_of(column->name), FAULT_REQUIRED);
            }
            continue;
        }
        TRY(put_cell(taking, &writing, column, value, references));
    }
    if (taking->what == TAKE_OVER_CONTRACTS && taking->result->faults_count == faults_before) {
        struct exhibition_contract_find_row known;
        bool found = false;
        TRY(exhibition_contract_find(ctx, references[1], references[0], &known, &found));
        if (found) {
            fault(taking, TEXT("visa"), FAULT_NUMBER_TAKEN);
        }
    }
    writing_text(&writing, "source",
                 text_printf(ctx->arena, "%.*s:%lld", TEXT_ARG(taking->source), (long long)taking->line));
    if (taking->result->faults_count > faults_before) {
        return NULL;
    }
    struct act act;
    TRY(act_append(
        ctx, &(struct act_draft){.kind = text_of(tables[taking->what].kind), .body = writing_close(&writing)}, &act));
    taking->result->rows++;
    return NULL;
}

const struct err *
box_office_take_over(struct ctx *ctx, enum take_over what, struct text csv_text, struct text source,
                     struct import_result *ret)
{
    *ret = (struct import_result){.faults = ARENA_ARRAY(ctx->arena, struct import_fault, IMPORT_FAULTS_MAX)};
    struct taking taking = {.ctx = ctx, .what = what, .source = source, .result = ret, .line = 1};
    struct csv csv = {.rest = csv_text};
    if (!text_is_utf8(csv_text)) {
        fault(&taking, TEXT(""), FAULT_UTF8);
        return NULL;
    }
    if (!read_header(&taking, &csv)) {
        return NULL;
    }
    struct text *fields = NULL;
    size_t count = 0;
    bool broken = false;
    while (!broken && csv_record(ctx, &csv, &fields, &count, &broken)) {
        taking.line = csv.line;
        if (broken || count != taking.width) {
            fault(&taking, TEXT(""), FAULT_CSV);
            continue;
        }
        TRY(take_row(&taking, fields));
    }
    return NULL;
}
