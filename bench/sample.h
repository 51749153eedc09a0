/* The act that the benches append: a decision with a body of about 300 bytes, a receipt of 1 KB, one person and two
 * documents; and what every bench needs around it. */
#ifndef BENCH_SAMPLE_H
#define BENCH_SAMPLE_H

#include "acts/act.h"

#define SAMPLE_BODY                                                                                                    \
    "{\"act\":\"production_licence\",\"capital\":50000000,\"decision\":\"granted\",\"dossier\":12,\"facts\":"          \
    "{\"foreign_share\":12.5,\"legal_form\":\"SARL\",\"manager_nationality\":\"MA\",\"seat\":\"Casablanca\"},"         \
    "\"norms\":[\"18.23/2/1.a\",\"18.23/2/1.b\",\"18.23/4/1\"],\"reasons\":\"all conditions of article 2 are met\"}"
#define SAMPLE_PERSON "{\"ice\":\"001234567000089\",\"manager\":\"a manager\",\"name\":\"a company of the bench\"}"

extern const struct act_kinds sample_kinds;
void sample_init(void); /* once, before threads */
struct text sample_receipt(void);
const struct err *sample_append(struct ctx *ctx, struct act *ret);

double bench_now(void);                                  /* seconds, from any beginning */
void bench_must(struct ctx *ctx, const struct err *err); /* ends the bench on an error, which it prints */

#endif
