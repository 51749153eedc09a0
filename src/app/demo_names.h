/* Names for the demonstration, in Arabic and in Latin letters. All are made by combining lists; none is taken from a
 * directory, and e-mail addresses are below .example (RFC 2606). */
#ifndef APP_DEMO_NAMES_H
#define APP_DEMO_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

struct demo_name {
    struct text ar;
    struct text latin;
};

/* A person's name, the number-th of many; even ones are women's, odd ones men's. */
struct demo_name demo_person_name(struct arena *arena, uint64_t number);
/* A company's, unique for a number below DEMO_COMPANY_NAMES. */
enum { DEMO_COMPANY_NAMES = 3840 };
struct demo_name demo_company_name(struct arena *arena, uint64_t number, const char *suffix_ar,
                                   const char *suffix_latin);
struct demo_name demo_city(uint64_t number);
/* "12, rue des Oliviers, Rabat" */
struct demo_name demo_address(struct arena *arena, uint64_t number, uint64_t city);
/* 15 digits that pass the check of the ICE; the numbers are in a range that is not given out. */
struct text demo_ice(struct arena *arena, uint64_t number);
struct text demo_email(struct arena *arena, struct text name_latin, uint64_t number, const char *host);

#endif
