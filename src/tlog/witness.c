#include "tlog/witness.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "base/buf.h"
#include "tlog/checkpoint.h"

enum { FILE_BYTES_MAX = 4096 };

/* A request, read. */
struct request {
    uint64_t old_size;
    struct tree_proof proof;
    struct note note;
    struct checkpoint checkpoint;
};

static const struct err *request_parse(struct arena *arena, struct text bytes, struct request *ret);
static const struct note_key *log_find(const struct witness *witness, struct text origin);
static int judge(const struct request *request, const struct checkpoint *known);
static const struct err *known_read(struct arena *arena, const struct witness *witness, struct text origin,
                                    struct checkpoint *ret);
static const char *known_path(struct arena *arena, const struct witness *witness, struct text origin);
static const struct err *file_replace(struct arena *arena, struct text folder, const char *path, struct text bytes);
static const struct err *file_whole(struct arena *arena, const char *path, struct text *ret, bool *ret_found);
static const struct err *failed(struct arena *arena, const char *path);
static const char *below(struct arena *arena, struct text folder, const char *name);

const struct err *
witness_open(struct arena *arena, struct world *world, struct text folder, struct text name, struct witness *ret)
{
    *ret = (struct witness){.folder = text_copy(arena, folder)};
    struct text bytes;
    bool found = false;
    if (mkdir(text_cstr(arena, folder), 0700) != 0 && errno != EEXIST) {
        return failed(arena, text_cstr(arena, folder));
    }
    TRY(file_whole(arena, below(arena, folder, "key"), &bytes, &found));
    if (found) {
        if (!note_secret_parse(arena, text_trim(bytes), &ret->secret) ||
            ret->secret.key.algorithm != NOTE_COSIGNATURE) {
            return FAIL(arena, ERR_SIGNER, "the witness's key is damaged");
        }
        return NULL;
    }
    if (!note_name_is_valid(name)) {
        return FAIL(arena, ERR_USAGE, "a witness has a name without spaces and plus signs");
    }
    uint8_t seed[NOTE_SEED_BYTES];
    world->random(world, seed, sizeof seed);
    note_secret_init(text_copy(arena, name), NOTE_COSIGNATURE, seed, &ret->secret);
    sodium_memzero(seed, sizeof seed);
    const struct text public = text_printf(arena, "%.*s\n", TEXT_ARG(note_key_print(arena, &ret->secret.key)));
    const struct text private = text_printf(arena, "%.*s\n", TEXT_ARG(note_secret_print(arena, &ret->secret)));
    TRY(file_replace(arena, folder, below(arena, folder, "public"), public));
    return file_replace(arena, folder, below(arena, folder, "key"), private);
}

const struct err *
witness_watch(struct arena *arena, struct witness *witness, struct text verifier_key)
{
    if (witness->logs_count == WITNESS_LOGS_MAX) {
        return FAIL(arena, ERR_USAGE, "a witness watches at most %d logs", WITNESS_LOGS_MAX);
    }
    if (!note_key_parse(arena, verifier_key, &witness->logs[witness->logs_count]) ||
        witness->logs[witness->logs_count].algorithm != NOTE_ED25519) {
        return FAIL(arena, ERR_USAGE, "this is no verifier key of a log: %.*s", TEXT_ARG(verifier_key));
    }
    witness->logs_count++;
    return NULL;
}

const struct err *
witness_add_checkpoint(struct arena *arena, const struct witness *witness, struct text bytes, uint64_t time_s,
                       struct witness_answer *ret)
{
    struct request request = {0};
    struct checkpoint known = {0};
    *ret = (struct witness_answer){.content_type = TEXT("text/plain; charset=utf-8"), .body = TEXT("")};
    const struct err *fault = request_parse(arena, bytes, &request);
    if (fault != NULL) {
        ret->status = 400;
        ret->body = text_printf(arena, "%s\n", fault->detail);
        return NULL;
    }
    const struct note_key *log = log_find(witness, request.checkpoint.origin);
    if (log == NULL) {
        ret->status = 404;
        return NULL;
    }
    if (!note_verify(arena, &request.note, log, NULL)) {
        ret->status = 403;
        return NULL;
    }
    TRY(known_read(arena, witness, request.checkpoint.origin, &known));
    ret->status = judge(&request, &known);
    if (ret->status == 409) {
        ret->content_type = TEXT("text/x.tlog.size");
        ret->body = text_printf(arena, "%llu\n", (unsigned long long)known.size);
    }
    if (ret->status != 200) {
        return NULL;
    }
    TRY(file_replace(arena, witness->folder, known_path(arena, witness, request.checkpoint.origin),
                     checkpoint_print(arena, &request.checkpoint)));
    ret->body = note_sign(arena, &witness->secret, request.note.text, time_s);
    return NULL;
}

struct text
witness_request(struct arena *arena, uint64_t old_size, const struct tree_proof *proof, struct text note)
{
    struct buf buf = buf_new(arena, WITNESS_REQUEST_BYTES_MAX);
    buf_printf(&buf, "old %llu\n", (unsigned long long)old_size);
    for (size_t i = 0; i < proof->count; i++) {
        buf_text(&buf, base64_encode(arena, proof->hashes[i].bytes, HASH_BYTES));
        buf_char(&buf, '\n');
    }
    buf_char(&buf, '\n');
    buf_text(&buf, note);
    return buf_built(&buf);
}

static const struct err *
request_parse(struct arena *arena, struct text bytes, struct request *ret)
{
    struct text rest = bytes;
    struct text line;
    bool more = text_split(&rest, '\n', &line);
    if (bytes.len > WITNESS_REQUEST_BYTES_MAX || !more || !text_starts(line, TEXT("old ")) ||
        !decimal_parse(text_after(line, 4), &ret->old_size)) {
        return FAIL(arena, ERR_INPUT, "a request begins with the old size");
    }
    while ((more = text_split(&rest, '\n', &line)) && line.len > 0) {
        if (ret->proof.count == TREE_PROOF_MAX - 1 ||
            !hash_from_base64(arena, line, &ret->proof.hashes[ret->proof.count++])) {
            return FAIL(arena, ERR_INPUT, "a line of the proof is no hash in base64");
        }
    }
    if (!more || rest.at == NULL) {
        return FAIL(arena, ERR_INPUT, "a request ends with a checkpoint");
    }
    TRY(note_parse(arena, rest, &ret->note));
    TRY(checkpoint_parse(arena, ret->note.text, &ret->checkpoint));
    return ret->old_size <= ret->checkpoint.size
               ? NULL
               : FAIL(arena, ERR_INPUT, "the old size is larger than that of the checkpoint");
}

static const struct note_key *
log_find(const struct witness *witness, struct text origin)
{
    for (size_t i = 0; i < witness->logs_count; i++) {
        if (text_equal(witness->logs[i].name, origin)) {
            return &witness->logs[i];
        }
    }
    return NULL;
}

/* The status by the rules of add-checkpoint, in their order. */
static int
judge(const struct request *request, const struct checkpoint *known)
{
    const struct checkpoint *new = &request->checkpoint;
    if (request->old_size != known->size) {
        return 409;
    }
    if (known->size == new->size && known->size > 0 && !hash_equal(known->root, new->root)) {
        return 409;
    }
    const struct hash from = known->size == 0 ? hash_of("", 0) : known->root;
    return tree_consistency_check(&request->proof, known->size, from, new->size, new->root) ? 200 : 422;
}

/* The last checkpoint of that log; size 0 when none was seen. */
static const struct err *
known_read(struct arena *arena, const struct witness *witness, struct text origin, struct checkpoint *ret)
{
    struct text bytes;
    bool found = false;
    TRY(file_whole(arena, known_path(arena, witness, origin), &bytes, &found));
    *ret = (struct checkpoint){.origin = origin};
    return found ? checkpoint_parse(arena, bytes, ret) : NULL;
}

static const char *
known_path(struct arena *arena, const struct witness *witness, struct text origin)
{
    return below(arena, witness->folder,
                 text_cstr(arena, text_printf(arena, "log-%.*s", TEXT_ARG(hash_to_hex(arena, hash_of_text(origin))))));
}

/* Written beside, synced, renamed, the folder synced. */
static const struct err *
file_replace(struct arena *arena, struct text folder, const char *path, struct text bytes)
{
    const char *beside = text_cstr(arena, text_printf(arena, "%s.new", path));
    const int file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) {
        return failed(arena, beside);
    }
    const bool written = write(file, bytes.at, bytes.len) == (ssize_t)bytes.len && fsync(file) == 0;
    const struct err *err = written ? NULL : failed(arena, beside);
    close(file);
    TRY(err);
    if (rename(beside, path) != 0) {
        return failed(arena, path);
    }
    const int above = open(text_cstr(arena, folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (above < 0 || fsync(above) != 0) {
        err = failed(arena, path);
    }
    if (above >= 0) {
        close(above);
    }
    return err;
}

static const struct err *
file_whole(struct arena *arena, const char *path, struct text *ret, bool *ret_found)
{
    char bytes[FILE_BYTES_MAX];
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    *ret_found = file >= 0;
    if (file < 0) {
        return errno == ENOENT ? NULL : failed(arena, path);
    }
    const ssize_t len = read(file, bytes, sizeof bytes);
    const struct err *err = len < 0 ? failed(arena, path) : NULL;
    close(file);
    TRY(err);
    *ret = (struct text){.at = arena_copy(arena, bytes, (size_t)len), .len = (size_t)len};
    sodium_memzero(bytes, sizeof bytes);
    return NULL;
}

static const struct err *
failed(struct arena *arena, const char *path)
{
    const int reason = errno;
    return FAIL(arena, reason == ENOSPC ? ERR_DISK_FULL : ERR_IO, "%s: %s", path, strerror(reason));
}

static const char *
below(struct arena *arena, struct text folder, const char *name)
{
    return text_cstr(arena, text_printf(arena, "%.*s/%s", TEXT_ARG(folder), name));
}
