#include "http/body.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <strings.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/world.h"
#include "http/url.h"

static bool part_begin(void *arg, struct multipart_part part);
static bool part_data(void *arg, const char *at, size_t len);
static bool part_end(void *arg);
static bool upload_open(struct body *body);
static bool upload_write(struct body *body, const char *at, size_t len);
static bool upload_close(struct body *body);
static bool refuse(struct body *body, int status);
static int io_status(void);
static bool starts_with(struct text text, const char *word);

void
body_init(struct body *body, struct http_request *request, struct text quarantine, struct world *world,
          struct http_allowance allowance)
{
    *body = (struct body){.request = request,
                          .quarantine = quarantine,
                          .world = world,
                          .allowance = allowance,
                          .fd = -1,
                          .kind = request->method == HTTP_POST ? BODY_BYTES : BODY_NONE};
    const struct text type = http_header(request, "content-type");
    if (body->kind == BODY_NONE) {
        return;
    }
    if (starts_with(type, "application/x-www-form-urlencoded")) {
        body->kind = BODY_FORM;
    } else if (starts_with(type, "multipart/form-data")) {
        body->kind = BODY_MULTIPART;
        const struct multipart_reader reader = {.begin = part_begin, .data = part_data, .end = part_end, .arg = body};
        if (!multipart_init(&body->multipart, type, reader)) {
            refuse(body, 400);
        }
        request->form = ARENA_ARRAY(request->arena, struct http_pair, FORM_FIELDS_MAX);
        request->uploads = ARENA_ARRAY(request->arena, struct http_upload, UPLOADS_MAX);
    }
    body->bytes = buf_new(request->arena, (size_t)allowance.body_bytes_max + 1);
}

void
body_take(struct body *body, const char *at, size_t len)
{
    body->taken += (int64_t)len;
    if (body->status != 0) {
        return;
    }
    if (body->kind == BODY_MULTIPART) {
        if (!multipart_take(&body->multipart, at, len) && body->status == 0) {
            refuse(body, 400);
        }
        return;
    }
    if (body->kind == BODY_NONE || body->taken > body->allowance.body_bytes_max) {
        refuse(body, 413);
        return;
    }
    buf_bytes(&body->bytes, at, len);
}

void
body_end(struct body *body)
{
    struct http_request *request = body->request;
    if (body->status != 0 || body->kind == BODY_NONE) {
        return;
    }
    if (body->kind == BODY_MULTIPART) {
        if (!multipart_is_whole(&body->multipart)) {
            refuse(body, 400);
        }
        return;
    }
    const struct text bytes = buf_built(&body->bytes);
    if (body->kind == BODY_BYTES) {
        request->body = bytes;
    } else if (!url_form(request->arena, bytes, FORM_FIELDS_MAX, &request->form, &request->form_count)) {
        refuse(body, 400);
    }
}

void
body_done(struct body *body)
{
    if (body->fd >= 0) {
        close(body->fd);
        body->fd = -1;
    }
    if (body->digest != NULL) {
        EVP_MD_CTX_free(body->digest);
        body->digest = NULL;
    }
    const size_t count = body->request == NULL ? 0 : body->request->uploads_count;
    for (size_t i = 0; i < count; i++) {
        unlink(body->request->uploads[i].path.at); /* gone already when somebody took it */
    }
}

static bool
part_begin(void *arg, struct multipart_part part)
{
    struct body *body = arg;
    struct http_request *request = body->request;
    const struct text name = text_copy(request->arena, part.name);
    if (part.filename.at == NULL) {
        if (request->form_count == FORM_FIELDS_MAX) {
            return refuse(body, 413);
        }
        body->field = &request->form[request->form_count++];
        *body->field = (struct http_pair){.name = name};
        body->bytes = buf_new(request->arena, (size_t)body->allowance.body_bytes_max + 1);
        return true;
    }
    if (request->uploads_count == UPLOADS_MAX) {
        return refuse(body, 413);
    }
    body->upload = &request->uploads[request->uploads_count];
    *body->upload = (struct http_upload){.field = name, .filename = text_copy(request->arena, part.filename)};
    return true;
}

static bool
part_data(void *arg, const char *at, size_t len)
{
    struct body *body = arg;
    if (body->field != NULL) {
        body->fields_bytes += len;
        if (body->fields_bytes > (size_t)body->allowance.body_bytes_max) {
            return refuse(body, 413);
        }
        buf_bytes(&body->bytes, at, len);
        return true;
    }
    /* A file input that was left empty sends a part without name and bytes, and leaves no trace. */
    return (body->fd >= 0 || upload_open(body)) && upload_write(body, at, len);
}

static bool
part_end(void *arg)
{
    struct body *body = arg;
    if (body->field != NULL) {
        body->field->value = buf_built(&body->bytes);
        body->field = NULL;
        const struct text value = body->request->form[body->request->form_count - 1].value;
        for (size_t i = 0; i < value.len; i++) {
            if (value.at[i] == '\0') {
                return refuse(body, 400);
            }
        }
        return text_is_utf8(value) || refuse(body, 400);
    }
    if (body->upload != NULL && body->fd < 0 && body->upload->filename.len > 0 && !upload_open(body)) {
        return false; /* an empty file that has a name is a document without bytes */
    }
    const bool is_good = body->fd < 0 || upload_close(body);
    body->upload = NULL;
    return is_good;
}

static bool
upload_open(struct body *body)
{
    if (!body->allowance.uploads || body->quarantine.len == 0) {
        return refuse(body, 400);
    }
    uint8_t chance[16];
    body->world->random(body->world, chance, sizeof chance);
    struct arena *arena = body->request->arena;
    const struct text name = hex_encode(arena, chance, sizeof chance);
    body->upload->path = text_printf(arena, "%.*s/%.*s", TEXT_ARG(body->quarantine), TEXT_ARG(name));
    body->fd = open(body->upload->path.at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (body->fd < 0) {
        return refuse(body, io_status());
    }
    body->request->uploads_count++;
    body->digest = EVP_MD_CTX_new();
    assert(body->digest != NULL);
    return EVP_DigestInit_ex(body->digest, EVP_sha256(), NULL) == 1 || refuse(body, 500);
}

static bool
upload_write(struct body *body, const char *at, size_t len)
{
    body->upload->size += (int64_t)len;
    body->upload_size += (int64_t)len;
    if (body->upload->size > DOCUMENT_BYTES_MAX || body->upload_size > UPLOAD_BYTES_MAX) {
        return refuse(body, 413);
    }
    if (EVP_DigestUpdate(body->digest, at, len) != 1) {
        return refuse(body, 500);
    }
    while (len > 0) {
        const ssize_t written = write(body->fd, at, len);
        if (written < 0 && errno != EINTR) {
            return refuse(body, io_status());
        }
        if (written > 0) {
            at += written;
            len -= (size_t)written;
        }
    }
    return true;
}

/* File and folder are synced before anybody hears of the document. */
static bool
upload_close(struct body *body)
{
    bool is_good = EVP_DigestFinal_ex(body->digest, body->upload->sha256.bytes, NULL) == 1;
    EVP_MD_CTX_free(body->digest);
    body->digest = NULL;
    is_good = fsync(body->fd) == 0 && is_good;
    is_good = close(body->fd) == 0 && is_good;
    body->fd = -1;
    const int folder = open(text_cstr(body->request->arena, body->quarantine), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    is_good = folder >= 0 && fsync(folder) == 0 && is_good;
    if (folder >= 0) {
        close(folder);
    }
    return is_good || refuse(body, io_status());
}

static bool
refuse(struct body *body, int status)
{
    body->status = status;
    return false;
}

static int
io_status(void)
{
    return errno == ENOSPC || errno == EDQUOT ? 507 : 500;
}

static bool
starts_with(struct text text, const char *word)
{
    const struct text start = text_of(word);
    return text.len >= start.len && strncasecmp(text.at, start.at, start.len) == 0 &&
           (text.len == start.len || text.at[start.len] == ';' || text.at[start.len] == ' ');
}
