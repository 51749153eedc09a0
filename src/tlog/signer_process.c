/* The signer's own process: it holds the key, checks each message's size, and answers. Everything it opens it opens
 * before its sandbox closes, but for the files of a new origin, which stay in its folder. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <sodium.h>

#include "base/world.h"
#include "tlog/signer_state.h"

enum { SIGNER_ARENA_BYTES = 1024 * 1024 };

/* What the process knows. */
struct holder {
    struct arena *arena;
    struct world *world;
    struct signer_files files;
    struct note_secret secret;
    struct signer_state signed_state;
    struct tree_edge pending; /* signed_state's edge and the leaves sent since */
};

static const struct err *load(struct holder *holder);
static void leave_the_rest(int socket);
static void enclose(void);
static void serve(struct holder *holder, const struct err *first);
static const struct err *answer(struct holder *holder, const struct signer_request *request);
static const struct err *sign(struct holder *holder, const struct signer_request *request);
static const struct err *turn(struct holder *holder, const struct signer_request *request);
static bool size_is_right(const struct signer_request *request, size_t len);

_Noreturn void
signer_process(int socket, const char *folder, struct world *world, int sync_delay_ms, bool sandbox_off)
{
    struct holder *holder = NULL;
    struct arena *arena = arena_new(SIGNER_ARENA_BYTES);
    holder = ARENA_NEW(arena, struct holder);
    *holder = (struct holder){.arena = arena, .world = world};
    holder->files = (struct signer_files){.state = -1, .sync_delay_ms = sync_delay_ms};
    snprintf(holder->files.folder, sizeof holder->files.folder, "%s", folder);
    leave_the_rest(socket);
    prctl(PR_SET_DUMPABLE, 0);
    mlockall(MCL_CURRENT | MCL_ONFAULT); /* the key stays out of swap, where the limits allow it */
    if (!sandbox_off) {
        enclose();
    }
    const struct err *err = load(holder);
    serve(holder, err);
    sodium_memzero(holder, sizeof *holder);
    _exit(0);
}

static const struct err *
load(struct holder *holder)
{
    TRY(signer_files_mend(holder->arena, &holder->files));
    TRY(signer_files_open(holder->arena, &holder->files));
    TRY(signer_key_read(holder->arena, &holder->files, &holder->secret));
    /* The name outlives what each question takes from the arena: it lives below every mark. */
    holder->secret.key.name = text_copy(holder->arena, holder->secret.key.name);
    TRY(signer_state_read(holder->arena, &holder->files, &holder->signed_state));
    holder->pending = holder->signed_state.edge;
    return NULL;
}

/* Files and signals of the program that started it: locks among them, which would outlive their owner. */
static void
leave_the_rest(int socket)
{
    signal(SIGINT, SIG_IGN); /* a terminal's; the end is the other side's closing */
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null >= 0) {
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
    }
    const int kept = dup2(socket, STDERR_FILENO + 1);
    (void)kept; /* the same number when it was that already */
    close_range(STDERR_FILENO + 2, ~0U, 0);
}

#define FORBID(call)                                                                                                   \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)

/* No sockets, no other programs, no look at other processes. A list of what is forbidden and not of what is allowed, so
 * that sanitizers and other C libraries work; the process does little enough. */
static void
enclose(void)
{
    static struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        FORBID(SYS_socket),
        FORBID(SYS_socketpair),
        FORBID(SYS_connect),
        FORBID(SYS_bind),
        FORBID(SYS_listen),
        FORBID(SYS_execve),
        FORBID(SYS_execveat),
        FORBID(SYS_ptrace),
        FORBID(SYS_process_vm_readv),
        FORBID(SYS_process_vm_writev),
        FORBID(SYS_mount),
        FORBID(SYS_setns),
        FORBID(SYS_bpf),
        FORBID(SYS_io_uring_setup),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const struct sock_fprog program = {.len = sizeof filter / sizeof filter[0], .filter = filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
        _exit(4); /* rather no signer than one that is open */
    }
}

static void
serve(struct holder *holder, const struct err *first)
{
    static struct signer_request request;
    static struct signer_answer reply;
    const int peer = STDERR_FILENO + 1;
    for (;;) {
        const struct arena_mark mark = arena_mark(holder->arena);
        const ssize_t len = recv(peer, &request, sizeof request, 0);
        if (len < 0 && errno == EINTR) {
            continue;
        }
        if (len <= 0 || !size_is_right(&request, (size_t)len)) {
            return;
        }
        const struct err *err = first != NULL ? first : answer(holder, &request);
        if (err != NULL) {
            holder->pending = holder->signed_state.edge;
        }
        if (request.op == SIGNER_EXTEND) { /* has no answer: its fault shows when signing */
            arena_rewind(holder->arena, mark);
            continue;
        }
        reply = (struct signer_answer){.code = err == NULL ? ERR_NONE : (uint32_t)err_root(err)};
        snprintf(reply.detail, sizeof reply.detail, "%s", err == NULL ? "" : err_print(holder->arena, err));
        if (err == NULL) {
            reply.size = holder->signed_state.edge.size;
            reply.root = tree_edge_root(&holder->signed_state.edge);
            reply.note_len = holder->signed_state.note_len;
            memcpy(reply.note, holder->signed_state.note, reply.note_len);
        }
        if (send(peer, &reply, sizeof reply, MSG_NOSIGNAL) != (ssize_t)sizeof reply) {
            return;
        }
        if (first == NULL && request.op != SIGNER_NEW_ORIGIN) {
            arena_rewind(holder->arena, mark);
        }
    }
}

static bool
size_is_right(const struct signer_request *request, size_t len)
{
    const size_t head = offsetof(struct signer_request, leaves);
    if (len < head) {
        return false;
    }
    switch (request->op) {
    case SIGNER_STATUS:
    case SIGNER_SIGN:
        return request->count == 0 && len == head;
    case SIGNER_EXTEND:
        return request->count >= 1 && request->count <= SIGNER_LEAVES_MAX &&
               len == head + request->count * sizeof(struct hash);
    case SIGNER_NEW_ORIGIN:
        return request->count >= 1 && request->count <= SIGNER_NAME_MAX && len == head + request->count;
    default:
        return false;
    }
}

static const struct err *
answer(struct holder *holder, const struct signer_request *request)
{
    switch (request->op) {
    case SIGNER_EXTEND:
        for (uint32_t i = 0; i < request->count; i++) {
            tree_edge_add(&holder->pending, request->leaves[i]);
        }
        return NULL;
    case SIGNER_SIGN:
        return sign(holder, request);
    case SIGNER_NEW_ORIGIN:
        return turn(holder, request);
    default:
        return NULL;
    }
}

static const struct err *
sign(struct holder *holder, const struct signer_request *request)
{
    const struct tree_edge *old = &holder->signed_state.edge;
    if (request->from_size != old->size || !hash_equal(request->from_root, tree_edge_root(old))) {
        return FAIL(holder->arena, ERR_FORK, "signed was size %llu, and the log says size %llu or another root",
                    (unsigned long long)old->size, (unsigned long long)request->from_size);
    }
    if (!hash_equal(request->root, tree_edge_root(&holder->pending))) {
        return FAIL(holder->arena, ERR_FORK, "the leaves after size %llu do not make the root that the log says",
                    (unsigned long long)old->size);
    }
    if (holder->pending.size == old->size) {
        return NULL;
    }
    struct signer_state next = {.generation = holder->signed_state.generation, .edge = holder->pending};
    TRY(signer_state_sign(holder->arena, &holder->secret, &next));
    TRY(signer_state_write(holder->arena, &holder->files, &next));
    holder->signed_state = next;
    return NULL;
}

static const struct err *
turn(struct holder *holder, const struct signer_request *request)
{
    const struct text name = {.at = request->name, .len = request->count};
    if (!note_name_is_valid(name) || text_equal(name, holder->secret.key.name)) {
        return FAIL(holder->arena, ERR_USAGE, "a new origin has a new name without spaces and plus signs: %.*s",
                    TEXT_ARG(name));
    }
    uint8_t seed[NOTE_SEED_BYTES];
    struct note_secret secret;
    holder->world->random(holder->world, seed, sizeof seed);
    note_secret_init(text_copy(holder->arena, name), NOTE_ED25519, seed, &secret);
    sodium_memzero(seed, sizeof seed);
    TRY(signer_key_write(holder->arena, &holder->files, &secret, ".new"));
    TRY(signer_files_turn(holder->arena, &holder->files));
    holder->secret = secret;
    TRY(signer_state_read(holder->arena, &holder->files, &holder->signed_state));
    holder->pending = holder->signed_state.edge;
    return NULL;
}
