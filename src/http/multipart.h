/* multipart/form-data (RFC 7578), read as it arrives: nothing is kept but the head of the part in hand and as many
 * bytes as might begin a delimiter. Pure: parts go to the three functions of whoever reads. */
#ifndef HTTP_MULTIPART_H
#define HTTP_MULTIPART_H

#include "base/arena.h"
#include "base/limits.h"
#include "base/text.h"

enum { MULTIPART_BOUNDARY_MAX = 70 };

struct multipart_part {
    struct text name;
    struct text filename; /* at NULL: a text field */
};
/* Each answers false to stop the reading (the reader knows why). */
struct multipart_reader {
    bool (*begin)(void *arg, struct multipart_part part); /* texts live until the next call of multipart_take() */
    bool (*data)(void *arg, const char *at, size_t len);
    bool (*end)(void *arg);
    void *arg;
};

enum multipart_state {
    MULTIPART_PREAMBLE = 1,
    MULTIPART_AFTER, /* behind a delimiter */
    MULTIPART_HEAD,
    MULTIPART_DATA,
    MULTIPART_END,
    MULTIPART_BROKEN
};
struct multipart {
    struct multipart_reader reader;
    enum multipart_state state;
    char delimiter[4 + MULTIPART_BOUNDARY_MAX + 1]; /* CR LF "--" boundary */
    size_t delimiter_len;
    size_t matched; /* bytes of the delimiter seen so far */
    char head[PART_HEAD_BYTES_MAX];
    size_t head_len;
};

/* Reads the boundary of the Content-Type header; false when there is none or it is not one. */
bool multipart_init(struct multipart *multipart, struct text content_type, struct multipart_reader reader);
/* The next bytes; false when they are malformed or the reader stopped. */
bool multipart_take(struct multipart *multipart, const char *at, size_t len);
/* Whether the closing delimiter was seen. */
bool multipart_is_whole(const struct multipart *multipart);

#endif
