#include "office/sheet_ornament.h"

#include <math.h>

#define PALE_GREEN ((struct sheet_colour){0.905, 0.940, 0.920})
#define BAND_GREEN ((struct sheet_colour){0.32, 0.52, 0.45})
#define WATERMARK_RED ((struct sheet_colour){0.955, 0.860, 0.850})

/* One period of the band: TILE long, BAND high, so many waves. Drawn once, placed often: the PDF holds it once. */
#define TILE 26.0
#define BAND 16.0
enum { BAND_WAVES = 8, STAR_POINTS = 8, IRIS_BLADES = 8, PERFORATIONS = 24, ROSETTE_PETALS = 18 };

static cairo_surface_t *band_tile(void);
static void side(struct sheet *sheet, cairo_surface_t *tile, double length);
static void wave(cairo_t *cairo, double amplitude, double phase);
static void circle(cairo_t *cairo);
static void star(cairo_t *cairo, double x, double y, double radius);
static void frame(cairo_t *cairo, double margin, double line_width);

void
sheet_border(struct sheet *sheet, double margin)
{
    cairo_t *cairo = sheet->cairo;
    cairo_save(cairo);
    sheet_colour(sheet, SHEET_GREEN);
    frame(cairo, margin, 1.4);
    sheet_colour(sheet, SHEET_GOLD);
    frame(cairo, margin + 3.0, 0.4);
    sheet_colour(sheet, SHEET_GREEN);
    frame(cairo, margin + SHEET_BORDER - 3.0, 0.4);
    frame(cairo, margin + SHEET_BORDER, 0.9);

    cairo_surface_t *tile = band_tile();
    double middle = margin + SHEET_BORDER / 2.0;
    double across = SHEET_WIDTH - 2.0 * middle;
    double down = SHEET_HEIGHT - 2.0 * middle;
    const struct {
        double x, y, turn, length;
    } sides[] = {{middle, middle, 0, across},
                 {SHEET_WIDTH - middle, middle, M_PI_2, down},
                 {SHEET_WIDTH - middle, SHEET_HEIGHT - middle, M_PI, across},
                 {middle, SHEET_HEIGHT - middle, 3 * M_PI_2, down}};
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        cairo_save(cairo);
        cairo_translate(cairo, sides[i].x, sides[i].y);
        cairo_rotate(cairo, sides[i].turn);
        side(sheet, tile, sides[i].length);
        cairo_restore(cairo);
    }
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        cairo_set_source_rgb(cairo, 1, 1, 1);
        star(cairo, sides[i].x, sides[i].y, 9.4);
        cairo_fill_preserve(cairo);
        sheet_colour(sheet, SHEET_GREEN);
        cairo_set_line_width(cairo, 0.7);
        cairo_stroke(cairo);
        sheet_colour(sheet, SHEET_GOLD);
        star(cairo, sides[i].x, sides[i].y, 4.6);
        cairo_fill(cairo);
    }
    cairo_surface_destroy(tile);
    cairo_restore(cairo);
}

void
sheet_rosette(struct sheet *sheet, double x, double y, double radius)
{
    cairo_t *cairo = sheet->cairo;
    cairo_save(cairo);
    sheet_colour(sheet, PALE_GREEN);
    cairo_set_line_width(cairo, 0.55);
    for (int petal = 0; petal < ROSETTE_PETALS; petal++) {
        cairo_save(cairo);
        cairo_translate(cairo, x, y);
        cairo_rotate(cairo, petal * M_PI / ROSETTE_PETALS);
        cairo_scale(cairo, radius, radius * 0.42);
        circle(cairo);
        cairo_restore(cairo);
    }
    cairo_stroke(cairo);
    cairo_restore(cairo);
}

void
sheet_mark(struct sheet *sheet, double x, double y, double radius)
{
    cairo_t *cairo = sheet->cairo;
    cairo_save(cairo);
    cairo_translate(cairo, x, y);
    sheet_colour(sheet, SHEET_GREEN);
    star(cairo, 0, 0, radius);
    cairo_fill(cairo);
    sheet_colour(sheet, SHEET_GOLD);
    cairo_set_line_width(cairo, radius * 0.035);
    star(cairo, 0, 0, radius * 0.90);
    cairo_stroke(cairo);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_arc(cairo, 0, 0, radius * 0.60, 0, 2 * M_PI);
    cairo_fill(cairo);
    sheet_colour(sheet, SHEET_GREEN);
    for (int hole = 0; hole < PERFORATIONS; hole++) {
        cairo_save(cairo);
        cairo_rotate(cairo, hole * 2 * M_PI / PERFORATIONS);
        cairo_rectangle(cairo, radius * 0.50, -radius * 0.035, radius * 0.06, radius * 0.07);
        cairo_restore(cairo);
    }
    cairo_fill(cairo);
    cairo_arc(cairo, 0, 0, radius * 0.44, 0, 2 * M_PI);
    cairo_fill(cairo);
    /* The iris: each blade's edge touches the opening and ends on the ring. */
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_set_line_width(cairo, radius * 0.028);
    for (int blade = 0; blade < IRIS_BLADES; blade++) {
        double turn = blade * 2 * M_PI / IRIS_BLADES;
        double end = turn + 1.35;
        cairo_move_to(cairo, radius * 0.17 * cos(turn), radius * 0.17 * sin(turn));
        cairo_line_to(cairo, radius * 0.44 * cos(end), radius * 0.44 * sin(end));
    }
    cairo_stroke(cairo);
    for (int blade = 0; blade < IRIS_BLADES; blade++) {
        double turn = blade * 2 * M_PI / IRIS_BLADES;
        cairo_line_to(cairo, radius * 0.17 * cos(turn), radius * 0.17 * sin(turn));
    }
    cairo_close_path(cairo);
    cairo_fill(cairo);
    cairo_restore(cairo);
}

void
sheet_flourish(struct sheet *sheet, double x, double y, double width)
{
    if (sheet->measures) {
        return;
    }
    sheet_rule(sheet, x - width / 2, y, width / 2 - 9, SHEET_GOLD);
    sheet_rule(sheet, x + 9, y, width / 2 - 9, SHEET_GOLD);
    star(sheet->cairo, x, y, 4.2);
    cairo_fill(sheet->cairo);
}

void
sheet_watermark(struct sheet *sheet, struct text ar, struct text latin, struct text other)
{
    struct sheet_style style = {SHEET_AR_BOLD, LANG_AR, SHEET_CENTRE, 104, 30, 1, WATERMARK_RED, NULL};
    double width = 600; /* as much as lies inside the frame at this slant */
    cairo_save(sheet->cairo);
    cairo_translate(sheet->cairo, SHEET_WIDTH / 2, SHEET_HEIGHT / 2);
    cairo_rotate(sheet->cairo, -M_PI / 3.6);
    (void)sheet_text(sheet, &style, -width / 2, -190, width, ar);
    style.face = SHEET_LATIN_BOLD;
    style.size = 88;
    style.lang = LANG_FR;
    (void)sheet_text(sheet, &style, -width / 2, -52, width, latin);
    style.lang = LANG_EN;
    (void)sheet_text(sheet, &style, -width / 2, 72, width, other);
    cairo_restore(sheet->cairo);
}

static cairo_surface_t *
band_tile(void)
{
    cairo_rectangle_t extents = {0, -BAND / 2 - 1, TILE, BAND + 2};
    cairo_surface_t *tile = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extents);
    cairo_t *cairo = cairo_create(tile);
    cairo_set_source_rgb(cairo, BAND_GREEN.red, BAND_GREEN.green, BAND_GREEN.blue);
    cairo_set_line_width(cairo, 0.3);
    for (int i = 0; i < BAND_WAVES; i++) {
        double phase = i * 2 * M_PI / BAND_WAVES;
        wave(cairo, BAND / 2, phase);
        wave(cairo, BAND / 4, phase);
    }
    cairo_stroke(cairo);
    cairo_destroy(cairo);
    return tile;
}

static void
side(struct sheet *sheet, cairo_surface_t *tile, double length)
{
    double count = floor(length / TILE);
    cairo_scale(sheet->cairo, length / (count * TILE), 1);
    cairo_set_source_surface(sheet->cairo, tile, 0, 0);
    cairo_pattern_set_extend(cairo_get_source(sheet->cairo), CAIRO_EXTEND_REPEAT);
    cairo_rectangle(sheet->cairo, 0, -BAND / 2 - 1, count * TILE, BAND + 2);
    cairo_fill(sheet->cairo);
}

/* A sine over one tile in Hermite pieces of a quarter period, which no eye tells from the curve. */
static void
wave(cairo_t *cairo, double amplitude, double phase)
{
    enum { PIECES = 4 };
    double step = TILE / PIECES;
    double turn = 2 * M_PI / TILE;
    cairo_move_to(cairo, 0, amplitude * sin(phase));
    for (int i = 0; i < PIECES; i++) {
        double from = i * step;
        double to = from + step;
        double slope_from = amplitude * turn * cos(turn * from + phase);
        double slope_to = amplitude * turn * cos(turn * to + phase);
        cairo_curve_to(cairo, from + step / 3, amplitude * sin(turn * from + phase) + slope_from * step / 3,
                       to - step / 3, amplitude * sin(turn * to + phase) - slope_to * step / 3, to,
                       amplitude * sin(turn * to + phase));
    }
}

/* Around the origin, radius 1, in four curves: cairo_arc() takes more of them than a pale line needs. */
static void
circle(cairo_t *cairo)
{
    const double k = 0.5523;
    cairo_move_to(cairo, 1, 0);
    cairo_curve_to(cairo, 1, k, k, 1, 0, 1);
    cairo_curve_to(cairo, -k, 1, -1, k, -1, 0);
    cairo_curve_to(cairo, -1, -k, -k, -1, 0, -1);
    cairo_curve_to(cairo, k, -1, 1, -k, 1, 0);
    cairo_close_path(cairo);
}

/* Two squares, one turned by an eighth: its inner corners lie at 0.765 of the radius. */
static void
star(cairo_t *cairo, double x, double y, double radius)
{
    cairo_new_sub_path(cairo);
    for (int i = 0; i < 2 * STAR_POINTS; i++) {
        double length = i % 2 == 0 ? radius : radius * 0.765;
        double turn = i * M_PI / STAR_POINTS;
        cairo_line_to(cairo, x + length * cos(turn), y + length * sin(turn));
    }
    cairo_close_path(cairo);
}

static void
frame(cairo_t *cairo, double margin, double line_width)
{
    cairo_set_line_width(cairo, line_width);
    cairo_rectangle(cairo, margin, margin, SHEET_WIDTH - 2 * margin, SHEET_HEIGHT - 2 * margin);
    cairo_stroke(cairo);
}
