/* A QR code (ISO/IEC 18004, level M, quiet zone of 4 modules) drawn as one vector shape, readable from 150 dpi up. */
#ifndef OFFICE_SHEET_QR_H
#define OFFICE_SHEET_QR_H

#include "office/sheet.h"

/* A square of side points, quiet zone included. ERR_TOO_LARGE when text has more than QR_BYTES_MAX bytes. */
const struct err *sheet_qr(struct sheet *sheet, double x, double y, double side, struct text text);

#endif
