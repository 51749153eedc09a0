/* Whatever is changed in the database is named, by verification and by the audit. */
#include <stdio.h>
#include <string.h>

#include "acts/act.sql.h"
#include "acts/audit.h"
#include "acts/entry.h"
#include "acts/verify.h"
#include "scene.h"
#include "store/engine.h"
#include "tlog/tree.h"

static struct scene scene;
static struct text published;

enum { FAULTS_MAX = 200 };
struct found {
    struct act_fault items[FAULTS_MAX];
    size_t count;
    struct text note;
};

static void
keep(void *arg, const struct act_fault *fault)
{
    struct found *found = arg;
    if (found->count < FAULTS_MAX) {
        found->items[found->count++] = *fault;
    }
}

static const struct err *
erase_one(struct ctx *ctx, void *arg)
{
    (void)arg;
    struct act act;
    return act_erase_person(ctx, TEXT("party:2"), TEXT("the term of keeping ended"), &act);
}

/* The writer would hold the right to write: the tests change the database themselves. */
static void
stop(void)
{
    struct checkpoint checkpoint;
    published = log_checkpoint(scene.log, scene.place->ctx.arena, &checkpoint);
    scene_stop(&scene);
}

/* Act 1 begins the log, act n + 1 is note n for n of 1 to 20, act 22 erases party:2. */
static int
set_up(void **state)
{
    const int failed = place_setup(state);
    scene_init(&scene, *state);
    for (int64_t n = 1; n <= 20; n++) {
        struct act act;
        MUST(scene.place->ctx.arena, scene_note(&scene, n, &act));
    }
    MUST(scene.place->ctx.arena, writer_run(scene.writer, &scene.place->ctx, erase_one, NULL));
    stop();
    return failed;
}

static int
tear_down(void **state)
{
    scene_done(&scene);
    return place_teardown(state);
}
#define TAMPER_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

/* Runs statements in a transaction that is rolled back, with verification and audit looking at it. */
static void
look(const char *sql, struct found *verified, struct found *audited)
{
    struct place *place = scene.place;
    struct ctx *ctx = &place->ctx;
    struct verify_result verify_result;
    struct audit_result audit_result;
    struct verify_options options = {.note = verified->note.len > 0 ? verified->note : published, .full = true};
    struct act_faults faults = {.tell = keep, .arg = verified};
    verified->count = 0;
    audited->count = 0;
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_WRITE));
    if (sql != NULL) {
        MUST(ctx->arena, place->store->engine->script(ctx->arena, ctx->tx->connection, sql));
    }
    MUST(ctx->arena, log_verify(ctx, &options, &faults, &verify_result));
    faults.arg = audited;
    MUST(ctx->arena, acts_audit(ctx, &(struct audit_options){.note = options.note}, &faults, &audit_result));
    tx_rollback(ctx);
}

static bool
names(const struct found *found, int64_t act, const char *code)
{
    for (size_t i = 0; i < found->count; i++) {
        if (found->items[i].act == act && strcmp(found->items[i].code, code) == 0) {
            return true;
        }
    }
    return false;
}

static void
must_name(const char *sql, const struct found *found, const char *who, int64_t act, const char *code)
{
    if (code != NULL && !names(found, act, code)) {
        for (size_t i = 0; i < found->count; i++) {
            print_error("  found: act %lld %s\n", (long long)found->items[i].act, found->items[i].code);
        }
        fail_msg("%s does not name %s of act %lld after: %s", who, code, (long long)act, sql);
    }
}

static void
finds_nothing_in_a_sound_register(void **state)
{
    (void)state;
    struct found verified = {0};
    struct found audited = {0};
    look(NULL, &verified, &audited);
    assert_int_equal(verified.count, 0);
    assert_int_equal(audited.count, 0);
}

/* tidy: functions: a table of tamperings */
static void
names_every_kind_of_tampering(void **state)
{
    (void)state;
    static const struct {
        const char *sql;
        int64_t act;
        const char *verify; /* code; NULL: only the audit looks */
        const char *audit;
    } cases[] = {
        {"UPDATE act SET body = '{\"half\":0.5,\"n\":5,\"why\":\"a reason\"}' WHERE number = 5", 5, "body",
         "commitments"},
        {"UPDATE act SET body = body || ' ' WHERE number = 5", 5, "body", "commitments"},
        {"UPDATE act SET kind = 'refused' WHERE number = 5", 5, "body", "commitments"},
        {"UPDATE act SET kind = 'refused' WHERE number = 5", 5, "leaf", "leaf"},
        {"UPDATE act SET kind = 'refused' WHERE number = 13", 13, "body", "commitments"}, /* a sealed one */
        {"UPDATE act SET version = 2 WHERE number = 5", 5, "body", "commitments"},
        {"UPDATE act SET actor = 'user:9' WHERE number = 5", 5, "body", "commitments"},
        {"UPDATE act SET at_ms = at_ms + 1 WHERE number = 5", 5, "body", "commitments"},
        {"UPDATE act SET subject = 'dossier:9' WHERE number = 5", 5, "body", "commitments"},
        {"UPDATE act SET subject = NULL WHERE number = 5", 5, "body", "commitments"},
        {"UPDATE act SET receipt = '{\"verdict\":\"refused\"}' WHERE number = 5", 5, "body", "commitments"},
        {"UPDATE act SET receipt = NULL WHERE number = 5", 5, "body", "commitments"},
        {"UPDATE act SET secret = leaf WHERE number = 5", 5, "body", "commitments"},
        {"UPDATE act SET commitments = leaf WHERE number = 5", 5, "leaf", "leaf"},
        {"UPDATE act SET leaf = secret WHERE number = 5", 5, "leaf", "leaf"},
        {"UPDATE act SET day = '2026-11-20' WHERE number = 5", 5, "leaf", "leaf"},
        {"UPDATE act SET corpus_root = leaf WHERE number = 5", 5, "leaf", "leaf"},
        {"UPDATE act SET sealed = 1 WHERE number = 5", 5, "leaf", "leaf"},
        {"UPDATE act SET instrument = 'PL-6/2026' WHERE number = 6", 6, "leaf", "leaf"},
        {"UPDATE act SET status = 'withdrawn' WHERE number = 6", 6, "leaf", "leaf"},
        {"UPDATE act_person SET data = '{\"name\":\"another\"}' WHERE act = 5", 5, "person", "commitments"},
        {"UPDATE act_person SET role = 'manager' WHERE act = 5", 5, "person", "commitments"},
        {"UPDATE act_person SET subject = 'party:9' WHERE act = 5", 5, "person", "commitments"},
        {"UPDATE act_person SET salt = commitment WHERE act = 5", 5, "person", "commitments"},
        {"UPDATE act_person SET commitment = salt WHERE act = 5", 5, "person", NULL},
        {"DELETE FROM act_person WHERE act = 5", 5, "parts", "commitments"},
        {"INSERT INTO act_person (act, place, subject, role, data, salt, commitment) SELECT 6, 1, subject, role, data,"
         " salt, commitment FROM act_person WHERE act = 5",
         6, "person", "commitments"},
        {"UPDATE act_person SET data = NULL, salt = NULL WHERE act = 5", 5, "erasure", "erasure"},
        {"UPDATE act_person SET data = NULL, salt = NULL, erased_by = 3 WHERE act = 5", 5, NULL, "erasure"},
        {"UPDATE act_person SET data = NULL, salt = NULL, erased_by = 22 WHERE act = 5", 5, NULL, "erasure"},
        {"UPDATE act_person SET commitment = (SELECT leaf FROM act WHERE number = 9) WHERE act = 3", 3, "person",
         "commitments"}, /* an erased one */
        {"UPDATE act_document SET sha256 = (SELECT leaf FROM act WHERE number = 9) WHERE act = 5", 5, "document",
         "commitments"},
        {"UPDATE act_document SET code = 'lease' WHERE act = 5", 5, "document", "commitments"},
        {"DELETE FROM act_document WHERE act = 5", 5, "parts", "commitments"},
        {"INSERT INTO act_document (act, place, sha256, code) SELECT 5, 1, sha256, code FROM act_document WHERE act = "
         "6",
         5, "document", "commitments"},
        {"DELETE FROM act_person WHERE act = 5; DELETE FROM act_document WHERE act = 5;"
         "DELETE FROM act WHERE number = 5",
         5, "gap", "gap"},
        {"DELETE FROM act_person WHERE act > 19; DELETE FROM act_document WHERE act > 19;"
         "DELETE FROM act WHERE number > 19",
         0, "size", "size"},
        {"UPDATE act SET body = (SELECT b.body FROM act AS b WHERE b.number = 11 - act.number) WHERE number IN (5, 6)",
         5, "body", "commitments"},
        {"INSERT INTO act SELECT 99, kind, version, sealed, day, at_ms, actor, corpus_root, subject, instrument, "
         "status,"
         " body, receipt, secret, commitments, leaf FROM act WHERE number = 5",
         23, "gap", "gap"},
        {"UPDATE counter SET value = value + 1 WHERE name = 'act'", 0, NULL, "size"},
        {"UPDATE log_checkpoint SET root = (SELECT leaf FROM act WHERE number = 9) WHERE size = 7", 0, "checkpoint",
         "checkpoint"},
        {"UPDATE log_checkpoint SET note = (SELECT b.note FROM log_checkpoint AS b WHERE b.size = 8) WHERE size = 7", 0,
         "checkpoint", "checkpoint"},
        {"UPDATE log_checkpoint SET note = note || 'x' WHERE size = 7", 0, NULL, "signature"},
        {"UPDATE log_origin SET verifier_key = 'ccm.example/log+00000000+AAAA'", 0, "origin", NULL},
        {"UPDATE log_origin SET name = 'elsewhere'", 1, "origin", NULL},
        {"DELETE FROM log_origin", 0, "origin", "origin"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct found verified = {0};
        struct found audited = {0};
        look(cases[i].sql, &verified, &audited);
        must_name(cases[i].sql, &verified, "verify", cases[i].act, cases[i].verify);
        must_name(cases[i].sql, &audited, "audit", cases[i].act, cases[i].audit);
    }
}

/* Who changes an act and makes its leaf anew is betrayed by the root, and by the checkpoints that were kept. */
static void
names_an_act_that_was_forged_with_its_leaf(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = &place->ctx;
    struct act_row_row row;
    bool found_row = false;
    struct found verified = {0};
    struct found audited = {0};
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_READ));
    MUST(ctx->arena, act_row(ctx, 9, &row, &found_row));
    tx_rollback(ctx);
    const struct act_fields fields = {.number = 9,
                                      .kind = row.kind,
                                      .sealed = row.sealed,
                                      .day = {row.day.days - 30},
                                      .corpus_root = row.corpus_root,
                                      .instrument = row.instrument,
                                      .status = row.status};
    const struct hash leaf = tree_leaf(entry_print(ctx->arena, &fields, row.commitments));
    const bool sqlite = store_engine(place->store) == STORE_SQLITE;
    const struct text day = date_to_text(ctx->arena, fields.day);
    const struct text hex = hash_to_hex(ctx->arena, leaf);
    const char *sql =
        text_cstr(ctx->arena, text_printf(ctx->arena, "UPDATE act SET day = '%.*s', leaf = %s%.*s' WHERE number = 9",
                                          TEXT_ARG(day), sqlite ? "X'" : "'\\x", TEXT_ARG(hex)));
    look(sql, &verified, &audited);
    assert_false(names(&verified, 9, "leaf"));
    must_name(sql, &verified, "verify", 9, "root");
    must_name(sql, &verified, "verify", 0, "root");
    must_name(sql, &audited, "audit", 0, "root");
}

static void
names_a_signature_that_is_not_the_logs(void **state)
{
    (void)state;
    struct found verified = {0};
    struct found audited = {0};
    const struct text note = published;
    char *changed = arena_copy(scene.place->ctx.arena, note.at, note.len);
    changed[note.len - 10] = changed[note.len - 10] == 'A' ? 'B' : 'A';
    verified.note = (struct text){.at = changed, .len = note.len};
    look(NULL, &verified, &audited);
    must_name("a changed note", &verified, "verify", 0, "signature");
    must_name("a changed note", &audited, "audit", 0, "signature");
}

static void
names_tiles_that_were_cut_or_changed(void **state)
{
    struct place *place = *state;
    struct ctx *ctx = &place->ctx;
    struct found verified = {0};
    struct found audited = {0};
    MUST(ctx->arena, tx_begin(place->store, ctx, TX_WRITE));
    for (int64_t n = 21; n <= 530; n++) {
        struct scene_job job = {.n = n};
        MUST(ctx->arena, scene_append(ctx, &job));
    }
    MUST(ctx->arena, tx_commit(ctx));
    MUST(ctx->arena, scene_start(&scene));
    stop();
    look(NULL, &verified, &audited);
    assert_int_equal(verified.count, 0);
    look("DELETE FROM log_node WHERE place = 1", &verified, &audited);
    must_name("a tile is cut", &verified, "verify", 0, "tile");
    look("UPDATE log_node SET hash = (SELECT leaf FROM act WHERE number = 9) WHERE place = 0", &verified, &audited);
    must_name("a tile is changed", &verified, "verify", 0, "tile");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TAMPER_TEST(finds_nothing_in_a_sound_register),          TAMPER_TEST(names_every_kind_of_tampering),
        TAMPER_TEST(names_an_act_that_was_forged_with_its_leaf), TAMPER_TEST(names_a_signature_that_is_not_the_logs),
        TAMPER_TEST(names_tiles_that_were_cut_or_changed),
    };
    return PLACE_RUN(tests);
}
