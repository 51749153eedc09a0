/* Reading acts. */
#include <assert.h>

#include "acts/act.h"
#include "acts/act.sql.h"
#include "acts/entry.h"
#include "acts/row.h"
#include "base/limits.h"

static struct text empty_if_null(struct text text);
static void put_shown(struct buf *buf, struct arena *arena, struct hash salt, struct text data);

const struct err *
act_of_row(struct ctx *ctx, const struct act_row_row *row, struct act *ret)
{
    struct json *data = ARENA_NEW(ctx->arena, struct json);
    TRY(json_read(ctx->arena, row->body, data));
    *ret = (struct act){
        .id = {.value = row->number},
        .kind = row->kind,
        .version = (int)row->version,
        .day = row->day,
        .at_ms = row->at_ms,
        .body = row->body,
        .data = data,
        .actor = row->actor,
        .corpus_root = hash_to_hex(ctx->arena, row->corpus_root),
        .sealed = row->sealed,
        .subject = empty_if_null(row->subject),
        .instrument = empty_if_null(row->instrument),
        .status = empty_if_null(row->status),
        .receipt = empty_if_null(row->receipt),
    };
    return NULL;
}

struct act_fields
fields_of_row(const struct act_row_row *row)
{
    return (struct act_fields){
        .number = row->number,
        .kind = row->kind,
        .version = row->version,
        .sealed = row->sealed,
        .day = row->day,
        .at_ms = row->at_ms,
        .actor = row->actor,
        .corpus_root = row->corpus_root,
        .subject = row->subject,
        .instrument = row->instrument,
        .status = row->status,
        .body = row->body,
        .receipt = row->receipt,
        .secret = row->secret,
    };
}

struct act_fields
fields_of_rows(const struct act_rows_row *row)
{
    static_assert(sizeof(struct act_row_row) == sizeof(struct act_rows_row), "the same columns in the same order");
    return fields_of_row((const struct act_row_row *)(const void *)row);
}

const struct err *
act_row_get(struct ctx *ctx, struct act_id id, struct act_row_row *ret)
{
    bool found = false;
    TRY(act_row(ctx, id.value, ret, &found));
    return found ? NULL : FAIL(ctx->arena, ERR_NOT_FOUND, "there is no act %lld", (long long)id.value);
}

const struct err *
act_get(struct ctx *ctx, struct act_id id, struct act *ret)
{
    struct act_row_row row;
    TRY(act_row_get(ctx, id, &row));
    return act_of_row(ctx, &row, ret);
}

const struct err *
act_persons(struct ctx *ctx, struct act_id id, struct act_person **ret, size_t *ret_count)
{
    struct act_person_rows_rows rows;
    TRY(act_person_rows(ctx, id.value, id.value, &rows));
    struct act_person *persons = ARENA_ARRAY(ctx->arena, struct act_person, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        persons[i] = (struct act_person){
            .subject = rows.items[i].subject, .role = rows.items[i].role, .data = rows.items[i].data};
    }
    *ret = persons;
    *ret_count = rows.count;
    return NULL;
}

const struct err *
act_documents(struct ctx *ctx, struct act_id id, struct act_document **ret, size_t *ret_count)
{
    struct act_document_rows_rows rows;
    TRY(act_document_rows(ctx, id.value, id.value, &rows));
    struct act_document *documents = ARENA_ARRAY(ctx->arena, struct act_document, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        documents[i] = (struct act_document){.sha256 = rows.items[i].sha256, .code = rows.items[i].code};
    }
    *ret = documents;
    *ret_count = rows.count;
    return NULL;
}

const struct err *
act_last(struct ctx *ctx, struct act_id *ret)
{
    struct act_last_number_row row = {0};
    bool found = false;
    TRY(act_last_number(ctx, &row, &found));
    ret->value = found ? row.number : 0;
    return NULL;
}

const struct err *
act_list(struct ctx *ctx, enum act_key by, struct text key, struct act_id after, struct act **ret, size_t *ret_count)
{
    const int64_t limit = PAGE_ROWS_MAX;
    int64_t *numbers = ARENA_ARRAY(ctx->arena, int64_t, PAGE_ROWS_MAX);
    size_t count = 0;
#define NUMBERS(statement, member)                                                                                     \
    do {                                                                                                               \
        struct statement##_rows rows;                                                                                  \
        TRY(statement(ctx, &(struct statement##_in){.member = key, .after = after.value, .limit = limit}, &rows));     \
        for (count = 0; count < rows.count; count++) {                                                                 \
            numbers[count] = rows.items[count].number;                                                                 \
        }                                                                                                              \
    } while (0)
    switch (by) {
    case ACT_KEY_SUBJECT:
        NUMBERS(act_numbers_of_subject, subject);
        break;
    case ACT_KEY_INSTRUMENT:
        NUMBERS(act_numbers_of_instrument, instrument);
        break;
    case ACT_KEY_PERSON:
        NUMBERS(act_numbers_of_person, subject);
        break;
    }
#undef NUMBERS
    struct act *acts = ARENA_ARRAY(ctx->arena, struct act, count);
    for (size_t i = 0; i < count; i++) {
        TRY(act_get(ctx, (struct act_id){numbers[i]}, &acts[i]));
    }
    *ret = acts;
    *ret_count = count;
    return NULL;
}

const struct err *
act_disclosure(struct ctx *ctx, struct act_id id, unsigned shown, struct text *ret)
{
    struct act_row_row row;
    TRY(act_row_get(ctx, id, &row));
    const struct act_fields fields = fields_of_row(&row);
    struct buf buf = buf_new(ctx->arena, (size_t)4 * ACT_BODY_BYTES_MAX);
    buf_printf(&buf, "markaz/disclosure@v1\nact %lld\n", (long long)id.value);
    put_shown(&buf, ctx->arena, salt_of(row.secret, "body", 0), body_data(ctx->arena, &fields));
    if ((shown & ACT_SHOWN_PERSONS) != 0) {
        struct act_person_rows_rows persons;
        TRY(act_person_rows(ctx, id.value, id.value, &persons));
        for (size_t i = 0; i < persons.count; i++) {
            const struct act_person_rows_row *person = &persons.items[i];
            if (person->has_salt && person->data.at != NULL) {
                put_shown(&buf, ctx->arena, person->salt,
                          person_data(ctx->arena, person->subject, person->role, person->data));
            }
        }
    }
    if ((shown & ACT_SHOWN_DOCUMENTS) != 0) {
        struct act_document_rows_rows documents;
        TRY(act_document_rows(ctx, id.value, id.value, &documents));
        for (size_t i = 0; i < documents.count; i++) {
            put_shown(&buf, ctx->arena, salt_of(row.secret, "document", i),
                      document_data(ctx->arena, documents.items[i].code, documents.items[i].sha256));
        }
    }
    if (buf.overflowed) {
        return FAIL(ctx->arena, ERR_TOO_LARGE, "act %lld has more data than a disclosure holds", (long long)id.value);
    }
    *ret = buf_built(&buf);
    return NULL;
}

static struct text
empty_if_null(struct text text)
{
    return text.at == NULL ? TEXT("") : text;
}

static void
put_shown(struct buf *buf, struct arena *arena, struct hash salt, struct text data)
{
    buf_text(buf, hash_to_hex(arena, salt));
    buf_char(buf, '\n');
    buf_text(buf, data);
    buf_char(buf, '\n');
}
