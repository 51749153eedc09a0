#include "access/access_kinds.h"

#include "access/access_body.h"
#include "access/account.h"
#include "access/appointment.h"
#include "access/delegation.h"
#include "access/mandate.h"
#include "access/role.h"
#include "access/second_factor.h"

static act_apply apply_person_erased;

const struct act_kind access_kinds[] = {
    {.name = "account_opened", .version = 1, .apply = apply_account_opened},
    {.name = "account_changed", .version = 1, .apply = apply_account_changed},
    {.name = "account_disabled", .version = 1, .apply = apply_account_disabled},
    {.name = "account_enabled", .version = 1, .apply = apply_account_enabled},
    {.name = "second_factor_reset", .version = 1, .apply = apply_second_factor_reset},
    {.name = "role_given", .version = 1, .apply = apply_role_given},
    {.name = "role_ended", .version = 1, .apply = apply_role_ended},
    {.name = "mandate_given", .version = 1, .apply = apply_mandate_given},
    {.name = "mandate_verified", .version = 1, .apply = apply_mandate_verified},
    {.name = "mandate_ended", .version = 1, .apply = apply_mandate_ended},
    {.name = "appointment_made", .version = 1, .apply = apply_appointment_made, .norm = "18.23/85/1"},
    {.name = "appointment_ended", .version = 1, .apply = apply_appointment_ended, .norm = "18.23/85/1"},
    {.name = "delegation_given", .version = 1, .apply = apply_delegation_given, .norm = "18.23/85/5"},
    {.name = "delegation_published", .version = 1, .apply = apply_delegation_published, .norm = "18.23/85/5"},
    {.name = "delegation_ended", .version = 1, .apply = apply_delegation_ended, .norm = "18.23/85/5"},
    {.name = "person_erased", .version = 1, .apply = apply_person_erased},
    {0},
};

const struct act_projection access_projections[] = {
    {.table = "account"},    {.table = "role_held"},        {.table = "mandate"},   {.table = "appointment"},
    {.table = "delegation"}, {.table = "delegation_scope"}, {.table = "signature"}, {0},
};

/* The acts keep nothing of the person; neither does the account. */
static const struct err *
apply_person_erased(struct ctx *ctx, const struct act *act)
{
    struct text subject;
    TRY(access_body_get_text(ctx, act, "subject", &subject));
    const struct text before = TEXT("account:");
    struct account_id id;
    if (!text_starts(subject, before) || !text_to_int64(text_after(subject, before.len), &id.value)) {
        return NULL;
    }
    return account_forget(ctx, id);
}
