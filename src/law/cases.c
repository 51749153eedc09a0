#include "law/cases.h"

#include <string.h>

#include "base/buf.h"
#include "law/program.h"

/* Parameters set for one case, as --set does for one question: the literal stands in quotes. */
static const struct err *
settings_read(struct arena *arena, const struct json *settings, struct law_case *ret)
{
    if (settings == NULL) {
        return NULL;
    }
    if (settings->type != JSON_OBJECT) {
        return FAIL(arena, ERR_INPUT, "the settings of a case are an object of literals in quotes");
    }
    ret->settings = ARENA_ARRAY(arena, struct law_setting, settings->count + 1);
    for (size_t i = 0; i < settings->count; i++) {
        struct law_setting *setting = &ret->settings[ret->settings_count++];
        *setting = (struct law_setting){.name = settings->members[i].name, .from = DATE_NONE, .until = DATE_NONE};
        if (!json_text(&settings->members[i].value, &setting->literal)) {
            return FAIL(arena, ERR_INPUT, "the setting %.*s is not a literal in quotes", TEXT_ARG(setting->name));
        }
    }
    return NULL;
}

static const struct err *
case_read(struct arena *arena, struct text line, struct law_case *ret)
{
    struct json json;
    struct text day;
    TRY(json_read(arena, line, &json));
    const struct json *facts = json_get(&json, "facts");
    const struct json *expect = json_get(&json, "expect");
    if (!json_text(json_get(&json, "id"), &ret->id) || !json_text(json_get(&json, "check"), &ret->check) ||
        !json_text(json_get(&json, "as_of"), &day) || !date_from_text(day, &ret->as_of) || facts == NULL ||
        expect == NULL || expect->type != JSON_OBJECT) {
        return FAIL(arena, ERR_INPUT, "a case has id, check, as_of, facts and expect");
    }
    ret->facts = *facts;
    ret->expect = *expect;
    return settings_read(arena, json_get(&json, "settings"), ret);
}

const struct err *
cases_read(struct arena *arena, struct text path, struct text bytes, struct law_cases *cases)
{
    size_t lines = 1;
    for (size_t i = 0; i < bytes.len; i++) {
        lines += bytes.at[i] == '\n';
    }
    struct law_case *items = ARENA_ARRAY(arena, struct law_case, cases->count + lines);
    if (cases->count > 0) {
        memcpy(items, cases->items, cases->count * sizeof items[0]);
    }
    cases->items = items;
    struct text rest = bytes, line;
    for (int number = 1; text_split(&rest, '\n', &line); number++) {
        if (text_trim(line).len == 0) {
            continue;
        }
        struct law_case *one = &items[cases->count];
        *one = (struct law_case){0};
        const struct err *err = case_read(arena, line, one);
        if (err != NULL) {
            return FAIL_BY(arena, err, ERR_INPUT, "%.*s line %d", TEXT_ARG(path), number);
        }
        one->path = path;
        one->line = number;
        cases->count++;
    }
    return NULL;
}

static bool
json_same(const struct json *a, const struct json *b)
{
    int64_t x, y;
    if (a->type != b->type) {
        return false;
    }
    switch (a->type) {
    case JSON_NULL:
        return true;
    case JSON_BOOL:
        return a->boolean == b->boolean;
    case JSON_STRING:
        return text_equal(a->text, b->text);
    case JSON_NUMBER:
        return json_decimal(a, 6, &x) && json_decimal(b, 6, &y) ? x == y : text_equal(a->text, b->text);
    case JSON_ARRAY:
        for (size_t i = 0; i < a->count && a->count == b->count; i++) {
            if (!json_same(&a->items[i], &b->items[i])) {
                return false;
            }
        }
        return a->count == b->count;
    case JSON_OBJECT:
        for (size_t i = 0; i < a->count && a->count == b->count; i++) {
            const struct json *other = NULL;
            for (size_t j = 0; j < b->count && other == NULL; j++) {
                other = text_equal(b->members[j].name, a->members[i].name) ? &b->members[j].value : NULL;
            }
            if (other == NULL || !json_same(&a->members[i].value, other)) {
                return false;
            }
        }
        return a->count == b->count;
    }
    return false;
}

static struct text
json_shown(struct arena *arena, const struct json *json)
{
    struct buf buf = buf_new(arena, 2000);
    struct json_out out = json_out(&buf);
    if (json == NULL) {
        return TEXT("nothing");
    }
    json_put_json(&out, json);
    return buf_built(&buf);
}

struct case_result
case_run(struct arena *arena, const struct law *law, const struct law_case *one, struct law_seen *seen)
{
    const struct law_question question = {.check = one->check,
                                          .as_of = one->as_of,
                                          .facts = &one->facts,
                                          .settings = one->settings,
                                          .settings_count = one->settings_count,
                                          .seen = seen};
    struct ruling ruling;
    struct question_fault fault;
    struct json answer;
    struct json_fault json_fault;
    struct buf printed = buf_new(arena, 8 * 1024 * 1024);
    struct json_out out = json_out(&printed);
    if (law_ask(arena, law, &question, &ruling, &fault) == NULL) {
        ruling_print(&out, one->id, &ruling, law);
    } else {
        json_open_object(&out);
        json_put_name(&out, TEXT("error"));
        json_open_object(&out);
        json_member_text(&out, "code", text_of(fault.code));
        json_member_text(&out, "message", fault.message);
        json_member_text(&out, "at", fault.at);
        json_close_object(&out);
        json_close_object(&out);
    }
    if (!json_parse(arena, buf_built(&printed), &answer, &json_fault)) {
        return (struct case_result){.why = TEXT("the answer is no JSON")};
    }
    const struct json *error = json_get(&answer, "error");
    struct text code;
    bool told = json_get(&one->expect, "error") != NULL; /* the case says that there is none at that date */
    if (!told && json_text(json_get(error, "code"), &code) && text_is(code, "unknown_check")) {
        return (struct case_result){.unknown_check = true,
                                    .why = text_printf(arena, "the law has no check %.*s", TEXT_ARG(one->check))};
    }
    for (size_t i = 0; i < one->expect.count; i++) {
        const struct json_member *member = &one->expect.members[i];
        const struct json *got = json_get(&answer, text_cstr(arena, member->name));
        /* Of an error, only what the case names is compared. */
        if (text_is(member->name, "error") && got != NULL && member->value.type == JSON_OBJECT &&
            json_get(&member->value, "message") == NULL) {
            const struct json *wanted = json_get(&member->value, "code");
            const struct json *given = json_get(got, "code");
            if (wanted != NULL && given != NULL && json_same(wanted, given)) {
                continue;
            }
        }
        if (got == NULL || !json_same(&member->value, got)) {
            struct text shown = got == NULL && error != NULL ? json_shown(arena, error) : json_shown(arena, got);
            return (struct case_result){.why =
                                            text_printf(arena, "%.*s: expected %.*s, got %.*s", TEXT_ARG(member->name),
                                                        TEXT_ARG(json_shown(arena, &member->value)), TEXT_ARG(shown))};
        }
    }
    return (struct case_result){.passed = true};
}
