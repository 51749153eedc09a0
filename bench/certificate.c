/* Times a certificate beside a bare cairo and pango page: the same words in the same fonts and sizes, as plain
 * paragraphs, without frame, code, structure, attachments or metadata. Both in one run, in turn, with the same open
 * fonts; then both as a process that has opened no font yet pays for them.
 *
 *   ninja -C build bench/certificate && build/bench/certificate [rounds]
 *
 * Bar (BUDGETS.md): at most 1.3 x the bare page, at most 80 KB. */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/limits.h"
#include "office/certificate_words.h"
#include "office/sheet.h"
#include "tests/unit/office/certificate_sample.h"

enum { ROUNDS = 200, COLD_ROUNDS = 20, ROUNDS_MAX = 10000 };

struct run {
    struct arena *arena;
    struct sheet_fonts fonts;
    struct certificate certificate;
    size_t bytes;
};

static int64_t
now_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void
must(struct run *run, const struct err *err)
{
    if (err != NULL) {
        (void)fprintf(stderr, "%s\n", err_print(run->arena, err));
        exit(1);
    }
}

static int64_t
time_certificate(struct run *run)
{
    int64_t start = now_ns();
    struct text pdf;
    must(run, certificate_pdf(run->arena, &run->fonts, &run->certificate, &pdf));
    run->bytes = pdf.len;
    return now_ns() - start;
}

static cairo_status_t
count_bytes(void *closure, const unsigned char *data, unsigned int len)
{
    (void)data;
    *(size_t *)closure += len;
    return CAIRO_STATUS_SUCCESS;
}

struct bare {
    cairo_t *cairo;
    PangoLayout *layout;
    double y;
};

static void
put(struct bare *bare, const char *font, struct text text)
{
    if (text.len == 0) {
        return;
    }
    PangoFontDescription *description = pango_font_description_from_string(font);
    pango_layout_set_font_description(bare->layout, description);
    pango_font_description_free(description);
    pango_layout_set_text(bare->layout, text.at, (int)text.len);
    cairo_move_to(bare->cairo, 60, bare->y);
    pango_cairo_show_layout(bare->cairo, bare->layout);
    int height = 0;
    pango_layout_get_pixel_size(bare->layout, NULL, &height);
    bare->y += height * 0.5;
}

static void
put_words(struct bare *bare, const char *ar, const char *latin, struct in_languages words)
{
    put(bare, ar, words.ar);
    put(bare, latin, words.latin);
}

static void
put_all(struct bare *bare, const struct certificate *certificate)
{
    const char *ar = "Amiri,Noto Sans 10";
    const char *latin = "Noto Sans,Amiri 7";
    const char *ar_bold = "Amiri,Noto Sans Bold 16";
    const char *latin_bold = "Noto Sans,Amiri Bold 11";
    put_words(bare, ar, latin, certificate->state);
    put_words(bare, ar_bold, latin_bold, certificate->centre);
    put_words(bare, ar_bold, latin_bold, certificate->title);
    put_words(bare, ar, latin_bold, (struct in_languages){.latin = certificate->number});
    put_words(bare, ar, latin, certificate->recital);
    put_words(bare, ar_bold, latin_bold, certificate->holder);
    const struct in_languages plain[] = {
        certificate->legal_form,       certificate->rc,
        certificate->manager,          certificate->seat,
        certificate->capital,          certificate->granted_on,
        certificate->granted_on_hijri, certificate->validity,
        certificate->status,           certificate->signature.basis,
    };
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        put_words(bare, ar, latin, plain[i]);
    }
    for (enum certificate_word word = WORD_NUMBER; word < CERTIFICATE_WORDS; word++) {
        put(bare, ar, certificate_word(word, LANG_AR));
        put(bare, latin, certificate_word(word, LANG_FR));
    }
    for (size_t i = 0; i < certificate->norm_count; i++) {
        put(bare, latin, certificate->norms[i]);
    }
    put_words(bare, ar_bold, latin_bold, certificate->signature.capacity);
    put_words(bare, ar_bold, latin_bold, certificate->signature.name);
    put(bare, ar, signature_level_words(SIGNATURE_SIMPLE, LANG_AR));
    put(bare, latin, signature_level_words(SIGNATURE_SIMPLE, LANG_FR));
    put(bare, latin, certificate->ice);
    put(bare, latin_bold, certificate->short_hash);
    put(bare, latin_bold, certificate->origin);
    put(bare, latin, certificate->base_url);
}

static int64_t
time_bare(struct run *run)
{
    int64_t start = now_ns();
    size_t bytes = 0;
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(count_bytes, &bytes, SHEET_WIDTH, SHEET_HEIGHT);
    struct bare bare = {.cairo = cairo_create(surface), .y = 20};
    PangoContext *context = pango_font_map_create_context(run->fonts.map);
    pango_cairo_update_context(bare.cairo, context);
    bare.layout = pango_layout_new(context);
    pango_layout_set_width(bare.layout, 470 * PANGO_SCALE);
    put_all(&bare, &run->certificate);
    g_object_unref(bare.layout);
    g_object_unref(context);
    cairo_destroy(bare.cairo);
    cairo_surface_finish(surface);
    cairo_surface_destroy(surface);
    return now_ns() - start;
}

static int
compare(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

/* Opens the fonts anew before each, when they are to be cold; medians in microseconds. */
static void
measure(struct run *run, size_t rounds, bool is_cold)
{
    static int64_t bare[ROUNDS_MAX];
    static int64_t full[ROUNDS_MAX];
    for (size_t i = 0; i < rounds; i++) {
        struct arena_mark mark = arena_mark(run->arena);
        for (int turn = 0; turn < 2; turn++) {
            int64_t start = now_ns();
            if (is_cold) {
                sheet_fonts_close(&run->fonts);
                must(run, sheet_fonts_open(run->arena, &run->fonts));
            }
            int64_t opening = now_ns() - start;
            bool is_bare = (turn == 0) == (i % 2 == 0);
            int64_t took = is_bare ? time_bare(run) : time_certificate(run);
            (is_bare ? bare : full)[i] = took + opening;
        }
        arena_rewind(run->arena, mark);
    }
    qsort(bare, rounds, sizeof bare[0], compare);
    qsort(full, rounds, sizeof full[0], compare);
    int64_t bare_us = bare[rounds / 2] / 1000;
    int64_t full_us = full[rounds / 2] / 1000;
    printf("%-12s bare page %6lld us   certificate %6lld us   ratio %lld.%02lld   (medians of %zu)\n",
           is_cold ? "fonts anew" : "fonts open", (long long)bare_us, (long long)full_us,
           (long long)(full_us / bare_us), (long long)(full_us * 100 / bare_us % 100), rounds);
}

int
main(int argc, char **argv)
{
    int64_t rounds = ROUNDS;
    if (argc > 1 && (!text_to_int64(text_of(argv[1]), &rounds) || rounds < 1 || rounds > ROUNDS_MAX)) {
        (void)fprintf(stderr, "certificate [rounds]\n");
        return 2;
    }
    struct run run = {.arena = arena_new(ARENA_BYTES_MAX)};
    run.certificate = sample_certificate(run.arena);
    must(&run, sheet_fonts_open(run.arena, &run.fonts));
    (void)time_certificate(&run);
    (void)time_bare(&run);
    measure(&run, (size_t)rounds, false);
    measure(&run, COLD_ROUNDS, true);
    printf("size         %zu bytes\n", run.bytes);
    sheet_fonts_close(&run.fonts);
    arena_free(run.arena);
    return 0;
}
