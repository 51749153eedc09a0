/* The body of one request as it arrives: forms become pairs, documents go to the quarantine folder with their SHA-256,
 * anything else is kept as bytes. Only for src/http. */
#ifndef HTTP_BODY_H
#define HTTP_BODY_H

#include "base/buf.h"
#include "http/http.h"
#include "http/multipart.h"

enum body_kind { BODY_NONE = 1, BODY_FORM, BODY_MULTIPART, BODY_BYTES };

struct body {
    struct http_request *request;
    enum body_kind kind;
    struct http_allowance allowance;
    struct text quarantine;
    struct world *world;
    int64_t taken;       /* bytes so far */
    int64_t upload_size; /* of all documents */
    int status;          /* why it is refused, 0: it is not */
    struct buf bytes;    /* of a form, a body, or the text field in hand */
    size_t fields_bytes; /* of the text fields of a multipart body */
    struct multipart multipart;
    struct http_pair *field; /* in hand */
    struct http_upload *upload;
    int fd;       /* of the upload in hand, -1 */
    void *digest; /* EVP_MD_CTX */
};

void body_init(struct body *body, struct http_request *request, struct text quarantine, struct world *world,
               struct http_allowance allowance);
/* What is refused is read on and thrown away, so that the client sees the answer. */
void body_take(struct body *body, const char *at, size_t len);
/* The whole body arrived: fills the request, or sets status. */
void body_end(struct body *body);
/* Removes the documents that nobody moved away. */
void body_done(struct body *body);

#endif
