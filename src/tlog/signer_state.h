/* The signer's files. Only src/tlog includes this. */
#ifndef TLOG_SIGNER_STATE_H
#define TLOG_SIGNER_STATE_H

#include "base/world.h"
#include "tlog/note.h"
#include "tlog/tree.h"

enum {
    SIGNER_NOTE_MAX = 1024,
    SIGNER_PATH_MAX = 4096,
    /* Leaves in one message: with its head below the least a socket takes. */
    SIGNER_LEAVES_MAX = 256,
    SIGNER_NAME_MAX = 200,
    SIGNER_DETAIL_MAX = 200
};

struct signer_state {
    uint64_t generation; /* of the slot it was read from */
    struct tree_edge edge;
    char note[SIGNER_NOTE_MAX];
    uint32_t note_len;
};

struct signer_files {
    char folder[SIGNER_PATH_MAX];
    int state; /* open file, locked; -1: none */
    int sync_delay_ms;
};

/* Messages, one a packet; what is not used is not sent. */
enum signer_op { SIGNER_STATUS = 1, SIGNER_EXTEND, SIGNER_SIGN, SIGNER_NEW_ORIGIN };
struct signer_request {
    uint32_t op;
    uint32_t count; /* leaves, or bytes of the name */
    uint64_t from_size;
    struct hash from_root;
    struct hash root;
    union {
        struct hash leaves[SIGNER_LEAVES_MAX];
        char name[SIGNER_NAME_MAX];
    };
};
struct signer_answer {
    uint32_t code; /* enum err_code */
    uint32_t note_len;
    uint64_t size;
    struct hash root;
    char detail[SIGNER_DETAIL_MAX];
    char note[SIGNER_NOTE_MAX];
};

/* Opens and locks the state; waits a while for the signer of a program that was just killed. */
const struct err *signer_files_open(struct arena *arena, struct signer_files *files);
void signer_files_close(struct signer_files *files);
const struct err *signer_state_read(struct arena *arena, const struct signer_files *files, struct signer_state *ret);
/* Into the slot that is older; synced when it returns. */
const struct err *signer_state_write(struct arena *arena, const struct signer_files *files, struct signer_state *state);
const struct err *signer_key_read(struct arena *arena, const struct signer_files *files, struct note_secret *ret);
/* A new key and its state, in files named behind suffix (".new" or ""), synced. */
const struct err *signer_key_write(struct arena *arena, const struct signer_files *files,
                                   const struct note_secret *secret, const char *suffix);
/* Puts the files behind ".new" in the place of the present ones, which are kept as "key.N", "state.N". */
const struct err *signer_files_turn(struct arena *arena, struct signer_files *files);
/* Ends a turn that a stop of the machine cut in two. */
const struct err *signer_files_mend(struct arena *arena, const struct signer_files *files);
/* The checkpoint of the edge, signed, into the state. */
const struct err *signer_state_sign(struct arena *arena, const struct note_secret *secret, struct signer_state *state);

/* The child's life: answers until the other side closes. */
_Noreturn void signer_process(int socket, const char *folder, struct world *world, int sync_delay_ms, bool sandbox_off);

#endif
