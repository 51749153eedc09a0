/* The answer and the receipt of a ruling, in JSON. */
#include <stdlib.h>
#include <string.h>

#include "law/program.h"

/* Statements as JSON, made once when the corpus is read: a trace of a batch prints them by the thousand. */
void
says_keep(struct law *law)
{
    static const enum lang langs[] = {LANG_AR, LANG_FR, LANG_EN};
    law->norm_says = ARENA_ARRAY(law->arena, struct text, law->norms_count);
    for (size_t i = 0; i < law->norms_count; i++) {
        struct buf buf = buf_new(law->arena, 100000);
        struct json_out out = json_out(&buf);
        json_open_object(&out);
        for (size_t j = 0; j < 3; j++) {
            json_member_text(&out, lang_code(langs[j]), law->norms[i].says[langs[j]]);
        }
        json_close_object(&out);
        law->norm_says[i] = buf_built(&buf);
    }
}

static bool
has_result(const struct ruling *ruling, const char *name)
{
    return ruling_result(ruling, name) != NULL;
}

static void
put_texts(struct json_out *out, const char *name, const struct text *items, size_t count)
{
    json_put_name(out, text_of(name));
    json_open_array(out);
    for (size_t i = 0; i < count; i++) {
        json_put_text(out, items[i]);
    }
    json_close_array(out);
}

static void
put_trace(struct json_out *out, const struct ruling *ruling, const struct law *law, bool says)
{
    json_put_name(out, TEXT("trace"));
    json_open_array(out);
    for (size_t i = 0; i < ruling->trace_count; i++) {
        const struct trace_line *line = &ruling->trace[i];
        json_open_object(out);
        json_member_text(out, "norm", line->norm);
        json_member_text(out, "outcome", text_of(trace_outcome_code(line->outcome)));
        if (says) {
            const size_t norm = law_norm_at(law, line->norm);
            json_put_name(out, TEXT("says"));
            json_put_raw(out, norm < law->norms_count ? law->norm_says[norm] : TEXT("{}"));
        }
        json_put_name(out, TEXT("values"));
        json_open_object(out);
        for (size_t j = 0; j < line->values_count; j++) {
            json_put_name(out, line->values[j].name);
            json_put_json(out, &line->values[j].value);
        }
        json_close_object(out);
        json_close_object(out);
    }
    json_close_array(out);
}

void
ruling_print(struct json_out *out, struct text id, const struct ruling *ruling, const struct law *law)
{
    json_open_object(out);
    if (id.len > 0) {
        json_member_text(out, "id", id);
    }
    json_member_text(out, "check", ruling->check);
    char day[11];
    date_print(ruling->as_of, day);
    json_member_text(out, "as_of", text_of(day));
    if (ruling->verdict.len > 0 && !has_result(ruling, "verdict")) {
        json_member_text(out, "verdict", ruling->verdict);
    }
    if (!has_result(ruling, "failed")) {
        put_texts(out, "failed", ruling->failed, ruling->failed_count);
    }
    if (!has_result(ruling, "missing")) {
        put_texts(out, "missing", ruling->missing, ruling->missing_count);
    }
    if (ruling->parameters_count > 0 && !has_result(ruling, "parameters")) {
        put_texts(out, "parameters", ruling->parameters, ruling->parameters_count);
    }
    if (ruling->conflict_count > 0 && !has_result(ruling, "norms")) {
        put_texts(out, "norms", ruling->conflict, ruling->conflict_count);
    }
    for (size_t i = 0; i < ruling->results_count; i++) {
        json_put_name(out, ruling->results[i].name);
        json_put_json(out, &ruling->results[i].value);
    }
    if (ruling->traced && !has_result(ruling, "trace")) {
        put_trace(out, ruling, law, true);
    }
    json_close_object(out);
}

/* ---- Receipt ---- */

/* Decimals are no integers, which canonical JSON of what is signed refuses: they stand as texts. */
static struct json
signable(struct arena *arena, const struct json *value)
{
    struct json copy = *value;
    int64_t whole;
    if (value->type == JSON_NUMBER &&
        (!json_int64(value, &whole) || whole > 9007199254740991 || whole < -9007199254740991)) {
        copy.type = JSON_STRING;
    }
    if (value->type == JSON_ARRAY) {
        copy.items = ARENA_ARRAY(arena, struct json, value->count);
        for (size_t i = 0; i < value->count; i++) {
            copy.items[i] = signable(arena, &value->items[i]);
        }
    }
    if (value->type == JSON_OBJECT) {
        copy.members = ARENA_ARRAY(arena, struct json_member, value->count);
        for (size_t i = 0; i < value->count; i++) {
            copy.members[i] = (struct json_member){.name = value->members[i].name,
                                                   .value = signable(arena, &value->members[i].value)};
        }
    }
    return copy;
}

/* Units (bytes) that a canonical text of facts may take. */
enum { FACTS_TEXT_MAX = 8 * 1024 * 1024 };

static int
member_order(const void *a, const void *b)
{
    return text_compare(((const struct json_member *)a)->name, ((const struct json_member *)b)->name);
}

/* As RFC 8785, but with decimals in their shortest exact form and members sorted by code points. */
static void
facts_canonical(struct arena *arena, struct json_out *out, const struct json *value)
{
    int64_t scaled;
    switch (value->type) {
    case JSON_NUMBER:
        if (json_decimal(value, 6, &scaled)) {
            json_put_decimal(out, scaled, 6);
        } else {
            json_put_raw(out, value->text);
        }
        return;
    case JSON_ARRAY:
        json_open_array(out);
        for (size_t i = 0; i < value->count; i++) {
            facts_canonical(arena, out, &value->items[i]);
        }
        json_close_array(out);
        return;
    case JSON_OBJECT: {
        struct json_member *members = ARENA_ARRAY(arena, struct json_member, value->count);
        if (value->count > 0) {
            memcpy(members, value->members, value->count * sizeof members[0]);
        }
        qsort(members, value->count, sizeof members[0], member_order);
        json_open_object(out);
        for (size_t i = 0; i < value->count; i++) {
            json_put_name(out, members[i].name);
            facts_canonical(arena, out, &members[i].value);
        }
        json_close_object(out);
        return;
    }
    default:
        json_put_json(out, value);
        return;
    }
}

struct hash
ruling_facts_hash(struct arena *arena, const struct ruling *ruling)
{
    struct buf buf = buf_new(arena, FACTS_TEXT_MAX);
    struct json_out out = json_out(&buf);
    if (ruling->facts.type != 0) {
        facts_canonical(arena, &out, &ruling->facts);
    }
    return hash_of_text(buf_built(&buf));
}

static bool
file_is_read(const struct law *law, const struct ruling *ruling, const struct law_file *file)
{
    const struct program *program = law_program(law, ruling->check, ruling->as_of);
    if (program == NULL) {
        return false;
    }
    if (text_equal(law->files[program->item->place.file].path, file->path)) {
        return true;
    }
    for (size_t i = 0; i < program->norms_count; i++) {
        if (text_equal(law->norms[program->norms[i]].path, file->path)) {
            return true;
        }
    }
    for (size_t i = 1; i < program->params_count; i++) {
        if (text_equal(law->files[program->params[i]->place.file].path, file->path)) {
            return true;
        }
    }
    for (size_t i = 0; i < program->reads_count; i++) {
        if (text_equal(law->files[program->reads[i]->place.file].path, file->path)) {
            return true;
        }
    }
    return false;
}

struct text
ruling_receipt(struct arena *arena, const struct ruling *ruling, const struct law *law)
{
    struct buf buf = buf_new(arena, FACTS_TEXT_MAX);
    struct json_out out = json_out(&buf);
    char day[11];
    date_print(ruling->as_of, day);
    json_open_object(&out);
    json_member_text(&out, "check", ruling->check);
    json_member_text(&out, "as_of", text_of(day));
    json_member_text(&out, "engine", TEXT("markaz-law 1"));
    json_member_text(&out, "verdict", ruling->verdict);
    put_texts(&out, "failed", ruling->failed, ruling->failed_count);
    put_texts(&out, "missing", ruling->missing, ruling->missing_count);
    put_texts(&out, "parameters", ruling->parameters, ruling->parameters_count);
    put_texts(&out, "norms", ruling->conflict, ruling->conflict_count);
    put_texts(&out, "gaps", ruling->gaps, ruling->gaps_count);
    json_put_name(&out, TEXT("results"));
    json_open_object(&out);
    for (size_t i = 0; i < ruling->results_count; i++) {
        struct json value = signable(arena, &ruling->results[i].value);
        json_put_name(&out, ruling->results[i].name);
        json_put_json(&out, &value);
    }
    json_close_object(&out);
    struct ruling copy = *ruling;
    copy.trace = ARENA_ARRAY(arena, struct trace_line, ruling->trace_count);
    for (size_t i = 0; i < ruling->trace_count; i++) {
        copy.trace[i] = ruling->trace[i];
        copy.trace[i].values = ARENA_ARRAY(arena, struct trace_value, ruling->trace[i].values_count);
        for (size_t j = 0; j < ruling->trace[i].values_count; j++) {
            copy.trace[i].values[j] = (struct trace_value){.name = ruling->trace[i].values[j].name,
                                                           .value = signable(arena, &ruling->trace[i].values[j].value)};
        }
    }
    put_trace(&out, &copy, law, false);
    json_member_text(&out, "facts", hash_to_hex(arena, ruling_facts_hash(arena, ruling)));
    json_put_name(&out, TEXT("files"));
    json_open_object(&out);
    for (size_t i = 0; i < law->files_count; i++) {
        if (file_is_read(law, ruling, &law->files[i])) {
            json_put_name(&out, law->files[i].path);
            json_put_text(&out, hash_to_hex(arena, law->files[i].sha256));
        }
    }
    json_close_object(&out);
    json_member_text(&out, "root", hash_to_hex(arena, law->root));
    json_close_object(&out);
    struct json json;
    struct json_fault fault;
    struct text canonical;
    if (buf.overflowed || !json_parse(arena, buf_built(&buf), &json, &fault) ||
        json_canonical(arena, &json, &canonical) != NULL) {
        return (struct text){0};
    }
    return canonical;
}
