/* A client for tests: sends bytes to a port of this machine and reads the whole answer. */
#ifndef TESTS_HTTP_CLIENT_H
#define TESTS_HTTP_CLIENT_H

#include "base/arena.h"
#include "base/text.h"

struct answer {
    int status;
    struct text head;
    struct text body;
};
/* One exchange on a connection of its own; the request says "Connection: close" itself or is closed by the server. */
struct answer client_send(struct arena *arena, int port, struct text request);
/* A request with Host and Connection: close; headers end with \r\n each; body may be empty. */
struct answer client_ask(struct arena *arena, int port, const char *method, const char *path, const char *headers,
                         struct text body);
/* The first header of that name (as the server writes it), or the text at NULL. */
struct text answer_header(const struct answer *answer, const char *name);

#endif
