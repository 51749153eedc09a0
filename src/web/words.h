/* Sentences of the pages in the reader's language: a key names a whole sentence with named holes; plurals choose their
 * form by the rules of the language (CLDR). The table comes from src/web/words/PART.LANG.po (tools/wordsgen.py); the
 * build fails when a language lacks a word, and for a key written WORD("...") that does not exist. */
#ifndef WEB_WORDS_H
#define WEB_WORDS_H

#include "base/buf.h"
#include "base/ctx.h"
#include "base/money.h"

/* A key that is known when the program is built; checked by the build. */
#define WORD(key) key

/* Only templates and html_from_svg() make one: text that is already HTML. */
struct html {
    struct text text;
};

enum hole_type {
    HOLE_OF_TEXT = 1,
    HOLE_OF_USER, /* typed by a person: in <bdi> */
    HOLE_OF_INT,
    HOLE_OF_NUMBER, /* an identifier: digits only */
    HOLE_OF_MONEY,
    HOLE_OF_DATE,
    HOLE_OF_DATES,   /* Gregorian and Hijri */
    HOLE_OF_INSTANT, /* day and hour, legal time */
    HOLE_OF_HTML,
    HOLE_OF_WORD
};
struct word_hole {
    const char *name;
    enum hole_type type;
    struct text text;
    int64_t number; /* also centimes, milliseconds */
    struct date date;
};
#define HOLE_TEXT(hole, value)                                                                                         \
    {                                                                                                                  \
        .name = (hole), .type = HOLE_OF_TEXT, .text = (value)                                                          \
    }
#define HOLE_USER(hole, value)                                                                                         \
    {                                                                                                                  \
        .name = (hole), .type = HOLE_OF_USER, .text = (value)                                                          \
    }
#define HOLE_INT(hole, value)                                                                                          \
    {                                                                                                                  \
        .name = (hole), .type = HOLE_OF_INT, .number = (value)                                                         \
    }
#define HOLE_NUMBER(hole, value)                                                                                       \
    {                                                                                                                  \
        .name = (hole), .type = HOLE_OF_NUMBER, .number = (value)                                                      \
    }
#define HOLE_MONEY(hole, value)                                                                                        \
    {                                                                                                                  \
        .name = (hole), .type = HOLE_OF_MONEY, .number = (value).centimes                                              \
    }
#define HOLE_DATE(hole, value)                                                                                         \
    {                                                                                                                  \
        .name = (hole), .type = HOLE_OF_DATE, .date = (value)                                                          \
    }
#define HOLE_DATES(hole, value)                                                                                        \
    {                                                                                                                  \
        .name = (hole), .type = HOLE_OF_DATES, .date = (value)                                                         \
    }
#define HOLE_INSTANT(hole, value)                                                                                      \
    {                                                                                                                  \
        .name = (hole), .type = HOLE_OF_INSTANT, .number = (value)                                                     \
    }
#define HOLE_HTML(hole, value)                                                                                         \
    {                                                                                                                  \
        .name = (hole), .type = HOLE_OF_HTML, .text = (value).text                                                     \
    }
#define HOLE_WORD(hole, value)                                                                                         \
    {                                                                                                                  \
        .name = (hole), .type = HOLE_OF_WORD, .text = text_of(value)                                                   \
    }

enum words_for { WORDS_PLAIN = 1, WORDS_HTML, WORDS_ATTRIBUTE };

/* The sentence without holes, in that language; a key that does not exist is answered with itself, so that a word
 * of a newer law shows as its name. */
struct text words_get(enum lang lang, const char *key);
/* Whether the key exists, for keys made at run time ("fact." and its name). */
bool words_has(const char *key);
/* The sentence with its holes filled, as plain text: for titles, mail and JSON. */
struct text words_say(struct ctx *ctx, const char *key, const struct word_hole *holes, size_t count);
/* The same into a buffer, escaped as asked. */
void words_print(struct buf *buf, struct ctx *ctx, const char *key, const struct word_hole *holes, size_t count,
                 enum words_for what_for);

/* The place of the form for that number, in CLDR's order of the language's forms: ar zero one two few many other,
 * fr one many other, en one other. */
int words_form(enum lang lang, int64_t number);

#endif
