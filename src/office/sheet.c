#include "office/sheet.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <string.h>

/* Fallbacks are named: without them Arabic inside a French line falls to whatever font comes first. */
static const struct {
    const char *families;
    const char *first;
    PangoWeight weight;
    const char *probe;
} faces[SHEET_FACES] = {
    [SHEET_AR] = {"Amiri,Noto Sans", "Amiri", PANGO_WEIGHT_NORMAL, "المركز 0123456789 Az"},
    [SHEET_AR_BOLD] = {"Amiri,Noto Sans", "Amiri", PANGO_WEIGHT_BOLD, "المركز 0123456789 Az"},
    [SHEET_LATIN] = {"Noto Sans,Amiri", "Noto Sans", PANGO_WEIGHT_NORMAL, "Centre 0123456789 م"},
    [SHEET_LATIN_BOLD] = {"Noto Sans,Amiri", "Noto Sans", PANGO_WEIGHT_BOLD, "Centre 0123456789 م"},
    [SHEET_TIFINAGH] = {"Noto Sans Tifinagh,Noto Sans,Amiri", NULL, PANGO_WEIGHT_NORMAL, "ⵉ"},
};

static const char *const locales[LANGS] = {
    [LANG_AR] = "ar-ma", [LANG_FR] = "fr-ma", [LANG_EN] = "en", [LANG_ZGH] = "zgh"};

const struct sheet_colour SHEET_INK = {0.09, 0.10, 0.12};
const struct sheet_colour SHEET_SOFT = {0.32, 0.34, 0.36};
const struct sheet_colour SHEET_GREEN = {0.04, 0.29, 0.23};
const struct sheet_colour SHEET_GOLD = {0.62, 0.47, 0.17};

/* Amiri leaves room for stacked vowel signs between its lines; running text needs less. */
#define LINE_SPACING_AR 0.80F
#define LINE_SPACING_LATIN 0.92F
#define SHRINK_STEP 0.94

static cairo_status_t write_pdf(void *closure, const unsigned char *data, unsigned int len);
static PangoFontDescription *describe(enum sheet_face face, double size);
static const struct err *open_face(struct arena *arena, PangoContext *context, enum sheet_face face);
static PangoLayout *lay_out(struct sheet *sheet, const struct sheet_style *style, double width, struct text text);
static struct text visible(struct arena *arena, struct text text);

const struct err *
sheet_fonts_open(struct arena *arena, struct sheet_fonts *fonts)
{
    fonts->map = pango_cairo_font_map_new();
    PangoContext *context = pango_font_map_create_context(fonts->map);
    const struct err *err = NULL;
    for (enum sheet_face face = SHEET_AR; face < SHEET_FACES && err == NULL; face++) {
        err = open_face(arena, context, face);
    }
    g_object_unref(context);
    if (err != NULL) {
        sheet_fonts_close(fonts);
    }
    return err;
}

void
sheet_fonts_close(struct sheet_fonts *fonts)
{
    g_clear_object(&fonts->map);
}

void
sheet_open(struct sheet *sheet, struct arena *arena, struct sheet_fonts *fonts)
{
    *sheet = (struct sheet){.arena = arena, .fonts = fonts, .scale = 1.0, .pdf = buf_new(arena, SHEET_BYTES_MAX)};
    sheet->tag_langs = ARENA_ARRAY(arena, enum lang, SHEET_TAGS_MAX);
    sheet->surface = cairo_pdf_surface_create_for_stream(write_pdf, &sheet->pdf, SHEET_WIDTH, SHEET_HEIGHT);
    sheet->cairo = cairo_create(sheet->surface);
    sheet->pango = pango_font_map_create_context(fonts->map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(sheet->pango, options);
    cairo_font_options_destroy(options);
    /* Paper has no pixels to round to: true advances set better and make a smaller file. */
    pango_context_set_round_glyph_positions(sheet->pango, FALSE);
    pango_cairo_update_context(sheet->cairo, sheet->pango);
    pango_cairo_context_set_resolution(sheet->pango, 72.0);
}

double
sheet_text(struct sheet *sheet, const struct sheet_style *style, double x, double y, double width, struct text text)
{
    if (text.len == 0) {
        return 0;
    }
    if (!text_is_utf8(text)) {
        sheet->is_broken_utf8 = true;
        return 0;
    }
    if (text.len > REASON_BYTES_MAX) {
        sheet->is_full = true;
        return 0;
    }
    PangoLayout *layout = lay_out(sheet, style, width, text);
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    if (!sheet->measures) {
        const char *tag = style->tag != NULL ? style->tag : "P";
        sheet_begin(sheet, tag, style->lang);
        sheet_colour(sheet, style->colour);
        cairo_move_to(sheet->cairo, x, y);
        pango_cairo_show_layout(sheet->cairo, layout);
        sheet_end(sheet, tag);
    }
    g_object_unref(layout);
    return (double)logical.height / PANGO_SCALE;
}

void
sheet_begin(struct sheet *sheet, const char *tag, enum lang lang)
{
    if (!sheet->measures) {
        if (sheet->tag_count < SHEET_TAGS_MAX) {
            sheet->tag_langs[sheet->tag_count++] = lang;
        } else {
            sheet->is_full = true;
        }
        cairo_tag_begin(sheet->cairo, tag, NULL);
    }
}

void
sheet_end(struct sheet *sheet, const char *tag)
{
    if (!sheet->measures) {
        cairo_tag_end(sheet->cairo, tag);
    }
}

void
sheet_colour(struct sheet *sheet, struct sheet_colour colour)
{
    cairo_set_source_rgb(sheet->cairo, colour.red, colour.green, colour.blue);
}

void
sheet_rule(struct sheet *sheet, double x, double y, double width, struct sheet_colour colour)
{
    if (sheet->measures) {
        return;
    }
    sheet_colour(sheet, colour);
    cairo_set_line_width(sheet->cairo, 0.5);
    cairo_move_to(sheet->cairo, x, y);
    cairo_line_to(sheet->cairo, x + width, y);
    cairo_stroke(sheet->cairo);
}

void
sheet_next_page(struct sheet *sheet)
{
    cairo_show_page(sheet->cairo);
}

const struct err *
sheet_finish(struct sheet *sheet, struct text *ret_pdf)
{
    cairo_status_t drawing = cairo_status(sheet->cairo);
    cairo_surface_finish(sheet->surface);
    cairo_status_t writing = cairo_surface_status(sheet->surface);
    sheet_close(sheet);
    if (sheet->is_broken_utf8) {
        return FAIL(sheet->arena, ERR_UTF8, "a text to print is not UTF-8");
    }
    if (sheet->pdf.overflowed || sheet->is_full) {
        return FAIL(sheet->arena, ERR_TOO_LARGE, "more than %d bytes or %d paragraphs", SHEET_BYTES_MAX,
                    SHEET_TAGS_MAX);
    }
    if (drawing != CAIRO_STATUS_SUCCESS || writing != CAIRO_STATUS_SUCCESS) {
        return FAIL(sheet->arena, ERR_INTERNAL, "cairo: %s, %s", cairo_status_to_string(drawing),
                    cairo_status_to_string(writing));
    }
    *ret_pdf = buf_built(&sheet->pdf);
    return NULL;
}

void
sheet_close(struct sheet *sheet)
{
    g_clear_object(&sheet->pango);
    g_clear_pointer(&sheet->cairo, cairo_destroy);
    g_clear_pointer(&sheet->surface, cairo_surface_destroy);
}

static cairo_status_t
write_pdf(void *closure, const unsigned char *data, unsigned int len)
{
    struct buf *pdf = closure;
    buf_bytes(pdf, data, len);
    return pdf->overflowed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static PangoFontDescription *
describe(enum sheet_face face, double size)
{
    PangoFontDescription *description = pango_font_description_new();
    pango_font_description_set_family_static(description, faces[face].families);
    pango_font_description_set_weight(description, faces[face].weight);
    pango_font_description_set_absolute_size(description, size * PANGO_SCALE);
    return description;
}

/* Shapes a few letters, which opens the files; the process may shut itself in afterwards. */
static const struct err *
open_face(struct arena *arena, PangoContext *context, enum sheet_face face)
{
    PangoLayout *layout = pango_layout_new(context);
    PangoFontDescription *description = describe(face, 10.0);
    pango_layout_set_font_description(layout, description);
    pango_layout_set_text(layout, faces[face].probe, -1);
    PangoRectangle ink;
    pango_layout_get_extents(layout, &ink, NULL);
    PangoFont *font = pango_context_load_font(context, description);
    const struct err *err = NULL;
    if (font != NULL && faces[face].first != NULL) {
        PangoFontDescription *found = pango_font_describe(font);
        const char *family = pango_font_description_get_family(found);
        if (family == NULL || strcmp(family, faces[face].first) != 0) {
            err = FAIL(arena, ERR_IO, "font %s is not installed", faces[face].first);
        }
        pango_font_description_free(found);
    } else if (font == NULL) {
        err = FAIL(arena, ERR_IO, "no font for %s", faces[face].families);
    }
    g_clear_object(&font);
    pango_font_description_free(description);
    g_object_unref(layout);
    return err;
}

static PangoLayout *
lay_out(struct sheet *sheet, const struct sheet_style *style, double width, struct text text)
{
    bool is_rtl = lang_is_rtl(style->lang);
    pango_context_set_base_dir(sheet->pango, is_rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    pango_context_set_language(sheet->pango, pango_language_from_string(locales[style->lang]));
    PangoLayout *layout = pango_layout_new(sheet->pango);
    /* The language decides the direction, not the first letter: an Arabic line may begin with a French name. */
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_line_spacing(layout, is_rtl ? LINE_SPACING_AR : LINE_SPACING_LATIN);
    bool is_right = is_rtl ? style->align == SHEET_START : style->align == SHEET_END;
    pango_layout_set_alignment(layout, style->align == SHEET_CENTRE ? PANGO_ALIGN_CENTER
                                       : is_right                   ? PANGO_ALIGN_RIGHT
                                                                    : PANGO_ALIGN_LEFT);
    struct text shown = visible(sheet->arena, text);
    pango_layout_set_text(layout, shown.at, (int)shown.len);
    double size = style->size;
    for (;;) {
        PangoFontDescription *description = describe(style->face, size * sheet->scale);
        pango_layout_set_font_description(layout, description);
        pango_font_description_free(description);
        if (style->size_min <= 0 || size * SHRINK_STEP < style->size_min ||
            pango_layout_get_line_count(layout) <= style->lines) {
            return layout;
        }
        size *= SHRINK_STEP;
    }
}

/* Without what hides or reorders: controls, embeddings and overrides, tags. Isolates and marks stay (sheet_text). */
static struct text
visible(struct arena *arena, struct text text)
{
    if (!text_has_hidden(text)) {
        return text;
    }
    struct buf buf = buf_new(arena, text.len);
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t point = text_next(text, &at);
        bool is_control = point < 0x20 || (point >= 0x7F && point < 0xA0);
        bool is_override = (point >= 0x202A && point <= 0x202E) || point == 0xFEFF;
        bool is_tag = point >= 0xE0000 && point <= 0xE007F;
        if (point == '\n' || (!is_control && !is_override && !is_tag)) {
            buf_text(&buf, text_slice(text, from, at));
        }
    }
    return buf_built(&buf);
}
