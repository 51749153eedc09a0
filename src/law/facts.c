/* JSON facts into slots, by the types that the law declares. What is wrong is said with its path. */
#include <stdarg.h>
#include <string.h>

#include "law/program.h"

enum { ELEMENTS_MAX = 4096, PATH_MAX_BYTES = 400 };

struct fact_reader {
    struct machine *machine;
    struct question_fault *fault;
    bool omitted_absent;
};

/* Where a value stands, as a chain: facts.films[2].role. */
struct path {
    const struct path *up;
    struct text name; /* empty: an index */
    size_t index;
};

static void
path_print(struct buf *buf, const struct path *path)
{
    if (path->up != NULL) {
        path_print(buf, path->up);
    }
    if (path->name.len > 0) {
        buf_cstr(buf, path->up != NULL ? "." : "");
        buf_text(buf, path->name);
    } else {
        buf_printf(buf, "[%zu]", path->index);
    }
}

static bool fault_at(struct fact_reader *reader, const struct path *path, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static bool
fault_at(struct fact_reader *reader, const struct path *path, const char *code, const char *format, ...)
{
    struct arena *arena = reader->machine->arena;
    struct buf at = buf_new(arena, 2000);
    path_print(&at, path);
    struct buf message = buf_new(arena, 2000);
    struct text whole = buf_built(&at);
    struct text below = text_starts(whole, TEXT("facts.")) ? text_after(whole, 6) : whole;
    buf_text(&message, below);
    buf_char(&message, ' ');
    va_list args;
    va_start(args, format);
    buf_vprintf(&message, format, args);
    va_end(args);
    *reader->fault = (struct question_fault){.code = code, .message = buf_built(&message), .at = whole};
    return false;
}

static const char *
json_words(const struct json *json)
{
    static const char *const words[] = {"", "null", "a yes or no", "a number", "a text", "a list", "an object"};
    return words[json->type];
}

static const char *
type_words(const struct type *type)
{
    static const char *const words[] = {"",
                                        "a yes or no (true, false)",
                                        "a number of at most six decimals",
                                        "a whole number",
                                        "an integer of centimes",
                                        "a date (YYYY-MM-DD)",
                                        "a code",
                                        "a country (two capital letters)",
                                        "a text",
                                        "a session (YYYY-n)",
                                        "a norm",
                                        "one of the codes of this fact",
                                        "a list",
                                        "an object",
                                        "an object"};
    return words[type->kind];
}

static bool
wrong_type(struct fact_reader *reader, const struct path *path, const struct json *json, const struct type *type)
{
    return fault_at(reader, path, "fact_type", "is %s; %s is expected", json_words(json), type_words(type));
}

static void
omitted(const struct fact_reader *reader, const struct fact *fact, struct slot *out)
{
    *out = (struct slot){.kind = (uint8_t)kind_of(fact->type), .state = SLOT_UNKNOWN};
    if (fact->has_default) {
        (void)literal_slot(reader->machine->intern, reader->machine->law, fact->default_value, fact->type, out);
        return;
    }
    if (!reader->omitted_absent) {
        return;
    }
    bool stays = fact->type->kind == FACT_ONE_OF || fact->type->kind == FACT_LIST || fact->type->kind == FACT_SESSION ||
                 fact->type->kind == FACT_MAP;
    if (fact->type->kind == FACT_YES_NO && !fact->or_absent) {
        out->state = SLOT_KNOWN;
        out->v = 0;
    } else if (fact->or_absent || !stays) {
        out->state = SLOT_ABSENT;
    }
}

static bool read_value(struct fact_reader *reader, const struct path *path, const struct fact *fact,
                       const struct json *json, struct slot *out);

static bool
session_from(struct text text, int64_t *ret)
{
    int64_t n;
    int64_t year;
    if (text.len != 6 || text.at[4] != '-' || !text_to_int64(text_slice(text, 0, 4), &year) ||
        !text_to_int64(text_after(text, 5), &n) || year < 1 || n < 1 || text.at[5] < '1') {
        return false;
    }
    *ret = year * 100 + n;
    return true;
}

/* Its codes are interned already; a norm may be cited short or in full. */
static bool
read_one_of(struct fact_reader *reader, const struct path *path, const struct type *type, struct text text,
            struct slot *out)
{
    const struct law *law = reader->machine->law;
    for (size_t i = 0; i < type->codes_count; i++) {
        const struct token *code = &type->codes[i];
        const bool norm = code->ref != NULL && code->ref->norm < law->norms_count;
        if (text_equal(code->text, text) || (norm && text_equal(law->norms[code->ref->norm].id, text))) {
            out->v = type->ids[i];
            return true;
        }
    }
    return fault_at(reader, path, "fact_range", "is \"%.*s\", which is not one of its codes",
                    (int)(text.len < 80 ? text.len : 0), text.at);
}

static bool
read_code(struct fact_reader *reader, const struct path *path, const struct type *type, const struct json *json,
          struct slot *out)
{
    struct text text;
    struct machine *machine = reader->machine;
    if (!json_text(json, &text)) {
        return wrong_type(reader, path, json, type);
    }
    if (type->kind == FACT_ONE_OF) {
        return read_one_of(reader, path, type, text, out);
    }
    out->v = intern_id(machine->intern, text);
    if (type->kind == FACT_COUNTRY &&
        !(text.len == 2 && text.at[0] >= 'A' && text.at[0] <= 'Z' && text.at[1] >= 'A' && text.at[1] <= 'Z')) {
        return fault_at(reader, path, "fact_type", "is not a country; two capital letters are expected (ISO 3166)");
    }
    if (type->kind == FACT_NORM && law_norm_at(machine->law, text) == machine->law->norms_count) {
        return fault_at(reader, path, "fact_type", "is not a norm of this corpus");
    }
    return true;
}

static bool
read_number(struct fact_reader *reader, const struct path *path, const struct type *type, const struct json *json,
            struct slot *out)
{
    int places = type->kind == FACT_MONEY ? 0 : 6;
    if (json->type != JSON_NUMBER) {
        return wrong_type(reader, path, json, type);
    }
    if (!json_decimal(json, places, &out->v) || (type->kind == FACT_WHOLE && out->v % SCALE != 0)) {
        return fault_at(reader, path, "fact_type", "is not %s", type_words(type));
    }
    return true;
}

static bool
read_plain(struct fact_reader *reader, const struct path *path, const struct type *type, const struct json *json,
           struct slot *out)
{
    bool yes;
    struct text text;
    struct date date;
    switch (type->kind) {
    case FACT_YES_NO:
        if (!json_bool(json, &yes)) {
            return wrong_type(reader, path, json, type);
        }
        out->v = yes;
        return true;
    case FACT_NUMBER:
    case FACT_WHOLE:
    case FACT_MONEY:
        return read_number(reader, path, type, json, out);
    case FACT_DATE:
        if (!json_text(json, &text)) {
            return wrong_type(reader, path, json, type);
        }
        if (!date_from_text(text, &date)) {
            return fault_at(reader, path, "fact_type", "is not a day of the calendar (YYYY-MM-DD)");
        }
        out->v = date.days;
        return true;
    case FACT_SESSION:
        if (!json_text(json, &text)) {
            return wrong_type(reader, path, json, type);
        }
        return session_from(text, &out->v) || fault_at(reader, path, "fact_type", "is not a session (YYYY-n)");
    case FACT_TEXT:
        if (!json_text(json, &text)) {
            return wrong_type(reader, path, json, type);
        }
        out->v = intern_id(reader->machine->intern, text);
        return true;
    default:
        return read_code(reader, path, type, json, out);
    }
}

/* Fields in declared order; a field that is not declared is a fault. */
static bool
read_fields(struct fact_reader *reader, const struct path *path, const struct type *type, const struct json *json,
            struct slot *to)
{
    size_t found = 0;
    size_t at = 0; /* facts mostly come in the order declared */
    if (json->type != JSON_OBJECT) {
        return fault_at(reader, path, "fact_type", "is %s; an object is expected", json_words(json));
    }
    for (size_t i = 0; i < type->fields_count; i++) {
        const struct fact *field = &type->fields[i];
        const struct json *value = NULL;
        for (size_t j = 0; j < json->count && value == NULL; j++) {
            value = text_equal(json->members[at].name, field->name) ? &json->members[at].value : NULL;
            at = at + 1 == json->count ? 0 : at + 1;
        }
        if (value == NULL) {
            omitted(reader, field, &to[i]);
            continue;
        }
        struct path below = {.up = path, .name = field->name};
        found++;
        if (!read_value(reader, &below, field, value, &to[i])) {
            return false;
        }
    }
    for (size_t j = 0; found < json->count && j < json->count; j++) {
        bool declared = false;
        for (size_t i = 0; i < type->fields_count && !declared; i++) {
            declared = text_equal(json->members[j].name, type->fields[i].name);
        }
        if (!declared) {
            struct path below = {.up = path, .name = json->members[j].name};
            return fault_at(reader, &below, "fact_unknown", "is not a field that the law knows here");
        }
    }
    return true;
}

static bool
read_list(struct fact_reader *reader, const struct path *path, const struct type *type, const struct json *json,
          struct slot *out)
{
    struct machine *machine = reader->machine;
    bool map = type->kind == FACT_MAP;
    if (json->type != (map ? JSON_OBJECT : JSON_ARRAY)) {
        return wrong_type(reader, path, json, type);
    }
    if (json->count > ELEMENTS_MAX) {
        return fault_at(reader, path, "too_large", "has more than %d elements", ELEMENTS_MAX);
    }
    size_t stride = type_stride(type->of, map);
    size_t offset;
    if (!scratch_room(machine, json->count * stride, &offset)) {
        return fault_at(reader, path, "too_large", "holds too many values");
    }
    /* A value of a map may always be null: it reads as absent, as a missing key does. */
    struct fact element = {.type = type->of, .or_absent = map};
    for (size_t i = 0; i < json->count; i++) {
        struct path below = {.up = path, .index = i};
        const struct json *value = map ? &json->members[i].value : &json->items[i];
        size_t at = offset + i * stride;
        if (map) {
            below.name = json->members[i].name;
            machine->data[at++] = (struct slot){
                .v = intern_id(machine->intern, json->members[i].name), .state = SLOT_KNOWN, .kind = KIND_CODE};
        }
        if (type->of->kind == FACT_RECORD) {
            if (!read_fields(reader, &below, type->of, value, &machine->data[at])) {
                return false;
            }
            continue;
        }
        struct slot slot;
        if (!read_value(reader, &below, &element, value, &slot)) {
            return false;
        }
        machine->data[at] = slot;
    }
    *out = (struct slot){.v = (int64_t)offset,
                         .state = SLOT_KNOWN,
                         .kind = (uint8_t)kind_of(type),
                         .aux = (uint16_t)stride,
                         .aux2 = (uint32_t)json->count};
    return true;
}

static bool
read_value(struct fact_reader *reader, const struct path *path, const struct fact *fact, const struct json *json,
           struct slot *out)
{
    const struct type *type = fact->type;
    *out = (struct slot){.state = SLOT_KNOWN, .kind = (uint8_t)kind_of(type)};
    if (json->type == JSON_NULL) {
        bool allowed = fact->or_absent;
        if (!allowed && reader->omitted_absent && type->kind != FACT_YES_NO) {
            omitted(reader, fact, out);
            return out->state == SLOT_ABSENT ||
                   fault_at(reader, path, "fact_null", "is null; %s is expected", type_words(type));
        }
        out->state = SLOT_ABSENT;
        return allowed || fault_at(reader, path, "fact_null", "is null; %s is expected", type_words(type));
    }
    if (type->kind == FACT_RECORD) {
        size_t offset;
        if (!scratch_room(reader->machine, type->fields_count, &offset)) {
            return fault_at(reader, path, "too_large", "holds too many values");
        }
        out->v = (int64_t)offset;
        return read_fields(reader, path, type, json, &reader->machine->data[offset]);
    }
    if (type->kind == FACT_LIST || type->kind == FACT_MAP) {
        return read_list(reader, path, type, json, out);
    }
    if (!read_plain(reader, path, type, json, out)) {
        return false;
    }
    if (fact->has_range && (out->v < fact->from || out->v > fact->to)) {
        return fault_at(reader, path, "fact_range", "is outside its range");
    }
    return true;
}

/* Slots that a value needs below itself, at most. */
static size_t
room_of(const struct type *type, const struct json *json)
{
    size_t room = 0;
    if (type->kind == FACT_RECORD) {
        room = type->fields_count;
        for (size_t i = 0; json->type == JSON_OBJECT && i < type->fields_count; i++) {
            for (size_t j = 0; j < json->count; j++) {
                if (text_equal(json->members[j].name, type->fields[i].name)) {
                    room += room_of(type->fields[i].type, &json->members[j].value);
                }
            }
        }
        return room;
    }
    bool map = type->kind == FACT_MAP;
    if ((type->kind != FACT_LIST && !map) || json->type != (map ? JSON_OBJECT : JSON_ARRAY)) {
        return 0;
    }
    for (size_t i = 0; i < json->count; i++) {
        room += 2 + room_of(type->of, map ? &json->members[i].value : &json->items[i]);
    }
    return room;
}

bool
facts_read(struct machine *machine, const struct json *facts, struct question_fault *ret_fault)
{
    const struct program *program = machine->program;
    struct fact_reader reader = {.machine = machine, .fault = ret_fault, .omitted_absent = program->omitted_absent};
    struct path root = {.name = TEXT("facts")};
    if (facts == NULL || facts->type != JSON_OBJECT) {
        *ret_fault =
            (struct question_fault){.code = "facts", .message = TEXT("the facts are an object"), .at = TEXT("facts")};
        return false;
    }
    const struct type type = {
        .kind = FACT_RECORD, .fields = program->check->facts, .fields_count = program->check->facts_count};
    size_t room = program->has_lists ? room_of(&type, facts) : 0;
    machine->data_room = room + program->scratch_fixed + room * 2 * program->scratch_times;
    machine->data_count = 0;
    machine->data =
        machine->data_room > 0 ? arena_array(machine->arena, machine->data_room, sizeof(struct slot)) : NULL;
    machine->fault = NULL;
    const bool good = read_fields(&reader, &root, &type, facts, machine->slots + program->first_fact);
    machine->facts_end = machine->data_count;
    return good;
}
