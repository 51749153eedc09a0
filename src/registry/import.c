#include "registry/import.h"

#include "base/limits.h"
#include "law/procedure.h"
#include "registry/ice.h"

enum column {
    COLUMN_KIND,
    COLUMN_NUMBER,
    COLUMN_ICE,
    COLUMN_GRANTED_ON,
    COLUMN_VALID_UNTIL,
    COLUMN_STATUS,
    COLUMN_STATUS_ON,
    COLUMN_LEGAL_BASIS,
    COLUMN_NAME_AR,
    COLUMN_NAME_LATIN,
    COLUMN_RC,
    COLUMN_RC_COURT,
    COLUMN_LEGAL_FORM,
    COLUMN_CAPITAL,
    COLUMN_SEAT_AR,
    COLUMN_SEAT_LATIN,
    COLUMN_MANAGER_AR,
    COLUMN_MANAGER_LATIN,
    COLUMNS
};
static const char *const names[COLUMNS] = {"kind",       "number",     "ice",          "granted_on", "valid_until",
                                           "status",     "status_on",  "legal_basis",  "name_ar",    "name_latin",
                                           "rc",         "rc_court",   "legal_form",   "capital",    "seat_ar",
                                           "seat_latin", "manager_ar", "manager_latin"};
enum { COLUMNS_NEEDED = COLUMN_GRANTED_ON + 1 };

struct importing {
    struct ctx *ctx;
    struct text source;
    struct import_result *result;
    size_t places[COLUMNS]; /* of each column in the file, from 1; 0: not there */
    size_t width;
};
/* A row of the file, checked. */
struct import_row {
    int64_t line;
    struct taking_over taking_over;
    struct party_draft party;
    struct text ice;
};

static bool header_read(struct importing *importing, struct csv *csv);
static const struct err *row_check(struct importing *importing, int64_t line, const struct text *fields,
                                   struct import_row *ret);
static const struct err *holder_check(struct importing *importing, struct import_row *row);
static const struct err *numbers_check(struct importing *importing, const struct import_row *rows, size_t count);
static const struct err *row_write(struct importing *importing, struct import_row *row);
static void fault_add(struct importing *importing, int64_t line, struct text column, const char *message);
static bool is_granted_by_law(struct ctx *ctx, struct text kind);

const struct err *
instruments_import(struct ctx *ctx, struct text csv_text, struct text source, struct import_result *ret)
{
    *ret = (struct import_result){.faults = ARENA_ARRAY(ctx->arena, struct import_fault, IMPORT_FAULTS_MAX)};
    struct importing importing = {.ctx = ctx, .source = source, .result = ret};
    struct csv csv = {.rest = csv_text};
    if (!text_is_utf8(csv_text)) {
        fault_add(&importing, 1, TEXT(""), FAULT_UTF8);
        return NULL;
    }
    if (!header_read(&importing, &csv)) {
        return NULL;
    }
    size_t room = 1;
    for (size_t at = 0; at < csv_text.len; at++) {
        room += csv_text.at[at] == '\n' ? 1 : 0;
    }
    struct import_row *rows = ARENA_ARRAY(ctx->arena, struct import_row, room);
    size_t count = 0;
    struct text *fields = NULL;
    size_t fields_count = 0;
    bool broken = false;
    while (!broken && csv_record(ctx, &csv, &fields, &fields_count, &broken)) {
        if (broken || fields_count != importing.width) {
            fault_add(&importing, csv.line, TEXT(""), FAULT_CSV);
            continue;
        }
        TRY(row_check(&importing, csv.line, fields, &rows[count]));
        count++;
    }
    TRY(numbers_check(&importing, rows, count));
    ret->rows = (int64_t)count;
    for (size_t i = 0; ret->faults_count == 0 && i < count; i++) {
        TRY(row_write(&importing, &rows[i]));
    }
    return NULL;
}

static bool
header_read(struct importing *importing, struct csv *csv)
{
    struct text *fields = NULL;
    bool broken = false;
    if (!csv_record(importing->ctx, csv, &fields, &importing->width, &broken) || broken) {
        fault_add(importing, 1, TEXT(""), FAULT_CSV);
        return false;
    }
    for (size_t i = 0; i < importing->width; i++) {
        bool known = false;
        for (size_t c = 0; c < COLUMNS; c++) {
            if (text_is(text_trim(fields[i]), names[c])) {
                importing->places[c] = i + 1;
                known = true;
            }
        }
        if (!known) {
            fault_add(importing, csv->line, fields[i], FAULT_COLUMN);
        }
    }
    for (size_t c = 0; c < COLUMNS_NEEDED; c++) {
        if (importing->places[c] == 0) {
            fault_add(importing, csv->line, text_of(names[c]), FAULT_COLUMN);
        }
    }
    return importing->result->faults_count == 0;
}

static struct text
cell(const struct importing *importing, const struct text *fields, enum column column)
{
    const size_t place = importing->places[column];
    return place == 0 ? TEXT("") : text_trim(fields[place - 1]);
}

static struct date
day_of(struct importing *importing, int64_t line, const struct text *fields, enum column column, bool required)
{
    struct date date = DATE_NONE;
    const struct text typed = cell(importing, fields, column);
    if (typed.len == 0 ? required : !date_from_text(typed, &date)) {
        fault_add(importing, line, text_of(names[column]), typed.len == 0 ? FAULT_REQUIRED : FAULT_DATE);
        return DATE_NONE;
    }
    return date;
}

static const struct err *
row_check(struct importing *importing, int64_t line, const struct text *fields, struct import_row *ret)
{
    struct ctx *ctx = importing->ctx;
    struct taking_over *over = &ret->taking_over;
    ret->line = line;
    *over = (struct taking_over){
        .kind = cell(importing, fields, COLUMN_KIND),
        .number = cell(importing, fields, COLUMN_NUMBER),
        .granted_on = day_of(importing, line, fields, COLUMN_GRANTED_ON, true),
        .valid_until = day_of(importing, line, fields, COLUMN_VALID_UNTIL, false),
        .status = INSTRUMENT_GRANTED,
        .status_on = day_of(importing, line, fields, COLUMN_STATUS_ON, false),
        .legal_basis = cell(importing, fields, COLUMN_LEGAL_BASIS),
        .source = text_printf(ctx->arena, "%.*s:%lld", TEXT_ARG(importing->source), (long long)line),
    };
    ret->party = (struct party_draft){
        .kind = PARTY_COMPANY,
        .name_ar = cell(importing, fields, COLUMN_NAME_AR),
        .name_latin = cell(importing, fields, COLUMN_NAME_LATIN),
        .ice = cell(importing, fields, COLUMN_ICE),
        .rc = cell(importing, fields, COLUMN_RC),
        .rc_court = cell(importing, fields, COLUMN_RC_COURT),
        .legal_form = cell(importing, fields, COLUMN_LEGAL_FORM),
        .capital = cell(importing, fields, COLUMN_CAPITAL),
        .seat_ar = cell(importing, fields, COLUMN_SEAT_AR),
        .seat_latin = cell(importing, fields, COLUMN_SEAT_LATIN),
        .manager_ar = cell(importing, fields, COLUMN_MANAGER_AR),
        .manager_latin = cell(importing, fields, COLUMN_MANAGER_LATIN),
    };
    struct field_faults faults = {0};
    field_line_faults(ctx, &faults, names[COLUMN_NUMBER], over->number, true, NAME_BYTES_MAX);
    for (size_t i = 0; i < faults.count; i++) {
        fault_add(importing, line, faults.items[i].at, faults.items[i].message);
    }
    if (!is_granted_by_law(ctx, over->kind)) {
        fault_add(importing, line, TEXT("kind"), FAULT_CODE);
    }
    if (date_compare(over->granted_on, ctx->today) > 0) {
        fault_add(importing, line, TEXT("granted_on"), FAULT_DATE_FUTURE);
    }
    const struct text status = cell(importing, fields, COLUMN_STATUS);
    if (status.len > 0 && !instrument_status_from(status, &over->status)) {
        fault_add(importing, line, TEXT("status"), FAULT_CODE);
    }
    if (over->status != INSTRUMENT_GRANTED && date_is_none(over->status_on)) {
        fault_add(importing, line, TEXT("status_on"), FAULT_STATUS_ON);
    }
    if (date_is_none(over->status_on)) {
        over->status_on = over->granted_on;
    }
    return holder_check(importing, ret);
}

/* A holder that is known stays as it is; another must be described as a party is. */
static const struct err *
holder_check(struct importing *importing, struct import_row *row)
{
    struct ctx *ctx = importing->ctx;
    if (!ice_read(ctx->arena, row->party.ice, &row->ice)) {
        fault_add(importing, row->line, TEXT("ice"), FAULT_ICE);
        return NULL;
    }
    struct party known;
    bool found = false;
    TRY(party_find_ice(ctx, row->ice, &known, &found));
    if (found) {
        row->taking_over.party = known.id;
        return NULL;
    }
    struct field_faults faults;
    TRY(party_faults(ctx, &row->party, (struct party_id){0}, &faults));
    for (size_t i = 0; i < faults.count; i++) {
        fault_add(importing, row->line, faults.items[i].at, faults.items[i].message);
    }
    return NULL;
}

/* A number stands for one instrument, in the file and in the register. */
static const struct err *
numbers_check(struct importing *importing, const struct import_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct instrument known;
        bool found = false;
        TRY(instrument_find(importing->ctx, rows[i].taking_over.number, &known, &found));
        for (size_t k = 0; k < i && !found; k++) {
            found = text_equal(rows[k].taking_over.number, rows[i].taking_over.number);
        }
        if (found) {
            fault_add(importing, rows[i].line, TEXT("number"), FAULT_NUMBER_TAKEN);
        }
    }
    return NULL;
}

static const struct err *
row_write(struct importing *importing, struct import_row *row)
{
    struct ctx *ctx = importing->ctx;
    struct party known = {0};
    bool found = false;
    TRY(party_find_ice(ctx, row->ice, &known, &found)); /* a row above may have registered it */
    row->taking_over.party = known.id;
    if (!found) {
        TRY(party_register(ctx, &row->party, &row->taking_over.party));
        importing->result->parties++;
    }
    struct instrument_id id;
    TRY(instrument_take_over(ctx, &row->taking_over, &id));
    importing->result->instruments++;
    return NULL;
}

static void
fault_add(struct importing *importing, int64_t line, struct text column, const char *message)
{
    struct import_result *result = importing->result;
    if (result->faults_count < IMPORT_FAULTS_MAX) {
        result->faults[result->faults_count++] =
            (struct import_fault){.line = line, .column = column, .message = message};
    }
}

static bool
is_granted_by_law(struct ctx *ctx, struct text kind)
{
    size_t count = 0;
    const struct procedure *procedures = law_procedures(ctx->law, ctx->today, &count);
    for (size_t i = 0; i < count; i++) {
        if (procedures[i].grants.len > 0 && text_equal(procedures[i].grants, kind)) {
            return true;
        }
    }
    return false;
}
