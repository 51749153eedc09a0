#include "smtp.h"

#include <arpa/inet.h>
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void *serve(void *arg);
static void talk(struct smtp *smtp, FILE *in, FILE *out);

void
smtp_start(struct smtp *smtp)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = inet_addr(smtp->address == NULL ? "127.0.0.1" : smtp->address)};
    socklen_t len = sizeof address;
    smtp->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert(smtp->fd >= 0 && bind(smtp->fd, (struct sockaddr *)&address, len) == 0 && listen(smtp->fd, 8) == 0);
    assert(getsockname(smtp->fd, (struct sockaddr *)&address, &len) == 0);
    smtp->port = ntohs(address.sin_port);
    assert(pthread_create(&smtp->thread, NULL, serve, smtp) == 0);
}

void
smtp_stop(struct smtp *smtp)
{
    shutdown(smtp->fd, SHUT_RDWR);
    pthread_join(smtp->thread, NULL);
    close(smtp->fd);
}

static void *
serve(void *arg)
{
    struct smtp *smtp = arg;
    for (;;) {
        const int fd = accept(smtp->fd, NULL, NULL);
        if (fd < 0) {
            return NULL;
        }
        FILE *in = fdopen(fd, "r");
        FILE *out = fdopen(dup(fd), "w");
        talk(smtp, in, out);
        fclose(in);
        fclose(out);
    }
}

static void
talk(struct smtp *smtp, FILE *in, FILE *out)
{
    char line[2048];
    bool in_letter = false;
    fprintf(out, "220 test\r\n");
    fflush(out);
    while (fgets(line, sizeof line, in) != NULL) {
        const size_t len = strlen(line);
        if (smtp->said_len + len < sizeof smtp->said) {
            memcpy(smtp->said + smtp->said_len, line, len + 1);
            smtp->said_len += len;
        }
        if (in_letter) {
            if (strcmp(line, ".\r\n") != 0) {
                continue;
            }
            in_letter = false;
            smtp->letters++;
            fprintf(out, "250 taken\r\n");
        } else if (strncmp(line, "DATA", 4) == 0) {
            in_letter = true;
            fprintf(out, "354 go on\r\n");
        } else if (strncmp(line, "RCPT", 4) == 0 && smtp->refuses) {
            fprintf(out, "550 nobody here is called so\r\n");
        } else if (strncmp(line, "QUIT", 4) == 0) {
            fprintf(out, "221 bye\r\n");
            fflush(out);
            return;
        } else {
            fprintf(out, "250 fine\r\n");
        }
        fflush(out);
    }
}
