/* The ICC profile of sRGB (IEC 61966-2-1) that a PDF/A names as its output intent: 520 bytes made from the standard's
 * constants as an ICC.1:2004 (version 4.2) matrix profile, so that no profile file has to be found or shipped. */
#ifndef OFFICE_SRGB_PROFILE_H
#define OFFICE_SRGB_PROFILE_H

#include "base/arena.h"
#include "base/text.h"

struct text srgb_profile(struct arena *arena);

#endif
