#include "web/qr.h"

#include <qrencode.h>

enum { QUIET = 4, SVG_BYTES_MAX = 512 * 1024 };

struct html
qr_svg(struct ctx *ctx, struct text text, struct text label)
{
    QRcode *code = QRcode_encodeString8bit(text_cstr(ctx->arena, text), 0, QR_ECLEVEL_M);
    if (code == NULL) {
        return (struct html){0};
    }
    struct buf buf = buf_new(ctx->arena, SVG_BYTES_MAX);
    const int side = code->width + 2 * QUIET;
    buf_printf(&buf,
               "<svg class=\"qr-code\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"",
               side, side, side * 5, side * 5);
    html_escape(&buf, label);
    buf_printf(&buf, "\"><rect width=\"%d\" height=\"%d\" fill=\"#fff\"></rect><path fill=\"#000\" d=\"", side, side);
    for (int y = 0; y < code->width; y++) {
        for (int x = 0; x < code->width; x++) {
            if ((code->data[y * code->width + x] & 1) != 0) {
                buf_printf(&buf, "M%d %dh1v1h-1z", x + QUIET, y + QUIET);
            }
        }
    }
    buf_cstr(&buf, "\"></path></svg>");
    QRcode_free(code);
    return html_from_svg(buf_built(&buf));
}
