/* The log's side of the signer: starts the process and asks it. One question at a time; the caller (the one writer)
 * serialises. */
#include "tlog/signer.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tlog/signer_state.h"

struct signer {
    int socket;
    pid_t process;
    struct text folder;
    struct signer_request request; /* too large for a small stack */
    struct signer_answer answer;
};

static const struct err *send_request(struct signer *signer, struct arena *arena, size_t len);
static const struct err *receive(struct signer *signer, struct arena *arena, struct signer_status *ret);

const struct err *
signer_start(struct arena *arena, const struct signer_options *options, struct signer **ret)
{
    int sockets[2];
    const char *folder = text_cstr(arena, options->folder);
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) != 0) {
        return FAIL(arena, ERR_IO, "no socket for the signer: %s", strerror(errno));
    }
    const pid_t process = fork();
    if (process < 0) {
        const int reason = errno;
        close(sockets[0]);
        close(sockets[1]);
        return FAIL(arena, ERR_IO, "cannot start the signer: %s", strerror(reason));
    }
    if (process == 0) {
        signer_process(sockets[1], folder, options->world, options->sync_delay_ms, options->sandbox_off);
    }
    close(sockets[1]);
    struct signer *signer = ARENA_NEW(arena, struct signer);
    signer->socket = sockets[0];
    signer->process = process;
    signer->folder = text_of(folder);
    struct signer_status status;
    const struct err *err = signer_status(signer, arena, &status); /* it has its lock, key and state, or says why not */
    if (err != NULL) {
        signer_stop(signer);
        return err;
    }
    *ret = signer;
    return NULL;
}

void
signer_stop(struct signer *signer)
{
    if (signer == NULL) {
        return;
    }
    close(signer->socket);
    while (waitpid(signer->process, NULL, 0) < 0 && errno == EINTR) {
    }
}

int
signer_pid(const struct signer *signer)
{
    return (int)signer->process;
}

const struct err *
signer_status(struct signer *signer, struct arena *arena, struct signer_status *ret)
{
    signer->request.op = SIGNER_STATUS;
    signer->request.count = 0;
    TRY(send_request(signer, arena, 0));
    return receive(signer, arena, ret);
}

const struct err *
signer_extend(struct signer *signer, struct arena *arena, const struct hash *leaves, size_t count)
{
    while (count > 0) {
        const size_t part = count < SIGNER_LEAVES_MAX ? count : SIGNER_LEAVES_MAX;
        signer->request.op = SIGNER_EXTEND;
        signer->request.count = (uint32_t)part;
        memcpy(signer->request.leaves, leaves, part * sizeof leaves[0]);
        TRY(send_request(signer, arena, part * sizeof leaves[0]));
        leaves += part;
        count -= part;
    }
    return NULL;
}

const struct err *
signer_sign(struct signer *signer, struct arena *arena, uint64_t from_size, struct hash from_root, struct hash root,
            struct signer_status *ret)
{
    signer->request.op = SIGNER_SIGN;
    signer->request.count = 0;
    signer->request.from_size = from_size;
    signer->request.from_root = from_root;
    signer->request.root = root;
    TRY(send_request(signer, arena, 0));
    return receive(signer, arena, ret);
}

const struct err *
signer_new_origin(struct signer *signer, struct arena *arena, struct text name, struct signer_status *ret)
{
    if (name.len > SIGNER_NAME_MAX) {
        return FAIL(arena, ERR_USAGE, "the origin's name is longer than %d bytes", SIGNER_NAME_MAX);
    }
    signer->request.op = SIGNER_NEW_ORIGIN;
    signer->request.count = (uint32_t)name.len;
    memcpy(signer->request.name, name.at, name.len);
    TRY(send_request(signer, arena, name.len));
    return receive(signer, arena, ret);
}

const struct err *
signer_verifier_key(const struct signer *signer, struct arena *arena, struct text *ret)
{
    return signer_key(arena, signer->folder, ret);
}

const struct err *
signer_ended_note(const struct signer *signer, struct arena *arena, struct text *ret)
{
    return signer_ended(arena, signer->folder, ret);
}

static const struct err *
send_request(struct signer *signer, struct arena *arena, size_t len)
{
    const size_t bytes = offsetof(struct signer_request, leaves) + len;
    for (;;) {
        const ssize_t sent = send(signer->socket, &signer->request, bytes, MSG_NOSIGNAL);
        if (sent == (ssize_t)bytes) {
            return NULL;
        }
        if (sent >= 0 || errno != EINTR) {
            return FAIL(arena, ERR_SIGNER, "the signer does not listen: %s", strerror(errno));
        }
    }
}

static const struct err *
receive(struct signer *signer, struct arena *arena, struct signer_status *ret)
{
    struct signer_answer *answer = &signer->answer;
    ssize_t len = 0;
    do {
        len = recv(signer->socket, answer, sizeof *answer, 0);
    } while (len < 0 && errno == EINTR);
    if (len != (ssize_t)sizeof *answer || answer->note_len > SIGNER_NOTE_MAX || answer->code >= ERR_CODES ||
        memchr(answer->detail, '\0', sizeof answer->detail) == NULL) {
        return FAIL(arena, ERR_SIGNER, "the signer does not answer");
    }
    if (answer->code != ERR_NONE) {
        return FAIL(arena, (enum err_code)answer->code, "signer: %s", answer->detail);
    }
    *ret = (struct signer_status){
        .size = answer->size,
        .root = answer->root,
        .note = {.at = arena_copy(arena, answer->note, answer->note_len), .len = answer->note_len},
    };
    return NULL;
}
