/* Files of the signer. The state has two slots of a page each; a sync goes to the older one, so that a torn write
 * leaves the other. The signature of a slot leaves the process only after its sync, so an older slot is never behind
 * what the world has seen. */
#include "tlog/signer_state.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <sodium.h>

#include "base/world.h"
#include "tlog/checkpoint.h"
#include "tlog/signer.h"

enum { SLOT_BYTES = 4096, SLOTS = 2, LOCK_WAIT_MS = 2000, LOCK_STEP_MS = 5, ORIGINS_MAX = 1000 };

struct slot {
    char magic[8];
    uint64_t generation;
    uint64_t size;
    uint32_t note_len;
    uint32_t peaks;
    struct hash peak[TREE_LEVELS];
    char note[SIGNER_NOTE_MAX];
    struct hash sum; /* of everything above */
};
static_assert(sizeof(struct slot) <= SLOT_BYTES, "a slot is a page");
static const char MAGIC[8] = "markaz1";
/* In the order in which a new origin's take their place: when the first has, the others must. */
static const char *const FILES[] = {"public", "key", "state"};
enum { FILES_COUNT = 3 };

static const struct err *fail_io(struct arena *arena, const struct signer_files *files, const char *name);
static void path_of(const struct signer_files *files, const char *name, const char *suffix, char path[SIGNER_PATH_MAX]);
static const struct err *file_write(struct arena *arena, const struct signer_files *files, const char *name,
                                    const char *suffix, struct text bytes, int mode);
static const struct err *file_read(struct arena *arena, const struct signer_files *files, const char *name,
                                   const char *suffix, struct text *ret);
static const struct err *folder_sync(struct arena *arena, const struct signer_files *files);
static void slot_of(const struct signer_state *state, struct slot *ret);
static bool slot_read(struct text bytes, struct signer_state *ret);
static const struct err *state_parse(struct arena *arena, struct text bytes, struct signer_state *ret);
static const struct err *files_at(struct arena *arena, struct text folder, struct signer_files *ret);
static int last_ended(const struct signer_files *files);
static void pause_ms(int ms);

const struct err *
signer_create(struct arena *arena, struct world *world, struct text folder, struct text name)
{
    struct signer_files files;
    TRY(files_at(arena, folder, &files));
    if (!note_name_is_valid(name) || name.len > SIGNER_NAME_MAX) {
        return FAIL(arena, ERR_USAGE, "the origin of a log is a name without spaces and plus signs: %.*s",
                    TEXT_ARG(name));
    }
    if (mkdir(files.folder, 0700) != 0 && errno != EEXIST) {
        return fail_io(arena, &files, "");
    }
    char path[SIGNER_PATH_MAX];
    path_of(&files, "key", "", path);
    if (access(path, F_OK) == 0) {
        return FAIL(arena, ERR_CONFLICT, "%s exists already", path);
    }
    uint8_t seed[NOTE_SEED_BYTES];
    struct note_secret secret;
    world->random(world, seed, sizeof seed);
    note_secret_init(name, NOTE_ED25519, seed, &secret);
    sodium_memzero(seed, sizeof seed);
    const struct err *err = signer_key_write(arena, &files, &secret, "");
    sodium_memzero(&secret, sizeof secret);
    return err;
}

const struct err *
signer_published(struct arena *arena, struct text folder, struct text *ret_note)
{
    struct signer_files files;
    struct text bytes;
    struct signer_state *state = ARENA_NEW(arena, struct signer_state);
    TRY(files_at(arena, folder, &files));
    TRY(file_read(arena, &files, "state", "", &bytes));
    TRY(state_parse(arena, bytes, state));
    *ret_note = (struct text){.at = state->note, .len = state->note_len};
    return NULL;
}

const struct err *
signer_key(struct arena *arena, struct text folder, struct text *ret_key)
{
    struct signer_files files;
    TRY(files_at(arena, folder, &files));
    TRY(file_read(arena, &files, "public", "", ret_key));
    *ret_key = text_trim(*ret_key);
    return NULL;
}

const struct err *
signer_ended(struct arena *arena, struct text folder, struct text *ret_note)
{
    struct signer_files files;
    TRY(files_at(arena, folder, &files));
    const int last = last_ended(&files);
    *ret_note = TEXT("");
    if (last == 0) {
        return NULL;
    }
    char suffix[16];
    snprintf(suffix, sizeof suffix, ".%d", last);
    struct text bytes;
    struct signer_state *state = ARENA_NEW(arena, struct signer_state);
    TRY(file_read(arena, &files, "state", suffix, &bytes));
    TRY(state_parse(arena, bytes, state));
    *ret_note = (struct text){.at = state->note, .len = state->note_len};
    return NULL;
}

const struct err *
signer_files_open(struct arena *arena, struct signer_files *files)
{
    char path[SIGNER_PATH_MAX];
    path_of(files, "state", "", path);
    files->state = open(path, O_RDWR | O_CLOEXEC);
    if (files->state < 0) {
        return fail_io(arena, files, "state");
    }
    for (int waited = 0; flock(files->state, LOCK_EX | LOCK_NB) != 0; waited += LOCK_STEP_MS) {
        if (errno != EWOULDBLOCK && errno != EINTR) {
            return fail_io(arena, files, "state");
        }
        if (waited >= LOCK_WAIT_MS) {
            return FAIL(arena, ERR_CONFLICT, "another signer works on %s", files->folder);
        }
        pause_ms(LOCK_STEP_MS);
    }
    return NULL;
}

void
signer_files_close(struct signer_files *files)
{
    if (files->state >= 0) {
        close(files->state);
        files->state = -1;
    }
}

const struct err *
signer_state_read(struct arena *arena, const struct signer_files *files, struct signer_state *ret)
{
    struct text bytes;
    TRY(file_read(arena, files, "state", "", &bytes));
    return state_parse(arena, bytes, ret);
}

const struct err *
signer_state_write(struct arena *arena, const struct signer_files *files, struct signer_state *state)
{
    struct slot slot;
    state->generation++;
    slot_of(state, &slot);
    const off_t at = (off_t)(state->generation % SLOTS) * SLOT_BYTES;
    if (pwrite(files->state, &slot, sizeof slot, at) != (ssize_t)sizeof slot || fdatasync(files->state) != 0) {
        return fail_io(arena, files, "state");
    }
    pause_ms(files->sync_delay_ms);
    return NULL;
}

const struct err *
signer_key_read(struct arena *arena, const struct signer_files *files, struct note_secret *ret)
{
    struct text bytes;
    TRY(file_read(arena, files, "key", "", &bytes));
    if (!note_secret_parse(arena, text_trim(bytes), ret)) {
        return FAIL(arena, ERR_SIGNER, "%s/key holds no key", files->folder);
    }
    return NULL;
}

const struct err *
signer_key_write(struct arena *arena, const struct signer_files *files, const struct note_secret *secret,
                 const char *suffix)
{
    struct signer_state state = {.generation = 1};
    struct slot slot;
    char page[SLOT_BYTES * SLOTS] = {0};
    TRY(signer_state_sign(arena, secret, &state));
    slot_of(&state, &slot);
    memcpy(page + SLOT_BYTES, &slot, sizeof slot);
    const struct text private = text_printf(arena, "%.*s\n", TEXT_ARG(note_secret_print(arena, secret)));
    const struct text public = text_printf(arena, "%.*s\n", TEXT_ARG(note_key_print(arena, &secret->key)));
    TRY(file_write(arena, files, "public", suffix, public, 0644));
    TRY(file_write(arena, files, "key", suffix, private, 0600));
    TRY(file_write(arena, files, "state", suffix, (struct text){.at = page, .len = sizeof page}, 0600));
    return folder_sync(arena, files);
}

const struct err *
signer_files_turn(struct arena *arena, struct signer_files *files)
{
    char suffix[16];
    char from[SIGNER_PATH_MAX];
    char to[SIGNER_PATH_MAX];
    snprintf(suffix, sizeof suffix, ".%d", last_ended(files) + 1);
    for (size_t i = 0; i < FILES_COUNT; i++) {
        path_of(files, FILES[i], "", from);
        path_of(files, FILES[i], suffix, to);
        if (link(from, to) != 0 && errno != EEXIST) {
            return fail_io(arena, files, FILES[i]);
        }
    }
    TRY(folder_sync(arena, files));
    path_of(files, FILES[0], ".new", from);
    path_of(files, FILES[0], "", to);
    if (rename(from, to) != 0) {
        return fail_io(arena, files, FILES[0]);
    }
    TRY(signer_files_mend(arena, files));
    signer_files_close(files);
    return signer_files_open(arena, files);
}

const struct err *
signer_files_mend(struct arena *arena, const struct signer_files *files)
{
    char from[SIGNER_PATH_MAX];
    char to[SIGNER_PATH_MAX];
    path_of(files, FILES[0], ".new", from);
    if (access(from, F_OK) == 0) { /* the turn did not begin: the next one writes it anew */
        return NULL;
    }
    for (size_t i = 1; i < FILES_COUNT; i++) {
        path_of(files, FILES[i], ".new", from);
        path_of(files, FILES[i], "", to);
        if (rename(from, to) != 0 && errno != ENOENT) {
            return fail_io(arena, files, FILES[i]);
        }
    }
    return folder_sync(arena, files);
}

const struct err *
signer_state_sign(struct arena *arena, const struct note_secret *secret, struct signer_state *state)
{
    const struct checkpoint checkpoint = {
        .origin = secret->key.name, .size = state->edge.size, .root = tree_edge_root(&state->edge)};
    const struct text text = checkpoint_print(arena, &checkpoint);
    const struct text note =
        text_printf(arena, "%.*s\n%.*s", TEXT_ARG(text), TEXT_ARG(note_sign(arena, secret, text, 0)));
    if (note.len > SIGNER_NOTE_MAX) {
        return FAIL(arena, ERR_SIGNER, "the checkpoint is longer than %d bytes", SIGNER_NOTE_MAX);
    }
    memcpy(state->note, note.at, note.len);
    state->note_len = (uint32_t)note.len;
    return NULL;
}

static const struct err *
fail_io(struct arena *arena, const struct signer_files *files, const char *name)
{
    const int reason = errno;
    return FAIL(arena, reason == ENOSPC ? ERR_DISK_FULL : ERR_IO, "%s/%s: %s", files->folder, name, strerror(reason));
}

static void
path_of(const struct signer_files *files, const char *name, const char *suffix, char path[SIGNER_PATH_MAX])
{
    const int len = snprintf(path, SIGNER_PATH_MAX, "%s/%s%s", files->folder, name, suffix);
    assert(len > 0 && len < SIGNER_PATH_MAX);
}

static const struct err *
files_at(struct arena *arena, struct text folder, struct signer_files *ret)
{
    *ret = (struct signer_files){.state = -1};
    if (folder.len == 0 || folder.len > SIGNER_PATH_MAX - 32) {
        return FAIL(arena, ERR_USAGE, "the signer's folder has no name, or one too long");
    }
    memcpy(ret->folder, folder.at, folder.len);
    return NULL;
}

/* tidy: functions: bytes and their size are one */
static const struct err *
file_write(struct arena *arena, const struct signer_files *files, const char *name, const char *suffix,
           struct text bytes, int mode)
{
    char path[SIGNER_PATH_MAX];
    path_of(files, name, suffix, path);
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    if (file < 0) {
        return fail_io(arena, files, name);
    }
    const bool written = write(file, bytes.at, bytes.len) == (ssize_t)bytes.len && fsync(file) == 0;
    const struct err *err = written ? NULL : fail_io(arena, files, name);
    close(file);
    return err;
}

static const struct err *
file_read(struct arena *arena, const struct signer_files *files, const char *name, const char *suffix, struct text *ret)
{
    char path[SIGNER_PATH_MAX];
    path_of(files, name, suffix, path);
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return fail_io(arena, files, name);
    }
    char bytes[SLOT_BYTES * SLOTS];
    const ssize_t len = read(file, bytes, sizeof bytes);
    const struct err *err = len < 0 ? fail_io(arena, files, name) : NULL;
    close(file);
    TRY(err);
    *ret = (struct text){.at = arena_copy(arena, bytes, (size_t)len), .len = (size_t)len};
    sodium_memzero(bytes, sizeof bytes);
    return NULL;
}

static const struct err *
folder_sync(struct arena *arena, const struct signer_files *files)
{
    const int folder = open(files->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return fail_io(arena, files, "");
    }
    const struct err *err = fsync(folder) == 0 ? NULL : fail_io(arena, files, "");
    close(folder);
    return err;
}

static void
slot_of(const struct signer_state *state, struct slot *ret)
{
    *ret = (struct slot){.generation = state->generation, .size = state->edge.size, .note_len = state->note_len};
    memcpy(ret->magic, MAGIC, sizeof ret->magic);
    ret->peaks = (uint32_t)__builtin_popcountll(state->edge.size);
    memcpy(ret->peak, state->edge.peaks, ret->peaks * sizeof ret->peak[0]);
    memcpy(ret->note, state->note, state->note_len);
    ret->sum = hash_of(ret, offsetof(struct slot, sum));
}

static bool
slot_read(struct text bytes, struct signer_state *ret)
{
    struct slot slot;
    memcpy(&slot, bytes.at, sizeof slot);
    if (memcmp(slot.magic, MAGIC, sizeof MAGIC) != 0 ||
        !hash_equal(slot.sum, hash_of(&slot, offsetof(struct slot, sum))) || slot.note_len > SIGNER_NOTE_MAX ||
        slot.size > INT64_MAX || slot.peaks != (uint32_t)__builtin_popcountll(slot.size)) {
        return false;
    }
    *ret = (struct signer_state){.generation = slot.generation, .edge.size = slot.size, .note_len = slot.note_len};
    memcpy(ret->edge.peaks, slot.peak, slot.peaks * sizeof slot.peak[0]);
    memcpy(ret->note, slot.note, slot.note_len);
    return true;
}

/* The newer of the slots that are whole. */
static const struct err *
state_parse(struct arena *arena, struct text bytes, struct signer_state *ret)
{
    bool found = false;
    for (size_t i = 0; i < SLOTS && (i + 1) * SLOT_BYTES <= bytes.len; i++) {
        struct signer_state state;
        if (slot_read(text_slice(bytes, i * SLOT_BYTES, (i + 1) * SLOT_BYTES), &state) &&
            (!found || state.generation > ret->generation)) {
            *ret = state;
            found = true;
        }
    }
    return found ? NULL : FAIL(arena, ERR_SIGNER, "the signer's state is damaged: both slots");
}

static int
last_ended(const struct signer_files *files)
{
    int last = 0;
    for (int i = 1; i < ORIGINS_MAX; i++) {
        char suffix[16];
        char path[SIGNER_PATH_MAX];
        snprintf(suffix, sizeof suffix, ".%d", i);
        path_of(files, "state", suffix, path);
        if (access(path, F_OK) != 0) {
            break;
        }
        last = i;
    }
    return last;
}

static void
pause_ms(int ms)
{
    const struct timespec pause = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
    if (ms > 0) {
        nanosleep(&pause, NULL);
    }
}
