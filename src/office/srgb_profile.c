#include "office/srgb_profile.h"

#include <assert.h>
#include <string.h>

#include "base/buf.h"

enum { HEADER_BYTES = 128, PROFILE_BYTES_MAX = 1024, WORDS_MAX = 12 };

/* Tag data as big-endian 32-bit words behind the type signature and four zero bytes. Numbers are s15Fixed16. */
struct data {
    const char *type;
    uint32_t words[WORDS_MAX];
    size_t count;
    const char *text; /* of type mluc */
};

enum { NAME, COPYRIGHT, WHITE, ADAPTATION, RED, GREEN, BLUE, CURVE, DATA_COUNT };

/* Primaries adapted from D65 to D50 (Bradford), and the curve Y = (aX + b)^g above d, cX below. */
static const struct data data[DATA_COUNT] = {
    [NAME] = {.type = "mluc", .text = "sRGB"},
    [COPYRIGHT] = {.type = "mluc", .text = "No copyright, use freely"},
    [WHITE] = {"XYZ ", {0xF6D6, 0x10000, 0xD32D}, 3, NULL},
    [ADAPTATION] = {"sf32",
                    {0x10C42, 0x5DE, 0xFFFFF326, 0x793, 0xFD90, 0xFFFFFBA1, 0xFFFFFDA2, 0x3DC, 0xC06E},
                    9,
                    NULL},
    [RED] = {"XYZ ", {0x6FA2, 0x38F5, 0x390}, 3, NULL},
    [GREEN] = {"XYZ ", {0x6299, 0xB785, 0x18DA}, 3, NULL},
    [BLUE] = {"XYZ ", {0x24A0, 0xF84, 0xB6CF}, 3, NULL},
    [CURVE] = {"para", {0x30000, 0x26666, 0xF2A7, 0xD59, 0x13D0, 0xA5B}, 6, NULL},
};

static const struct {
    const char *signature;
    int data;
} tags[] = {
    {"desc", NAME},  {"cprt", COPYRIGHT}, {"wtpt", WHITE}, {"chad", ADAPTATION}, {"rXYZ", RED},
    {"gXYZ", GREEN}, {"bXYZ", BLUE},      {"rTRC", CURVE}, {"gTRC", CURVE},      {"bTRC", CURVE},
};
enum { TAG_COUNT = sizeof tags / sizeof tags[0] };

static void put_header(struct buf *buf, size_t total);
static void put_data(struct buf *buf, const struct data *from);
static void put_word(struct buf *buf, uint32_t value);

struct text
srgb_profile(struct arena *arena)
{
    struct buf body = buf_new(arena, PROFILE_BYTES_MAX);
    uint32_t from[DATA_COUNT];
    uint32_t len[DATA_COUNT];
    const size_t body_at = HEADER_BYTES + 4 + TAG_COUNT * 12;
    for (int i = 0; i < DATA_COUNT; i++) {
        size_t before = buf_built(&body).len;
        put_data(&body, &data[i]);
        from[i] = (uint32_t)(body_at + before);
        len[i] = (uint32_t)(buf_built(&body).len - before);
        while (buf_built(&body).len % 4 != 0) {
            buf_char(&body, 0);
        }
    }
    struct buf profile = buf_new(arena, PROFILE_BYTES_MAX);
    put_header(&profile, body_at + buf_built(&body).len);
    put_word(&profile, TAG_COUNT);
    for (size_t i = 0; i < TAG_COUNT; i++) {
        buf_cstr(&profile, tags[i].signature);
        put_word(&profile, from[tags[i].data]);
        put_word(&profile, len[tags[i].data]);
    }
    buf_text(&profile, buf_built(&body));
    assert(!profile.overflowed && !body.overflowed);
    return buf_built(&profile);
}

static void
put_header(struct buf *buf, size_t total)
{
    uint8_t header[HEADER_BYTES] = {0};
    for (int i = 0; i < 4; i++) {
        header[i] = (uint8_t)(total >> (24 - 8 * i));
    }
    header[8] = 4; /* version 4.2 */
    header[9] = 0x20;
    memcpy(header + 12, "mntrRGB XYZ ", 12);
    /* The date of the profile, 2004-10-01, that of the edition it follows: a fixed one keeps documents identical. */
    static const uint8_t date[] = {0x07, 0xD4, 0, 10, 0, 1};
    memcpy(header + 24, date, sizeof date);
    memcpy(header + 36, "acsp", 4);
    static const uint8_t illuminant[] = {0, 0, 0xF6, 0xD6, 0, 1, 0, 0, 0, 0, 0xD3, 0x2D};
    memcpy(header + 68, illuminant, sizeof illuminant);
    buf_bytes(buf, header, sizeof header);
}

static void
put_data(struct buf *buf, const struct data *from)
{
    buf_cstr(buf, from->type);
    put_word(buf, 0);
    for (size_t i = 0; i < from->count; i++) {
        put_word(buf, from->words[i]);
    }
    if (from->text != NULL) { /* one record, en-US, UTF-16BE behind 28 bytes */
        size_t length = strlen(from->text);
        put_word(buf, 1);
        put_word(buf, 12);
        buf_cstr(buf, "enUS");
        put_word(buf, (uint32_t)(2 * length));
        put_word(buf, 28);
        for (size_t i = 0; i < length; i++) {
            buf_char(buf, 0);
            buf_char(buf, from->text[i]);
        }
    }
}

static void
put_word(struct buf *buf, uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8) {
        buf_char(buf, (char)(uint8_t)(value >> shift));
    }
}
