#include <assert.h>

#include "base/json.h"
#include "base/limits.h"
#include "boxoffice/programme.h"

enum { FILMS_MAX = 20, TARIFFS_MAX = 60, MINUTES_MAX = 24 * 60, SEATS_MAX = 100000, SCRATCH_BYTES = 4 * 1024 * 1024 };
static_assert(PROGRAMME_LINE_BYTES_MAX * 100 <= SCRATCH_BYTES, "the densest line fits");

/* A line's first fault. */
struct reading {
    struct arena *arena;
    struct arena *scratch; /* for the line's JSON: twenty times its size, so it goes with the line */
    struct programme_line *line;
    enum ticket_fault fault;
    const char *member;
};

static bool
refuse(struct reading *reading, enum ticket_fault fault, const char *member)
{
    reading->fault = fault;
    reading->member = member;
    return false;
}

/* A text that outlives the line's JSON: most lie in the body, those with escapes are copied. */
static struct text
keep(const struct reading *reading, struct text text)
{
    const struct text body = reading->line->body;
    return text.at >= body.at && text.at < body.at + body.len ? text : text_copy(reading->arena, text);
}

/* Every member's name is one of these, ended by NULL. */
static bool
knows_all(struct reading *reading, const struct json *object, const char *const *names)
{
    for (size_t i = 0; i < object->count; i++) {
        bool known = false;
        for (size_t n = 0; names[n] != NULL; n++) {
            known = known || text_is(object->members[i].name, names[n]);
        }
        if (!known) {
            return refuse(reading, TICKET_UNKNOWN_MEMBER, NULL);
        }
    }
    return true;
}

static bool
is_code(struct text text)
{
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.at[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
              c == '.' || c == '/')) {
            return false;
        }
    }
    return text.len > 0 && text.len <= TICKET_CODE_BYTES_MAX;
}

static bool
read_code(struct reading *reading, const struct json *object, const char *name, struct text *ret)
{
    const struct json *value = json_get(object, name);
    if (value == NULL) {
        return refuse(reading, TICKET_MISSING_MEMBER, name);
    }
    if (!json_text(value, ret)) {
        return refuse(reading, TICKET_WRONG_TYPE, name);
    }
    *ret = keep(reading, *ret);
    return is_code(*ret) || refuse(reading, TICKET_BAD_CODE, name);
}

static bool
read_words(struct reading *reading, const struct json *object, const char *name, bool required, struct text *ret)
{
    const struct json *value = json_get(object, name);
    *ret = TEXT("");
    if (value == NULL) {
        return !required || refuse(reading, TICKET_MISSING_MEMBER, name);
    }
    if (!json_text(value, ret)) {
        return refuse(reading, TICKET_WRONG_TYPE, name);
    }
    if (text_has_hidden(*ret)) {
        return refuse(reading, TICKET_NOT_UTF8, name);
    }
    *ret = keep(reading, *ret);
    return ret->len <= LINE_BYTES_MAX || refuse(reading, TICKET_TEXT_TOO_LONG, name);
}

static bool
read_whole(struct reading *reading, const struct json *object, const char *name, int64_t max, bool *ret_has,
           int64_t *ret)
{
    const struct json *value = json_get(object, name);
    *ret_has = value != NULL;
    if (value == NULL) {
        return true;
    }
    if (!json_int64(value, ret)) {
        return refuse(reading, TICKET_WRONG_TYPE, name);
    }
    return (*ret >= 1 && *ret <= max) || refuse(reading, TICKET_BAD_NUMBER, name);
}

static bool
read_films(struct reading *reading, const struct json *films)
{
    static const char *const names[] = {"visa", "title", "version", NULL};
    struct programme_line *line = reading->line;
    if (films == NULL) {
        return refuse(reading, TICKET_MISSING_MEMBER, "films");
    }
    if (films->type != JSON_ARRAY || films->count == 0 || films->count > FILMS_MAX) {
        return refuse(reading, TICKET_WRONG_TYPE, "films");
    }
    line->films = ARENA_ARRAY(reading->arena, struct flag_film, films->count);
    line->films_count = films->count;
    for (size_t i = 0; i < films->count; i++) {
        const struct json *film = &films->items[i];
        if (film->type != JSON_OBJECT) {
            return refuse(reading, TICKET_WRONG_TYPE, "films");
        }
        const struct json *visa = json_get(film, "visa");
        if (!knows_all(reading, film, names) || !read_words(reading, film, "title", true, &line->films[i].title) ||
            !read_words(reading, film, "version", false, &line->films[i].version)) {
            return false;
        }
        if (visa != NULL && visa->type != JSON_NULL && !read_code(reading, film, "visa", &line->films[i].visa)) {
            return false;
        }
    }
    return true;
}

static bool
is_family(struct text family)
{
    return text_is(family, "free") || text_is(family, "school") || text_is(family, "unlimited") ||
           text_is(family, "other");
}

static bool
read_tariffs(struct reading *reading, const struct json *tariffs)
{
    static const char *const names[] = {"code", "family", "price", NULL};
    struct programme_line *line = reading->line;
    if (tariffs == NULL) {
        return true;
    }
    if (tariffs->type != JSON_ARRAY || tariffs->count > TARIFFS_MAX) {
        return refuse(reading, TICKET_WRONG_TYPE, "tariffs");
    }
    line->tariffs = ARENA_ARRAY(reading->arena, struct programme_tariff, tariffs->count);
    line->tariffs_count = tariffs->count;
    for (size_t i = 0; i < tariffs->count; i++) {
        const struct json *object = &tariffs->items[i];
        struct programme_tariff *tariff = &line->tariffs[i];
        if (object->type != JSON_OBJECT) {
            return refuse(reading, TICKET_WRONG_TYPE, "tariffs");
        }
        if (!knows_all(reading, object, names) || !read_code(reading, object, "code", &tariff->code) ||
            !read_code(reading, object, "family", &tariff->family)) {
            return false;
        }
        if (!is_family(tariff->family)) {
            return refuse(reading, TICKET_BAD_CODE, "family");
        }
        if (!json_int64(json_get(object, "price"), &tariff->price_centimes) || tariff->price_centimes < 0 ||
            tariff->price_centimes > TICKET_PRICE_MAX) {
            return refuse(reading, TICKET_BAD_PRICE, "price");
        }
        for (size_t k = 0; k < i; k++) {
            if (text_equal(line->tariffs[k].code, tariff->code)) {
                return refuse(reading, TICKET_DUPLICATE_MEMBER, "tariffs");
            }
        }
    }
    return true;
}

static bool
read_start(struct reading *reading, const struct json *object)
{
    struct text start;
    if (json_get(object, "start") == NULL) {
        return refuse(reading, TICKET_MISSING_MEMBER, "start");
    }
    if (!json_text(json_get(object, "start"), &start)) {
        return refuse(reading, TICKET_WRONG_TYPE, "start");
    }
    return ticket_time_read(start, &reading->line->start) || refuse(reading, TICKET_BAD_TIME, "start");
}

static bool
read_kind(struct reading *reading, const struct json *object)
{
    static const char *const announced[] = {"screen", "start", "films", "seats", "planned_minutes", "tariffs", NULL};
    static const char *const cancelled[] = {"screen", "start", "cancelled", "reason", NULL};
    static const char *const none[] = {"screen", "day", "none", NULL};
    struct programme_line *line = reading->line;
    bool is_true = false;
    if (json_get(object, "none") != NULL) {
        struct text day;
        line->kind = PROGRAMME_NONE;
        if (!json_bool(json_get(object, "none"), &is_true) || !is_true) {
            return refuse(reading, TICKET_WRONG_TYPE, "none");
        }
        if (json_get(object, "day") == NULL) {
            return refuse(reading, TICKET_MISSING_MEMBER, "day");
        }
        return knows_all(reading, object, none) &&
               ((json_text(json_get(object, "day"), &day) && date_from_text(day, &line->day)) ||
                refuse(reading, TICKET_BAD_TIME, "day"));
    }
    if (json_get(object, "cancelled") != NULL) {
        line->kind = PROGRAMME_CANCELLED;
        if (!json_bool(json_get(object, "cancelled"), &is_true) || !is_true) {
            return refuse(reading, TICKET_WRONG_TYPE, "cancelled");
        }
        return knows_all(reading, object, cancelled) && read_start(reading, object) &&
               read_words(reading, object, "reason", true, &line->reason);
    }
    line->kind = PROGRAMME_ANNOUNCED;
    return knows_all(reading, object, announced) && read_start(reading, object) &&
           read_films(reading, json_get(object, "films")) &&
           read_whole(reading, object, "seats", SEATS_MAX, &line->has_seats, &line->seats) &&
           read_whole(reading, object, "planned_minutes", MINUTES_MAX, &line->has_minutes, &line->minutes) &&
           read_tariffs(reading, json_get(object, "tariffs"));
}

static bool
read_line(struct reading *reading, struct text body)
{
    struct json object;
    struct json_fault fault;
    if (!text_is_utf8(body)) {
        return refuse(reading, TICKET_NOT_UTF8, NULL);
    }
    if (!json_parse(reading->scratch, body, &object, &fault) || object.type != JSON_OBJECT) {
        return refuse(reading, TICKET_BROKEN, NULL);
    }
    return read_code(reading, &object, "screen", &reading->line->screen) && read_kind(reading, &object);
}

const struct err *
programme_read(struct arena *arena, struct text body, struct programme *ret)
{
    *ret = (struct programme){.sha256 = hash_of_text(body)};
    size_t room = 1;
    for (size_t i = 0; i < body.len; i++) {
        room += body.at[i] == '\n';
    }
    if (room > TICKET_LINES_MAX + 1) {
        return FAIL(arena, ERR_TOO_LARGE, "a programme of more than %d lines", TICKET_LINES_MAX);
    }
    DEFER(arena_free_at) struct arena *scratch = arena_new(SCRATCH_BYTES);
    ret->lines = ARENA_ARRAY(arena, struct programme_line, room);
    ret->faults = ARENA_ARRAY(arena, struct programme_fault, room);
    struct text rest = body;
    struct text line;
    uint32_t number = 0;
    while (rest.at != NULL && text_split(&rest, '\n', &line)) {
        number++;
        if (text_trim(line).len == 0) {
            continue;
        }
        ret->lines_count++;
        struct reading reading = {.arena = arena, .scratch = scratch, .line = &ret->lines[ret->count]};
        *reading.line = (struct programme_line){.line = number, .body = line};
        const struct arena_mark mark = arena_mark(scratch);
        const bool is_fine = line.len <= PROGRAMME_LINE_BYTES_MAX && read_line(&reading, text_trim(line));
        arena_rewind(scratch, mark);
        if (is_fine) {
            ret->count++;
            continue;
        }
        if (line.len > PROGRAMME_LINE_BYTES_MAX) {
            reading = (struct reading){.fault = TICKET_TEXT_TOO_LONG};
        }
        ret->faults[ret->faults_count++] = (struct programme_fault){number, reading.fault, reading.member};
    }
    return NULL;
}
