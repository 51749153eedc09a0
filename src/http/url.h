/* Addresses: percent-encoding (RFC 3986), forms written in it (WHATWG URL, application/x-www-form-urlencoded), and
 * paths in one normal form, so that what is matched is what is served. Pure; results live in the arena given. */
#ifndef HTTP_URL_H
#define HTTP_URL_H

#include "http/http.h"

/* False for a malformed escape, NUL, or bytes that are not UTF-8. */
bool url_decode(struct arena *arena, struct text text, bool plus_is_space, struct text *ret);
/* A component: everything but unreserved characters is escaped. */
struct text url_encode(struct arena *arena, struct text text);
/* The decoded path: begins with "/", and has no empty, "." or ".." segment, no encoded "/", no backslash and no
 * control. One "/" at the end is dropped. False for any other path: nothing is repaired. */
bool url_path(struct arena *arena, struct text raw, struct text *ret);
/* "a=1&b=2" with at most pairs_max pairs; false when malformed or longer. An empty text has none. */
bool url_form(struct arena *arena, struct text text, size_t pairs_max, struct http_pair **ret, size_t *ret_count);
/* "name=value; name2=value2" of a Cookie header, as sent (RFC 6265, 4.2.1). Malformed ones are left out. */
void url_cookies(struct arena *arena, struct text text, size_t pairs_max, struct http_pair **ret, size_t *ret_count);

#endif
