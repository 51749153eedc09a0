/* A mail server for tests, on this machine: takes one connection after another and keeps what it was told. */
#ifndef TESTS_SMTP_H
#define TESTS_SMTP_H

#include <pthread.h>
#include <stdbool.h>

struct smtp {
    const char *address; /* NULL: 127.0.0.1 */
    int fd;
    int port;
    pthread_t thread;
    bool refuses; /* answers every recipient with 550 */
    char said[65536];
    size_t said_len;
    int letters;
};

void smtp_start(struct smtp *smtp);
void smtp_stop(struct smtp *smtp);

#endif
