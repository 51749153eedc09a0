#include "web/law_links.h"

#include <string.h>

struct text
law_text_url(struct ctx *ctx, struct text text_id)
{
    return text_printf(ctx->arena, "/law/%.*s", TEXT_ARG(text_id));
}

struct text
law_article_url(struct ctx *ctx, struct text text_id, struct text article)
{
    return text_printf(ctx->arena, "/law/%.*s/%.*s", TEXT_ARG(text_id), TEXT_ARG(article));
}

struct text
norm_part(struct text norm_id)
{
    for (int slash = 0; slash < 2; slash++) {
        const size_t at = text_find_byte(norm_id, '/');
        if (at == norm_id.len) {
            return TEXT("");
        }
        norm_id = text_after(norm_id, at + 1);
    }
    return norm_id;
}

struct text
norm_url(struct ctx *ctx, struct text norm_id)
{
    const struct text part = norm_part(norm_id);
    if (part.len == 0) {
        return text_printf(ctx->arena, "/law/%.*s", TEXT_ARG(norm_id));
    }
    const struct text article = text_slice(norm_id, 0, norm_id.len - part.len - 1);
    return text_printf(ctx->arena, "/law/%.*s#%.*s", TEXT_ARG(article), TEXT_ARG(part));
}

struct text
check_url(struct ctx *ctx, struct text check)
{
    return text_printf(ctx->arena, "/checks/%.*s", TEXT_ARG(check));
}

struct text
procedure_url(struct ctx *ctx, struct text procedure)
{
    return text_printf(ctx->arena, "/procedures/%.*s", TEXT_ARG(procedure));
}

struct text
norm_words(const struct ctx *ctx, const struct norm *norm)
{
    return norm->says[ctx->lang].len > 0 ? norm->says[ctx->lang] : norm->says[LANG_AR];
}

struct text
norm_failure_words(const struct ctx *ctx, const struct norm *norm)
{
    return norm->fails[ctx->lang].len > 0 ? norm->fails[ctx->lang] : norm->fails[LANG_AR];
}

struct text
law_label(struct ctx *ctx, struct text name)
{
    const struct text word = law_word(ctx->law, name, ctx->lang);
    const unsigned char first = word.len > 0 ? (unsigned char)word.at[0] : 0;
    const unsigned char second = word.len > 1 ? (unsigned char)word.at[1] : 0;
    const bool is_ascii = first >= 'a' && first <= 'z';
    /* U+00E0 to U+00FE but the division sign: two bytes whose capitals lie 32 below. */
    const bool is_latin = first == 0xc3 && second >= 0xa0 && second <= 0xbe && second != 0xb7;
    if (!is_ascii && !is_latin) {
        return word;
    }
    char *capital = arena_copy(ctx->arena, word.at, word.len);
    capital[is_ascii ? 0 : 1] = (char)((is_ascii ? first : second) - 32);
    return (struct text){capital, word.len};
}

struct text
check_title(struct ctx *ctx, struct text check)
{
    if (law_has_word(ctx->law, check)) {
        return law_label(ctx, check);
    }
    char *spaced = arena_copy(ctx->arena, check.at, check.len);
    for (size_t i = 0; i < check.len; i++) {
        spaced[i] = spaced[i] == '-' ? '_' : spaced[i];
    }
    return law_label(ctx, (struct text){spaced, check.len});
}

struct text
verdict_kind(struct text verdict)
{
    static const struct {
        const char *verdict, *kind;
    } kinds[] = {
        {"granted", "good"},     {"compliant", "good"},       {"lawful", "good"},
        {"valid", "good"},       {"complete", "good"},        {"on_time", "good"},
        {"in_force", "good"},    {"effective", "good"},       {"adopted", "good"},
        {"confirmed", "good"},   {"definitive", "good"},      {"refused", "bad"},
        {"breach", "bad"},       {"unlawful", "bad"},         {"late", "bad"},
        {"invalid", "bad"},      {"not_in_force", "bad"},     {"must_withdraw", "bad"},
        {"must_suspend", "bad"}, {"returned", "bad"},         {"rejected", "bad"},
        {"overdue", "bad"},      {"terminated", "bad"},       {"conflict", "bad"},
        {"incomplete", "wait"},  {"pending", "wait"},         {"needs_parameter", "wait"},
        {"running", "wait"},     {"being_deposited", "wait"}, {"suspended", "wait"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (text_is(verdict, kinds[i].verdict)) {
            return text_of(kinds[i].kind);
        }
    }
    return TEXT("info");
}
