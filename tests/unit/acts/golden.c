/* Golden acts, kept for ever: every release derives the same commitments, entries and leaves from the same data.
 * A file holds an act as it was stored, with its salts, and what its entry was. Never changed; new forms add files.
 *   golden FOLDER          reads them all
 *   golden FOLDER write    writes those that are missing (by hand, once, when a form is new) */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "acts/entry.h"
#include "base/json.h"
#include "tlog/tree.h"
#include "unit.h"

enum { FILE_BYTES_MAX = 1024 * 1024, GOLDEN_MIN = 5 };

static struct arena *arena;
static const char *folder;
static bool writes;

/* An act in memory: its fields, persons, documents. */
struct golden {
    struct act_fields fields;
    const struct json *persons;
    const struct json *documents;
};

static struct text
member(const struct json *object, const char *name)
{
    struct text text = {0};
    const bool there = json_text(json_get(object, name), &text);
    return there ? text : (struct text){0};
}

static struct hash
hash_member(const struct json *object, const char *name)
{
    struct hash hash = {0};
    if (!hash_from_hex(member(object, name), &hash)) {
        fail_msg("%s is no hash", name);
    }
    return hash;
}

static int64_t
number_member(const struct json *object, const char *name)
{
    int64_t number = 0;
    assert_true(json_int64(json_get(object, name), &number));
    return number;
}

static struct golden
golden_read(const struct json *file)
{
    const struct json *act = json_get(file, "act");
    struct golden golden = {.persons = json_get(file, "persons"), .documents = json_get(file, "documents")};
    struct act_fields *fields = &golden.fields;
    *fields = (struct act_fields){
        .number = number_member(act, "number"),
        .kind = member(act, "kind"),
        .version = number_member(act, "version"),
        .at_ms = number_member(act, "at_ms"),
        .actor = member(act, "actor"),
        .corpus_root = hash_member(act, "corpus_root"),
        .subject = member(act, "subject"),
        .instrument = member(act, "instrument"),
        .status = member(act, "status"),
        .body = member(act, "body"),
        .receipt = member(act, "receipt"),
        .secret = hash_member(act, "secret"),
    };
    assert_true(json_bool(json_get(act, "sealed"), &fields->sealed));
    assert_true(date_from_text(member(act, "day"), &fields->day));
    return golden;
}

static struct text
entry_of(const struct golden *golden)
{
    const size_t real = 1 + golden->persons->count + golden->documents->count;
    struct hash *hashes = ARENA_ARRAY(arena, struct hash, commitments_shown(real));
    size_t count = 0;
    hashes[count++] = commitment_of(salt_of(golden->fields.secret, "body", 0), body_data(arena, &golden->fields));
    for (size_t i = 0; i < golden->persons->count; i++) {
        const struct json *person = &golden->persons->items[i];
        /* An erased person has only the commitment. */
        hashes[count++] = json_get(person, "salt") == NULL
                              ? hash_member(person, "commitment")
                              : commitment_of(hash_member(person, "salt"),
                                              person_data(arena, member(person, "subject"), member(person, "role"),
                                                          member(person, "data")));
    }
    for (size_t i = 0; i < golden->documents->count; i++) {
        const struct json *document = &golden->documents->items[i];
        hashes[count++] =
            commitment_of(salt_of(golden->fields.secret, "document", i),
                          document_data(arena, member(document, "code"), hash_member(document, "sha256")));
    }
    commitments_finish(golden->fields.secret, hashes, real);
    return entry_print(arena, &golden->fields,
                       (struct text){.at = (const char *)hashes, .len = commitments_shown(real) * sizeof hashes[0]});
}

static void
check_file(const char *name)
{
    static char bytes[FILE_BYTES_MAX];
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    const size_t len = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    struct json value;
    MUST(arena, json_read(arena, (struct text){.at = arena_copy(arena, bytes, len), .len = len}, &value));
    const struct golden golden = golden_read(&value);
    const struct text entry = entry_of(&golden);
    if (!text_equal(entry, member(&value, "entry"))) {
        fail_msg("%s: the entry is now %.*s", name, TEXT_ARG(entry));
    }
    assert_true(hash_equal(tree_leaf(entry), hash_member(&value, "leaf")));
    /* What is stored is canonical: what is read today is read the same by whoever has only the text. */
    struct json body;
    struct text canonical;
    MUST(arena, json_read(arena, golden.fields.body, &body));
    MUST(arena, json_canonical(arena, &body, &canonical));
    assert_true(text_equal(canonical, golden.fields.body));
}

static void
every_act_of_every_release_gives_the_leaf_that_it_gave(void **state)
{
    (void)state;
    int count = 0;
    DIR *files = opendir(folder);
    assert_non_null(files);
    for (struct dirent *entry = readdir(files); entry != NULL; entry = readdir(files)) {
        if (text_ends(text_of(entry->d_name), TEXT(".json"))) {
            check_file(entry->d_name);
            count++;
        }
    }
    closedir(files);
    assert_true(count >= GOLDEN_MIN);
}

/* What the acts of the first form look like: one of each shape. */
static const char *const shapes[] = {
    "{\"name\":\"plain\",\"act\":{\"number\":1,\"kind\":\"log_origin_started\",\"version\":1,\"sealed\":false,"
    "\"day\":\"2026-11-21\",\"at_ms\":1795262400000,\"actor\":\"system\",\"body\":\"{\\\"origin\\\":\\\"ccm.example/"
    "log\\\"}\"},"
    "\"persons\":[],\"documents\":[]}",
    "{\"name\":\"instrument\",\"act\":{\"number\":42,\"kind\":\"decision\",\"version\":1,\"sealed\":false,"
    "\"day\":\"2026-12-01\",\"at_ms\":1796112000123,\"actor\":\"user:7\",\"subject\":\"dossier:12\",\"instrument\":"
    "\"PL-3/2026\","
    "\"status\":\"granted\",\"body\":\"{\\\"capital\\\":500000,\\\"dossier\\\":12,\\\"share\\\":12.5,\\\"why\\\":"
    "\\\"مستوف للشروط\\\"}\","
    "\"receipt\":\"{\\\"verdict\\\":\\\"granted\\\"}\"},\"persons\":[{\"subject\":\"party:5\",\"role\":\"applicant\","
    "\"data\":\"{\\\"name\\\":\\\"أطلس فيلم\\\"}\"}],\"documents\":[{\"code\":\"statutes\"},{\"code\":\"lease\"}]}",
    "{\"name\":\"sealed\",\"act\":{\"number\":43,\"kind\":\"vote_closed\",\"version\":2,\"sealed\":true,\"day\":\"2027-"
    "01-31\","
    "\"at_ms\":1801382400000,\"actor\":\"user:9\",\"subject\":\"session:4\",\"body\":\"{\\\"against\\\":1,\\\"in_"
    "favour\\\":6}\"},"
    "\"persons\":[{\"subject\":\"user:1\",\"role\":\"member\",\"data\":\"{}\"},{\"subject\":\"user:2\",\"role\":"
    "\"member\","
    "\"data\":\"{\\\"a\\\":[1,2,{\\\"b\\\":null}]}\"}],\"documents\":[]}",
    "{\"name\":\"erased\",\"act\":{\"number\":44,\"kind\":\"decision\",\"version\":1,\"sealed\":false,\"day\":\"2027-"
    "02-28\","
    "\"at_ms\":1803801600000,\"actor\":\"user:7\",\"body\":\"{}\"},\"persons\":[{\"subject\":\"party:6\",\"role\":"
    "\"applicant\"},"
    "{\"subject\":\"party:7\",\"role\":\"manager\",\"data\":\"{\\\"name\\\":\\\"\\\\\\\"quoted\\\\\\\" "
    "\\\\u0001\\\"}\"}],"
    "\"documents\":[]}",
    "{\"name\":\"many\",\"act\":{\"number\":70000,\"kind\":\"meeting_convened\",\"version\":1,\"sealed\":false,"
    "\"day\":\"2030-06-30\",\"at_ms\":1909008000000,\"actor\":\"user:1\",\"body\":\"{}\"},\"persons\":[],\"documents\":"
    "[{\"code\":\"a\"},{\"code\":\"b\"},{\"code\":\"c\"},{\"code\":\"d\"},{\"code\":\"e\"},{\"code\":\"f\"},{\"code\":"
    "\"g\"},"
    "{\"code\":\"h\"},{\"code\":\"i\"}]}",
};

/* Copies value into out, with hashes of a fixed chance where the shape leaves them out. */
static void
put_with_hashes(struct json_out *out, const struct json *object, struct text seed, const char *const *names,
                size_t count)
{
    json_open_object(out);
    for (size_t i = 0; i < object->count; i++) {
        json_put_name(out, object->members[i].name);
        json_put_json(out, &object->members[i].value);
    }
    for (size_t i = 0; i < count; i++) {
        const struct text parts[] = {seed, text_of(names[i])};
        json_member_text(out, names[i], hash_to_hex(arena, hash_of_parts(parts, 2)));
    }
    json_close_object(out);
}

static void
write_shape(const char *shape)
{
    struct json value;
    char path[4096];
    MUST(arena, json_read(arena, text_of(shape), &value));
    const struct text name = member(&value, "name");
    snprintf(path, sizeof path, "%s/%.*s.json", folder, TEXT_ARG(name));
    struct stat there;
    if (stat(path, &there) == 0) {
        return;
    }
    struct buf buf = buf_new(arena, FILE_BYTES_MAX);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    json_put_name(&out, TEXT("act"));
    put_with_hashes(&out, json_get(&value, "act"), name, (const char *const[]){"corpus_root", "secret"}, 2);
    json_put_name(&out, TEXT("persons"));
    json_open_array(&out);
    for (size_t i = 0; i < json_get(&value, "persons")->count; i++) {
        const struct json *person = &json_get(&value, "persons")->items[i];
        const char *const names[] = {json_get(person, "data") == NULL ? "commitment" : "salt"};
        put_with_hashes(&out, person, text_printf(arena, "%.*s %zu", TEXT_ARG(name), i), names, 1);
    }
    json_close_array(&out);
    json_put_name(&out, TEXT("documents"));
    json_open_array(&out);
    for (size_t i = 0; i < json_get(&value, "documents")->count; i++) {
        put_with_hashes(&out, &json_get(&value, "documents")->items[i], text_printf(arena, "document %zu", i),
                        (const char *const[]){"sha256"}, 1);
    }
    json_close_array(&out);
    struct json made;
    MUST(arena, json_read(arena, text_printf(arena, "%.*s}", TEXT_ARG(buf_built(&buf))), &made));
    const struct golden golden = golden_read(&made);
    const struct text entry = entry_of(&golden);
    json_member_text(&out, "entry", entry);
    json_member_text(&out, "leaf", hash_to_hex(arena, tree_leaf(entry)));
    json_close_object(&out);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fprintf(file, "%.*s\n", TEXT_ARG(buf_built(&buf)));
    fclose(file);
}

int
main(int argc, char **argv)
{
    arena = arena_new((size_t)64 << 20);
    folder = argc > 1 ? argv[1] : "tests/golden/acts-v1";
    writes = argc > 2 && strcmp(argv[2], "write") == 0;
    for (size_t i = 0; writes && i < sizeof shapes / sizeof shapes[0]; i++) {
        write_shape(shapes[i]);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_act_of_every_release_gives_the_leaf_that_it_gave),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
