#include "office/engine.h"

#include "base/limits.h"

static bool is_one_of(struct text word, const char *const *words, size_t count);
static bool in_list(const struct json *list, struct text code);

const struct err *
procedure_get(struct ctx *ctx, struct text name, struct date at, const struct procedure **ret)
{
    *ret = law_procedure(ctx->law, name, at);
    if (*ret == NULL) {
        return FAIL(ctx->arena, ERR_LAW, "no procedure %.*s at that date", TEXT_ARG(name));
    }
    return NULL;
}

const struct err *
documents_missing(struct ctx *ctx, const struct procedure *procedure, struct date at, const struct json *known,
                  struct text **ret, size_t *ret_count)
{
    if (procedure->file_check.len > 0) {
        struct ruling ruling;
        TRY(check_ask(ctx, procedure->file_check, at, known, &ruling));
        if (ruling_result(&ruling, "missing_documents") != NULL) {
            ruling_texts(ctx, &ruling, "missing_documents", ret, ret_count);
            return NULL;
        }
    }

    const struct json *present = json_get(known, "documents");
    struct text *missing = ARENA_ARRAY(ctx->arena, struct text, procedure->documents_count);
    size_t count = 0;
    for (size_t i = 0; i < procedure->documents_count; i++) {
        const struct procedure_document *line = &procedure->documents[i];
        const bool due = procedure_document_due(ctx->arena, ctx->law, procedure, line, at, known) == DUE_YES;
        if (due && !in_list(present, line->code)) {
            missing[count++] = line->code;
        }
    }
    *ret = missing;
    *ret_count = count;
    return NULL;
}

void
ruling_texts(struct ctx *ctx, const struct ruling *ruling, const char *name, struct text **ret, size_t *ret_count)
{
    json_texts(ctx, ruling_result(ruling, name), ret, ret_count);
}

struct date
ruling_date(const struct ruling *ruling, const char *name)
{
    struct text text;
    struct date date;
    return json_text(ruling_result(ruling, name), &text) && date_from_text(text, &date) ? date : DATE_NONE;
}

/* Words of verdicts, from the glossary: those on which a procedure goes on, and those on which nothing can be decided
 * yet. A check without a verdict only gives results. */
bool
verdict_grants(struct text verdict)
{
    static const char *const words[] = {"granted",   "may_grant", "admitted",   "accepted",
                                        "compliant", "regular",   "favourable", "admissible"};
    return verdict.len == 0 || is_one_of(verdict, words, sizeof words / sizeof words[0]);
}

bool
verdict_is_open(struct text verdict)
{
    static const char *const words[] = {"incomplete", "needs_parameter", "pending",
                                        "conflict",   "needs_human",     "not_in_force"};
    return is_one_of(verdict, words, sizeof words / sizeof words[0]);
}

bool
verdict_is_void(struct text verdict)
{
    static const char *const words[] = {"no_quorum", "not_met", "no_decision", "irregular"};
    return is_one_of(verdict, words, sizeof words / sizeof words[0]);
}

struct text
filename_clean(struct ctx *ctx, struct text filename)
{
    struct text name = text_is_utf8(filename) ? filename : TEXT("");
    for (size_t at = 0; at < name.len; at++) {
        if (name.at[at] == '/' || name.at[at] == '\\') {
            name = text_after(name, at + 1);
            at = (size_t)-1;
        }
    }
    struct buf buf = buf_new(ctx->arena, NAME_BYTES_MAX);
    for (size_t at = 0; at < name.len && !buf.overflowed;) {
        const size_t from = at;
        text_next(name, &at);
        const struct text letter = text_slice(name, from, at);
        if (!text_has_hidden(letter) && letter.at[0] != '\n' && letter.at[0] != '\r' && letter.at[0] != '\t') {
            buf_text(&buf, letter);
        }
    }
    const struct text clean = text_copy(ctx->arena, buf_built(&buf));
    return clean.len == 0 ? TEXT("document") : clean;
}

bool
acts_for_party(const struct user *user, struct party_id party)
{
    return user_has(user, ROLE_COUNTER) || (user != NULL && party.value != 0 && user->party.value == party.value);
}

const struct err *
officer_only(struct ctx *ctx)
{
    if (!user_has(ctx->user, ROLE_OFFICER)) {
        return FAIL(ctx->arena, ERR_FORBIDDEN, "for officers only");
    }
    return NULL;
}

struct text
actor_text(struct ctx *ctx)
{
    if (ctx->actor.len > 0) {
        return ctx->actor;
    }
    return ctx->user == NULL ? TEXT("system")
                             : text_printf(ctx->arena, "user:%lld", (long long)ctx->user->account.value);
}

struct text
reasons_json(struct ctx *ctx, const struct reason *reasons, size_t count)
{
    struct buf buf = buf_new(ctx->arena, JSON_BYTES_MAX);
    struct json_out out = json_out(&buf);
    json_open_array(&out);
    for (size_t i = 0; i < count; i++) {
        const struct reason *reason = &reasons[i];
        json_open_object(&out);
        json_member_text(&out, "kind", reason->kind == DECISION_REASON_LEGAL ? TEXT("legal") : TEXT("factual"));
        if (reason->norm.len > 0) {
            json_member_text(&out, "norm", reason->norm);
        }
        for (int lang = LANG_AR; lang < LANGS; lang++) {
            if (reason->says[lang].len > 0) {
                json_member_text(&out, lang_code((enum lang)lang), reason->says[lang]);
            }
        }
        json_close_object(&out);
    }
    json_close_array(&out);
    return buf_built(&buf);
}

const struct err *
reasons_read(struct ctx *ctx, struct text json, struct reason **ret, size_t *ret_count)
{
    struct json list;
    TRY(json_read(ctx->arena, json, &list));
    const size_t count = list.type == JSON_ARRAY ? list.count : 0;
    struct reason *reasons = ARENA_ARRAY(ctx->arena, struct reason, count);
    for (size_t i = 0; i < count; i++) {
        const struct json *item = &list.items[i];
        reasons[i].kind =
            text_is(data_text_or_empty(item, "kind"), "legal") ? DECISION_REASON_LEGAL : DECISION_REASON_FACTUAL;
        reasons[i].norm = data_text_or_empty(item, "norm");
        for (int lang = LANG_AR; lang < LANGS; lang++) {
            reasons[i].says[lang] = data_text_or_empty(item, lang_code((enum lang)lang));
        }
    }
    *ret = reasons;
    *ret_count = count;
    return NULL;
}

static bool
is_one_of(struct text word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (text_is(word, words[i])) {
            return true;
        }
    }
    return false;
}

static bool
in_list(const struct json *list, struct text code)
{
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        if (list->items[i].type == JSON_STRING && text_equal(list->items[i].text, code)) {
            return true;
        }
    }
    return false;
}
