#include "client.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../unit.h"
#include "base/buf.h"

struct answer
client_send(struct arena *arena, int port, struct text request)
{
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    const struct timeval patience = {.tv_sec = 20};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    for (size_t sent = 0; sent < request.len;) {
        const ssize_t n = send(fd, request.at + sent, request.len - sent, MSG_NOSIGNAL);
        if (n <= 0) {
            break; /* refused before it was read whole */
        }
        sent += (size_t)n;
    }
    struct buf buf = buf_new(arena, 32 * 1024 * 1024);
    char bytes[16384];
    ssize_t n = 0;
    while ((n = recv(fd, bytes, sizeof bytes, 0)) > 0) {
        buf_bytes(&buf, bytes, (size_t)n);
    }
    close(fd);
    const struct text all = buf_built(&buf);
    struct answer answer = {.head = all};
    for (size_t i = 0; i + 4 <= all.len; i++) {
        if (memcmp(all.at + i, "\r\n\r\n", 4) == 0) {
            answer.head = text_slice(all, 0, i + 2);
            answer.body = text_after(all, i + 4);
            break;
        }
    }
    answer.status = all.len > 12 ? atoi(text_cstr(arena, text_slice(all, 9, 12))) : 0;
    return answer;
}

struct answer
client_ask(struct arena *arena, int port, const char *method, const char *path, const char *headers, struct text body)
{
    struct buf buf = buf_new(arena, 32 * 1024 * 1024);
    buf_printf(&buf, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s", method, path, headers);
    if (body.len > 0 || strcmp(method, "POST") == 0) {
        buf_printf(&buf, "Content-Length: %zu\r\n", body.len);
    }
    buf_cstr(&buf, "\r\n");
    buf_text(&buf, body);
    return client_send(arena, port, buf_built(&buf));
}

struct text
answer_header(const struct answer *answer, const char *name)
{
    struct text rest = answer->head;
    struct text line;
    while (rest.len > 0 && text_split(&rest, '\n', &line)) {
        const size_t colon = text_find_byte(line, ':');
        if (colon < line.len && text_is(text_slice(line, 0, colon), name)) {
            return text_trim(text_after(line, colon + 1));
        }
    }
    return (struct text){0};
}
