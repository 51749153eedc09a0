/* The company identity number: 15 digits, nine of the enterprise, four of the establishment and two of control, so that
 * the whole is a multiple of 97. Pure. */
#ifndef REGISTRY_ICE_H
#define REGISTRY_ICE_H

#include "base/text.h"

enum { ICE_DIGITS = 15 };

/* Reads it as typed: European, Arabic or Persian digits, with spaces, dots or hyphens between. False when it is not
 * one. *ret is 15 European digits in the arena. */
bool ice_read(struct arena *arena, struct text typed, struct text *ret);

#endif
