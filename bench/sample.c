#include "bench/sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { RECEIPT_BYTES = 1000 };

static char receipt[RECEIPT_BYTES + 3]; /* a JSON string */
static const struct act_kind kinds[] = {{.name = "decision", .version = 1}, {0}};
static const struct act_kind *const lists[] = {kinds};
const struct act_kinds sample_kinds = {.lists = lists, .count = 1};

void
sample_init(void)
{
    receipt[0] = '"';
    memset(receipt + 1, 'r', RECEIPT_BYTES);
    receipt[RECEIPT_BYTES + 1] = '"';
}

struct text
sample_receipt(void)
{
    return text_of(receipt);
}

const struct err *
sample_append(struct ctx *ctx, struct act *ret)
{
    const struct act_person person = {
        .subject = TEXT("party:12"), .role = TEXT("applicant"), .data = TEXT(SAMPLE_PERSON)};
    const struct act_document documents[] = {{.code = TEXT("statutes")}, {.code = TEXT("lease")}};
    const struct act_draft draft = {.kind = TEXT("decision"),
                                    .body = TEXT(SAMPLE_BODY),
                                    .persons = &person,
                                    .persons_count = 1,
                                    .documents = documents,
                                    .documents_count = 2,
                                    .receipt = sample_receipt(),
                                    .subject = TEXT("dossier:12"),
                                    .instrument = TEXT("PL-12/2026"),
                                    .status = TEXT("granted")};
    return act_append(ctx, &draft, ret);
}

double
bench_now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

void
bench_must(struct ctx *ctx, const struct err *err)
{
    if (err != NULL) {
        fprintf(stderr, "%s\n", err_print(ctx->arena, err));
        exit(3);
    }
}
