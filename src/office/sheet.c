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

/* All text is shaped at one size and scaled when drawn: nothing is hinted, so it is the same, and looking up a font for
 * each size costs milliseconds. */
#define EM 10.0
#define EM_UNITS ((int)(EM * PANGO_SCALE))

/* A paragraph as it was shaped, kept until the sheet ends: a page is measured before it is drawn. */
struct sheet_setting {
    struct text text;
    struct sheet_style style;
    double width;
    double scale; /* of the sheet */
    double size;  /* in points, after shrinking */
    PangoLayout *layout;
};

static cairo_status_t write_pdf(void *closure, const unsigned char *data, unsigned int len);
static PangoFontDescription *describe(enum sheet_face face);
static const struct err *open_face(struct arena *arena, PangoContext *context, enum sheet_face face);
static PangoContext *open_context(struct sheet *sheet, enum lang lang);
static struct sheet_setting set(struct sheet *sheet, const struct sheet_style *style, double width, struct text text);
static bool is_same(const struct sheet_setting *setting, const struct sheet_setting *wanted);
static void lay_out(struct sheet *sheet, struct sheet_setting *setting);

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
    sheet->settings = ARENA_ARRAY(arena, struct sheet_setting, SHEET_SETTINGS_MAX);
    sheet->surface = cairo_pdf_surface_create_for_stream(write_pdf, &sheet->pdf, SHEET_WIDTH, SHEET_HEIGHT);
    sheet->cairo = cairo_create(sheet->surface);
    for (enum lang lang = LANG_AR; lang < LANGS; lang++) {
        sheet->contexts[lang] = open_context(sheet, lang);
    }
}

/* tidy: functions: the sheet is what ctx is elsewhere */
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
    const struct sheet_setting setting = set(sheet, style, width, text);
    PangoRectangle logical;
    pango_layout_get_extents(setting.layout, NULL, &logical);
    if (!sheet->measures) {
        const char *tag = style->tag != NULL ? style->tag : "P";
        sheet_begin(sheet, tag, style->lang);
        sheet_colour(sheet, style->colour);
        cairo_save(sheet->cairo);
        cairo_translate(sheet->cairo, x, y);
        cairo_scale(sheet->cairo, setting.size / EM, setting.size / EM);
        cairo_move_to(sheet->cairo, 0, 0);
        pango_cairo_show_layout(sheet->cairo, setting.layout);
        cairo_restore(sheet->cairo);
        sheet_end(sheet, tag);
    }
    return (double)logical.height / PANGO_SCALE * setting.size / EM;
}

size_t
sheet_fit(struct sheet *sheet, const struct sheet_style *style, double width, struct text text, double height)
{
    if (!text_is_utf8(text) || text.len == 0 || text.len > REASON_BYTES_MAX) {
        return text.len; /* sheet_text() has a word for each */
    }
    const struct sheet_setting setting = set(sheet, style, width, text);
    PangoLayoutIter *iter = pango_layout_get_iter(setting.layout);
    size_t fits = 0;
    do {
        PangoRectangle logical;
        pango_layout_iter_get_line_extents(iter, NULL, &logical);
        if ((double)(logical.y + logical.height) / PANGO_SCALE * setting.size / EM > height) {
            break;
        }
        const PangoLayoutLine *line = pango_layout_iter_get_line_readonly(iter);
        fits = (size_t)(line->start_index + line->length);
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    return fits;
}

/* Without what hides or reorders: controls, embeddings and overrides, tags. Isolates and marks stay (sheet_text). */
struct text
sheet_visible(struct arena *arena, struct text text)
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
    if (!sheet->measures) {
        cairo_show_page(sheet->cairo);
    }
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
    while (sheet->setting_count > 0) {
        g_object_unref(sheet->settings[--sheet->setting_count].layout);
    }
    for (enum lang lang = LANG_AR; lang < LANGS; lang++) {
        g_clear_object(&sheet->contexts[lang]);
    }
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
describe(enum sheet_face face)
{
    PangoFontDescription *description = pango_font_description_new();
    pango_font_description_set_family_static(description, faces[face].families);
    pango_font_description_set_weight(description, faces[face].weight);
    pango_font_description_set_absolute_size(description, EM_UNITS);
    return description;
}

/* Shapes a few letters, which opens the files; the process may shut itself in afterwards. */
static const struct err *
open_face(struct arena *arena, PangoContext *context, enum sheet_face face)
{
    PangoLayout *layout = pango_layout_new(context);
    PangoFontDescription *description = describe(face);
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

static PangoContext *
open_context(struct sheet *sheet, enum lang lang)
{
    PangoContext *context = pango_font_map_create_context(sheet->fonts->map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_update_context(sheet->cairo, context);
    pango_cairo_context_set_resolution(context, 72.0);
    /* Paper has no pixels to round to: true advances set better and make a smaller file. */
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_base_dir(context, lang_is_rtl(lang) ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    pango_context_set_language(context, pango_language_from_string(locales[lang]));
    return context;
}

/* The paragraph shaped, from the earlier pass where it is there. The sheet owns the layout. */
static struct sheet_setting
set(struct sheet *sheet, const struct sheet_style *style, double width, struct text text)
{
    struct sheet_setting wanted = {.text = text, .style = *style, .width = width, .scale = sheet->scale};
    for (size_t i = 0; i < sheet->setting_count; i++) {
        if (is_same(&sheet->settings[i], &wanted)) {
            return sheet->settings[i];
        }
    }
    lay_out(sheet, &wanted);
    if (sheet->setting_count == SHEET_SETTINGS_MAX) {
        g_object_unref(sheet->settings[--sheet->setting_count].layout);
    }
    sheet->settings[sheet->setting_count++] = wanted;
    return wanted;
}

static bool
is_same(const struct sheet_setting *setting, const struct sheet_setting *wanted)
{
    const struct sheet_style *a = &setting->style;
    const struct sheet_style *b = &wanted->style;
    return text_equal(setting->text, wanted->text) && a->face == b->face && a->lang == b->lang &&
           a->align == b->align && a->lines == b->lines && !(a->size < b->size) && !(a->size > b->size) &&
           !(a->size_min < b->size_min) && !(a->size_min > b->size_min) && !(setting->width < wanted->width) &&
           !(setting->width > wanted->width) && !(setting->scale < wanted->scale) && !(setting->scale > wanted->scale);
}

static void
lay_out(struct sheet *sheet, struct sheet_setting *setting)
{
    const struct sheet_style *style = &setting->style;
    bool is_rtl = lang_is_rtl(style->lang);
    PangoLayout *layout = pango_layout_new(sheet->contexts[style->lang]);
    PangoFontDescription *description = describe(style->face);
    pango_layout_set_font_description(layout, description);
    pango_font_description_free(description);
    /* The language decides the direction, not the first letter: an Arabic line may begin with a French name. */
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_line_spacing(layout, is_rtl ? LINE_SPACING_AR : LINE_SPACING_LATIN);
    bool is_right = is_rtl ? style->align == SHEET_START : style->align == SHEET_END;
    pango_layout_set_alignment(layout, style->align == SHEET_CENTRE ? PANGO_ALIGN_CENTER
                                       : is_right                   ? PANGO_ALIGN_RIGHT
                                                                    : PANGO_ALIGN_LEFT);
    struct text shown = sheet_visible(sheet->arena, setting->text);
    pango_layout_set_text(layout, shown.at, (int)shown.len);
    setting->layout = layout;
    for (double size = style->size;; size *= SHRINK_STEP) {
        setting->size = size * sheet->scale;
        pango_layout_set_width(layout, (int)(setting->width * EM_UNITS / setting->size));
        if (style->size_min <= 0 || size * SHRINK_STEP < style->size_min ||
            pango_layout_get_line_count(layout) <= style->lines) {
            return;
        }
    }
}
