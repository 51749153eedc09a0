/* The processes of `markaz serve`: a supervisor that holds nothing but its children and starts again what dies; the
 * signer, which alone has the key; the server, whose threads read, render and write. docs/decisions/012-processes.md.
 */
#ifndef APP_PROCESS_H
#define APP_PROCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "app/options.h"
#include "base/arena.h"

struct process {
    const char *name;
    /* Runs in the child and answers its exit status; calls process_ready() when it works. Ends by SIGTERM, which is
     * blocked there: wait for it. */
    int (*run)(void *arg, int ready);
    void *arg;
    /* Of the supervisor. */
    pid_t pid;
    int ready;
    bool was_ready;
    int pause_ms;
};

/* Starts the processes in order, each when the one before it is ready, and keeps them alive until SIGTERM or SIGINT;
 * then ends them, last first. Answers the exit status: 0 after a signal, a child's own when it never became ready. */
int process_supervise(struct process *processes, size_t count);
void process_ready(int ready);

struct serve_options {
    struct options options;
    const char *address;
    uint16_t port;
    const char *fonts;
    const char *base_url; /* as people reach it, without a slash behind; NULL: the address itself */
    const char *tls_key;  /* file; NULL: plain */
    const char *tls_certificate;
    const char *smtp;      /* smtp://HOST:PORT; NULL: letters are files in DATA/outbox */
    const char *mail_from; /* the sender of letters */
    bool tls_self_signed;
    bool behind_proxy;
    bool sandbox;
    int64_t threads;
    int64_t rate_per_minute;
};
/* The server process. arg: struct serve_options. */
int process_server(void *arg, int ready);

/* Gives up what the process does not need: new programs, other folders than these. Says on stderr what the kernel
 * does not offer, and goes on. Before the process has other threads, which would keep what they had. */
void process_sandbox(const char *const *writable, size_t writable_count, const char *const *readable,
                     size_t readable_count);

/* A key and a certificate of our own for a demo on a local network, in DATA/tls, made once. */
const struct err *self_signed(struct arena *arena, const char *folder, const char **ret_key,
                              const char **ret_certificate);

#endif
