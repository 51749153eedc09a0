/* Folding of Arabic and of French text, beside utf8proc's decomposition, case folding and stripping of marks of the
 * same bytes. Prints MB/s of both and their ratio; the bar is 5 (BUDGETS). */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <utf8proc.h>

#include "base/buf.h"
#include "base/fold.h"
#include "base/limits.h"

enum { TEXT_BYTES = 1024 * 1024, ROUNDS = 5 };

static double rate_of_fold(struct arena *arena, struct text text);
static double rate_of_utf8proc(struct text text);
static double seconds(void);

int
main(void)
{
    static const struct {
        const char *name;
        struct text line;
    } samples[] = {
        {"arabic",
         TEXT_INIT("يُمنح رخصةَ التصوير المركزُ السينمائيّ المغربيّ بعد دراسة الملفّ، وتُبلَّغ إلى صاحب الطلب في ١٥ يوماً. "
                   "قاعة الأفلام والسينما بالدار البيضاء تفتح أبوابها مساءً للجمهور الكريم. ")},
        {"french",
         TEXT_INIT("Le Centre délivre l'autorisation après l'étude du dossier, où chaque pièce a été vérifiée. "
                   "La salle ouvre ses portes le soir même. ")},
    };
    struct arena *arena = arena_new(ARENA_BYTES_MAX);
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        struct buf buf = buf_new(arena, TEXT_BYTES);
        while (!buf.overflowed) {
            buf_text(&buf, samples[i].line);
        }
        const double ours = rate_of_fold(arena, buf_built(&buf));
        const double theirs = rate_of_utf8proc(buf_built(&buf));
        printf("fold %s: %.0f MB/s, utf8proc %.0f MB/s, ratio %.1f\n", samples[i].name, ours, theirs, ours / theirs);
    }
    arena_free(arena);
    return EXIT_SUCCESS;
}

/* The best of some rounds: the machine may be shared. */
static double
rate_of_fold(struct arena *arena, struct text text)
{
    double best = 0;
    for (int round = 0; round < ROUNDS * 10; round++) {
        const struct arena_mark mark = arena_mark(arena);
        const double begin = seconds();
        const struct text folded = fold(arena, text);
        const double rate = (double)text.len / (seconds() - begin) / 1e6;
        if (folded.len == 0) {
            abort();
        }
        best = rate > best ? rate : best;
        arena_rewind(arena, mark);
    }
    return best;
}

static double
rate_of_utf8proc(struct text text)
{
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
        utf8proc_uint8_t *out = NULL;
        const double begin = seconds();
        const utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)text.at, (utf8proc_ssize_t)text.len, &out,
                                                  UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
        const double rate = (double)text.len / (seconds() - begin) / 1e6;
        if (len <= 0) {
            abort();
        }
        free(out);
        best = rate > best ? rate : best;
    }
    return best;
}

static double
seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}
