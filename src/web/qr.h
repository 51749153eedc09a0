/* A QR code as SVG. */
#ifndef WEB_QR_H
#define WEB_QR_H

#include "web/html.h"

/* label: what it is, for who does not see it. Empty when the text does not fit. */
struct html qr_svg(struct ctx *ctx, struct text text, struct text label);

#endif
