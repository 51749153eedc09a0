/* multipart/form-data: however the bytes are cut, the same parts are heard. The first byte says where they are cut. */
#include "http/multipart.h"

#include <assert.h>

#include "base/encode.h"

#include "fuzz.h"

struct heard {
    struct hash hash;
    bool in_part;
};

static void
add(struct heard *heard, struct text text)
{
    const struct text parts[] = {{.at = (const char *)heard->hash.bytes, .len = HASH_BYTES}, text};
    heard->hash = hash_of_parts(parts, 2);
}

static bool
begin(void *arg, struct multipart_part part)
{
    struct heard *heard = arg;
    assert(!heard->in_part && text_is_utf8(part.name) && text_is_utf8(part.filename));
    heard->in_part = true;
    add(heard, part.name);
    add(heard, part.filename.at == NULL ? TEXT("none") : part.filename);
    return true;
}

static bool
hear(void *arg, const char *at, size_t len)
{
    struct heard *heard = arg;
    assert(heard->in_part && len > 0);
    for (size_t i = 0; i < len; i++) { /* byte by byte, so that cuts do not show */
        heard->hash.bytes[heard->hash.bytes[0] % HASH_BYTES] ^= (uint8_t)(at[i] + 31);
        heard->hash.bytes[0] = (uint8_t)(heard->hash.bytes[0] * 5 + (uint8_t)at[i] + 1);
    }
    return true;
}

static bool
end(void *arg)
{
    struct heard *heard = arg;
    assert(heard->in_part);
    heard->in_part = false;
    add(heard, TEXT("end"));
    return true;
}

static bool
read(const char *at, size_t len, size_t step, struct heard *ret)
{
    static struct multipart multipart;
    *ret = (struct heard){0};
    const struct multipart_reader reader = {.begin = begin, .data = hear, .end = end, .arg = ret};
    const bool is_boundary = multipart_init(&multipart, TEXT("multipart/form-data; boundary=XX"), reader);
    assert(is_boundary);
    bool is_good = true;
    for (size_t i = 0; i < len && is_good; i += step) {
        is_good = multipart_take(&multipart, at + i, len - i < step ? len - i : step);
    }
    return is_good && multipart_is_whole(&multipart);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || size > 100000) {
        return 0;
    }
    static struct multipart any;
    (void)multipart_init(&any, (struct text){.at = (const char *)data, .len = size}, (struct multipart_reader){0});
    struct heard whole;
    struct heard cut;
    const bool is_good = read((const char *)data + 1, size - 1, size, &whole);
    const bool is_good_cut = read((const char *)data + 1, size - 1, (size_t)data[0] % 17 + 1, &cut);
    assert(is_good == is_good_cut);
    assert(!is_good || hash_equal(whole.hash, cut.hash));
    return 0;
}
