/* What a batch's tickets may infringe, by screening: added to its flags, and told in the answer. */
#include <string.h>

#include "base/limits.h"
#include "boxoffice/flag.h"
#include "boxoffice/flag.sql.h"
#include "boxoffice/ingest_parts.h"

static const struct err *
add(struct ctx *ctx, struct intake *intake, const struct intake_screening *screening, struct text kind,
    struct text norm, int64_t tickets)
{
    if (tickets <= 0) {
        return NULL;
    }
    const struct screening_flag_add_in in = {
        .screening = screening->id, .kind = kind, .norm = norm, .tickets = tickets, .opened_on = ctx->today};
    TRY(screening_flag_add(ctx, &in));
    if (intake->flags_count < TICKET_GAPS_MAX) {
        struct intake_flag *flag = &intake->flags[intake->flags_count++];
        *flag = (struct intake_flag){.screen = screening->screen, .start = screening->start, .tickets = tickets};
        memcpy(flag->norm, norm.at, norm.len < NORM_BYTES_MAX ? norm.len : NORM_BYTES_MAX - 1);
    }
    return NULL;
}

const struct err *
intake_flags(struct ctx *ctx, struct intake *intake, const struct intake_screening *screening)
{
    struct text norms = screening->norms;
    struct text kind;
    struct text norm;
    while (screening_norm_next(&norms, &kind, &norm)) {
        const int64_t tickets = text_is(kind, "school") ? screening->school : screening->sold;
        TRY(add(ctx, intake, screening, kind, norm, tickets));
    }
    TRY(add(ctx, intake, screening, TEXT("after_end"), TEXT(FLAG_NORM_TICKETING), screening->late));
    if (screening->sold <= screening->cancelled) {
        return NULL;
    }
    struct screening_net_row row;
    TRY(screening_net(ctx, screening->id, &row));
    const int64_t before = row.net - screening->sold + screening->cancelled;
    const int64_t above = row.net - (before > screening->seats ? before : screening->seats);
    return add(ctx, intake, screening, TEXT("seats"), TEXT(FLAG_NORM_TICKETING), above);
}
