/* What a person types about himself, checked (account.h). */
#include <string.h>

#include "access/account.h"
#include "access/password.h"
#include "base/limits.h"

enum { EMAIL_LOCAL_BYTES_MAX = 64, LABEL_BYTES_MAX = 63 };
enum script { SCRIPT_ARABIC = 1, SCRIPT_LATIN };

static bool local_is_good(struct text local);
static bool domain_is_good(struct text domain);
static bool is_alphanumeric(char c);
static void name_check(struct text *name, const char *field, enum script script, struct form_faults *faults);
static bool has_letter(struct text name, enum script script);

void
form_fault_add(struct form_faults *faults, const char *field, const char *message)
{
    if (faults->count < FORM_FAULTS_MAX) {
        faults->items[faults->count++] = (struct form_fault){.field = field, .message = message};
    }
}

bool
email_normalise(struct arena *arena, struct text typed, struct text *ret)
{
    const struct text trimmed = text_trim(typed);
    const size_t at = text_find_byte(trimmed, '@');
    if (trimmed.len > EMAIL_BYTES_MAX || at == trimmed.len) {
        return false;
    }
    char *lower = arena_copy(arena, trimmed.at, trimmed.len);
    for (size_t i = 0; i < trimmed.len; i++) {
        lower[i] = lower[i] >= 'A' && lower[i] <= 'Z' ? (char)(lower[i] - 'A' + 'a') : lower[i];
    }
    const struct text email = {.at = lower, .len = trimmed.len};
    if (!local_is_good(text_slice(email, 0, at)) || !domain_is_good(text_after(email, at + 1))) {
        return false;
    }
    *ret = email;
    return true;
}

void
person_check(struct arena *arena, struct person_form *form, struct form_faults *faults)
{
    if (!email_normalise(arena, form->email, &form->email)) {
        form_fault_add(faults, "email", "fault.email");
    }
    name_check(&form->name_ar, "name_ar", SCRIPT_ARABIC, faults);
    name_check(&form->name_latin, "name_latin", SCRIPT_LATIN, faults);
    if (form->name_ar.len == 0 && form->name_latin.len == 0) {
        form_fault_add(faults, "name_ar", "fault.name.missing");
    }
    const char *wrong = password_fault(form->password, form->email);
    if (wrong != NULL) {
        form_fault_add(faults, "password", wrong);
    }
}

/* A dot-string of RFC 5321; quoted strings exist on paper only. */
static bool
local_is_good(struct text local)
{
    if (local.len == 0 || local.len > EMAIL_LOCAL_BYTES_MAX || local.at[0] == '.' || local.at[local.len - 1] == '.') {
        return false;
    }
    for (size_t i = 0; i < local.len; i++) {
        const char c = local.at[i];
        if (!is_alphanumeric(c) && (c == '\0' || strchr("!#$%&'*+-/=?^_`{|}~.", c) == NULL)) {
            return false;
        }
        if (c == '.' && local.at[i + 1] == '.') {
            return false;
        }
    }
    return true;
}

/* Two labels or more, of letters, digits and hyphens inside. */
static bool
domain_is_good(struct text domain)
{
    size_t labels = 0;
    struct text rest = domain;
    struct text label;
    while (text_split(&rest, '.', &label)) {
        if (label.len == 0 || label.len > LABEL_BYTES_MAX || label.at[0] == '-' || label.at[label.len - 1] == '-') {
            return false;
        }
        for (size_t i = 0; i < label.len; i++) {
            if (!is_alphanumeric(label.at[i]) && label.at[i] != '-') {
                return false;
            }
        }
        labels++;
    }
    return labels >= 2;
}

static bool
is_alphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static void
name_check(struct text *name, const char *field, enum script script, struct form_faults *faults)
{
    if (!text_is_utf8(*name)) {
        form_fault_add(faults, field, "fault.name.hidden");
        *name = TEXT("");
        return;
    }
    *name = text_trim(*name);
    if (name->len == 0) {
        *name = (struct text){0};
        return;
    }
    if (name->len > NAME_BYTES_MAX) {
        form_fault_add(faults, field, "fault.name.long");
    }
    if (text_has_hidden(*name) || memchr(name->at, '\n', name->len) != NULL) {
        form_fault_add(faults, field, "fault.name.hidden");
    } else if (!has_letter(*name, script)) {
        form_fault_add(faults, field, "fault.name.script");
    }
}

static bool
has_letter(struct text name, enum script script)
{
    for (size_t at = 0; at < name.len;) {
        const uint32_t c = text_next(name, &at);
        const bool arabic = (c >= 0x620 && c <= 0x64A) || (c >= 0x671 && c <= 0x6D3);
        const bool latin = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0x24F);
        if (script == SCRIPT_ARABIC ? arabic : latin) {
            return true;
        }
    }
    return false;
}
