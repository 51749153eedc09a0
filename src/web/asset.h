/* Static files: compiled in (tools/assetgen.py), at addresses that hold their hash; and the fonts, which are served
 * from a folder found at run time, as they weigh more than the program. */
#ifndef WEB_ASSET_H
#define WEB_ASSET_H

#include "base/text.h"

struct asset {
    struct text name;
    struct text url;
    struct text content_type;
    struct text etag;
    struct text bytes;
    struct text packed; /* gzip; empty when it does not help */
};
extern const struct asset assets[];
extern const size_t assets_count;

/* The address of a file that exists: asserts otherwise. */
struct text asset_url(const char *name);

#endif
