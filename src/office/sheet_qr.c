#include "office/sheet_qr.h"

#include <math.h>
#include <qrencode.h>

enum { QUIET_MODULES = 4 };

static void
free_code(QRcode **code)
{
    QRcode_free(*code);
}

const struct err *
sheet_qr(struct sheet *sheet, double x, double y, double side, struct text text)
{
    if (text.len == 0 || text.len > QR_BYTES_MAX) {
        return FAIL(sheet->arena, ERR_TOO_LARGE, "%zu bytes do not make a readable QR code", text.len);
    }
    DEFER(free_code)
    QRcode *code = QRcode_encodeData((int)text.len, (const unsigned char *)text.at, 0, QR_ECLEVEL_M);
    if (code == NULL) {
        return FAIL(sheet->arena, ERR_INTERNAL, "no QR code for %zu bytes", text.len);
    }
    if (sheet->measures) {
        return NULL;
    }
    /* Modules of whole quarters of a point on whole points: shorter numbers in the file, and even edges in print. */
    double module = floor(4 * side / (code->width + 2 * QUIET_MODULES)) / 4;
    double spare = side - module * (code->width + 2 * QUIET_MODULES);
    x = floor(x + spare / 2);
    y = floor(y + spare / 2);
    side -= spare;
    cairo_set_source_rgb(sheet->cairo, 1, 1, 1);
    cairo_rectangle(sheet->cairo, x, y, side, side);
    cairo_fill(sheet->cairo);
    cairo_set_source_rgb(sheet->cairo, 0, 0, 0);
    for (int row = 0; row < code->width; row++) {
        const unsigned char *modules = code->data + row * code->width;
        for (int from = 0; from < code->width;) {
            int to = from;
            while (to < code->width && (modules[to] & 1) != 0) {
                to++;
            }
            if (to > from) {
                cairo_rectangle(sheet->cairo, x + module * (QUIET_MODULES + from), y + module * (QUIET_MODULES + row),
                                module * (to - from), module);
            }
            from = to + 1;
        }
    }
    cairo_fill(sheet->cairo); /* one shape: no seams between rows */
    return NULL;
}
