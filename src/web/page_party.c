/* Making a party known: a company, an association, a person or a public body, by whoever will act for it. The mandate
 * stands until an officer has seen its proof, and the page says so (REQUIREMENTS R6). */
#include <string.h>

#include "access/mandate.h"
#include "access/session.h"
#include "base/limits.h"
#include "registry/party.h"
#include "web/fact_form.h"
#include "web/form.h"
#include "web/law_links.h"
#include "web/pages/form_choice.html.h"
#include "web/pages/form_field.html.h"
#include "web/pages/party_choose.html.h"
#include "web/pages/party_new.html.h"

static const struct err *show_new(struct ctx *ctx, struct visit *visit);
static const struct err *register_party(struct ctx *ctx, struct visit *visit);
static const struct err *show_choose(struct ctx *ctx, struct visit *visit);
static const struct err *choose_party(struct ctx *ctx, struct visit *visit);

extern const struct route routes_party[];
const struct route routes_party[] = {
    {HTTP_GET, "/parties/new", ROLE_SIGNED_IN, TX_READ, show_new, .name = "party.new"},
    {HTTP_POST, "/parties/new", ROLE_SIGNED_IN, TX_WRITE, register_party, .name = "party.register"},
    {HTTP_GET, "/parties/mine", ROLE_SIGNED_IN, TX_READ, show_choose, .name = "party.choose"},
    {HTTP_POST, "/parties/mine", ROLE_SIGNED_IN, TX_WRITE, choose_party, .name = "party.chosen"},
    {0}};

/* The lines of the form, in order; company: only for legal persons. */
static const struct line {
    const char *name;
    const char *label;
    const char *help;
    size_t at; /* of the text in struct party_draft */
    bool required;
    bool ltr;
} lines[] = {
    {"name_ar", WORD("party.name_ar"), NULL, offsetof(struct party_draft, name_ar), true, false},
    {"name_latin", WORD("party.name_latin"), NULL, offsetof(struct party_draft, name_latin), true, true},
    {"ice", WORD("party.ice"), WORD("party.ice_help"), offsetof(struct party_draft, ice), false, true},
    {"rc", WORD("party.rc"), WORD("party.company_needs"), offsetof(struct party_draft, rc), false, true},
    {"rc_court", WORD("party.rc_court"), NULL, offsetof(struct party_draft, rc_court), false, false},
    {"capital", WORD("party.capital"), NULL, offsetof(struct party_draft, capital), false, true},
    {"seat_ar", WORD("party.seat_ar"), WORD("party.company_needs"), offsetof(struct party_draft, seat_ar), false,
     false},
    {"seat_latin", WORD("party.seat_latin"), NULL, offsetof(struct party_draft, seat_latin), false, true},
    {"manager_ar", WORD("party.manager_ar"), WORD("party.company_needs"), offsetof(struct party_draft, manager_ar),
     false, false},
    {"manager_latin", WORD("party.manager_latin"), NULL, offsetof(struct party_draft, manager_latin), false, true},
};
enum { LINES = sizeof lines / sizeof lines[0] };
static const enum party_kind kinds[] = {PARTY_COMPANY, PARTY_ASSOCIATION, PARTY_NATURAL_PERSON, PARTY_PUBLIC_BODY};
enum { KINDS = sizeof kinds / sizeof kinds[0] };
static const struct text legal_forms[] = {TEXT_INIT("SARL"), TEXT_INIT("SA"), TEXT_INIT("OTHER")};
enum { LEGAL_FORMS = sizeof legal_forms / sizeof legal_forms[0] };

static struct text
fault_of(struct ctx *ctx, const struct field_faults *faults, const char *name)
{
    for (size_t i = 0; i < faults->count; i++) {
        if (text_is(faults->items[i].at, name)) {
            return fault_sentence(ctx, faults->items[i].message);
        }
    }
    return TEXT("");
}

static struct text
label_of(struct ctx *ctx, struct text name)
{
    for (size_t i = 0; i < LINES; i++) {
        if (text_is(name, lines[i].name)) {
            return words_get(ctx->lang, lines[i].label);
        }
    }
    return law_label(ctx, name);
}

static struct html
kind_choice(struct ctx *ctx, const struct visit *visit, const struct field_faults *faults)
{
    struct page_form_choice_options *options = ARENA_ARRAY(ctx->arena, struct page_form_choice_options, KINDS);
    const struct text typed = visit_field(visit, "kind");
    for (size_t i = 0; i < KINDS; i++) {
        const struct text code = text_of(party_kind_code(kinds[i]));
        options[i] = (struct page_form_choice_options){
            .value = code, .title = law_label(ctx, code), .chosen = typed.len > 0 ? text_equal(typed, code) : i == 0};
    }
    const struct page_form_choice choice = {.name = TEXT("kind"),
                                            .label = words_get(ctx->lang, WORD("party.kind")),
                                            .fault = fault_of(ctx, faults, "kind"),
                                            .required = true,
                                            .options = options,
                                            .options_count = KINDS};
    return page_form_choice(ctx, &choice);
}

static struct html
form_choice_of(struct ctx *ctx, const struct visit *visit, const struct field_faults *faults)
{
    struct page_form_choice_options *options = ARENA_ARRAY(ctx->arena, struct page_form_choice_options, LEGAL_FORMS);
    for (size_t i = 0; i < LEGAL_FORMS; i++) {
        options[i] =
            (struct page_form_choice_options){.value = legal_forms[i],
                                              .title = law_label(ctx, legal_forms[i]),
                                              .chosen = text_equal(visit_field(visit, "legal_form"), legal_forms[i])};
    }
    const struct page_form_choice choice = {.name = TEXT("legal_form"),
                                            .label = law_label(ctx, TEXT("legal_form")),
                                            .help = words_get(ctx->lang, WORD("party.company_needs")),
                                            .unmarked = true,
                                            .fault = fault_of(ctx, faults, "legal_form"),
                                            .options = options,
                                            .options_count = LEGAL_FORMS};
    return page_form_choice(ctx, &choice);
}

static const struct err *
show_form(struct ctx *ctx, struct visit *visit, const struct field_faults *faults)
{
    struct html *fields = ARENA_ARRAY(ctx->arena, struct html, LINES + 2);
    size_t count = 0;
    fields[count++] = kind_choice(ctx, visit, faults);
    for (size_t i = 0; i < LINES; i++) {
        const struct page_form_field field = {.name = text_of(lines[i].name),
                                              .label = words_get(ctx->lang, lines[i].label),
                                              .help = lines[i].help == NULL ? TEXT("")
                                                                            : words_get(ctx->lang, lines[i].help),
                                              .fault = fault_of(ctx, faults, lines[i].name),
                                              .value = visit_field(visit, lines[i].name),
                                              .required = lines[i].required,
                                              .unmarked = lines[i].help != NULL,
                                              .length_max = NAME_BYTES_MAX,
                                              .ltr = lines[i].ltr};
        fields[count++] = page_form_field(ctx, &field);
        if (strcmp(lines[i].name, "rc_court") == 0) {
            fields[count++] = form_choice_of(ctx, visit, faults);
        }
    }
    struct page_faults_faults *rows = ARENA_ARRAY(ctx->arena, struct page_faults_faults, faults->count);
    for (size_t i = 0; i < faults->count; i++) {
        rows[i] = (struct page_faults_faults){.field = faults->items[i].at,
                                              .label = label_of(ctx, faults->items[i].at),
                                              .sentence = fault_sentence(ctx, faults->items[i].message)};
    }
    const struct page_faults summary = {.count = (int64_t)faults->count, .faults = rows, .faults_count = faults->count};
    const struct page_party_new data = {.guard = visit_guard(visit),
                                        .faults = faults->count > 0 ? &summary : NULL,
                                        .next = visit_next(visit, TEXT("")),
                                        .fields = fields,
                                        .fields_count = count};
    visit_page(ctx, visit,
               &(struct visit_page){.status = faults->count > 0 ? 422 : 200,
                                    .title = words_get(ctx->lang, WORD("party.new")),
                                    .content = page_party_new(ctx, &data),
                                    .section = "dossiers"});
    return NULL;
}

static const struct err *
show_new(struct ctx *ctx, struct visit *visit)
{
    const struct field_faults none = {0};
    return show_form(ctx, visit, &none);
}

static const struct err *
register_party(struct ctx *ctx, struct visit *visit)
{
    struct party_draft draft = {0};
    struct field_faults faults = {0};
    for (size_t i = 0; i < LINES; i++) {
        *(struct text *)(void *)((char *)&draft + lines[i].at) = visit_field(visit, lines[i].name);
    }
    draft.legal_form = visit_field(visit, "legal_form");
    if (!party_kind_from(visit_field(visit, "kind"), &draft.kind)) {
        field_fault_add(ctx, &faults, TEXT("kind"), FAULT_CODE);
        draft.kind = PARTY_COMPANY;
    }
    TRY(party_faults(ctx, &draft, (struct party_id){0}, &faults));
    if (faults.count > 0) {
        return show_form(ctx, visit, &faults);
    }
    struct party_id party;
    TRY(party_register(ctx, &draft, &party));
    const struct mandate mandate = {
        .account = ctx->user->account, .party = party, .role = MANDATE_MANAGER, .from = ctx->today, .until = DATE_NONE};
    struct act_id act;
    TRY(mandate_give(ctx, &mandate, &act));
    TRY(session_choose_party(ctx, party));
    visit_redirect(ctx, visit, visit_next(visit, TEXT("/dossiers")), "party");
    return NULL;
}

/* ---- For whom one acts ---- */

static const struct err *
show_choose(struct ctx *ctx, struct visit *visit)
{
    struct mandate *mandates = NULL;
    size_t count = 0;
    TRY(mandates_of_account(ctx, ctx->user->account, &mandates, &count));
    struct page_party_choose_parties *rows = ARENA_ARRAY(ctx->arena, struct page_party_choose_parties, count);
    for (size_t i = 0; i < count; i++) {
        struct party party;
        TRY(party_get(ctx, mandates[i].party, &party));
        rows[i] = (struct page_party_choose_parties){.id = party.id.value,
                                                     .name = party_name(&party, ctx->lang),
                                                     .ice = party.ice,
                                                     .is_chosen = party.id.value == ctx->user->party.value,
                                                     .is_verified = mandates[i].verified_act.value != 0};
    }
    const struct page_party_choose data = {
        .guard = visit_guard(visit), .next = visit_next(visit, TEXT("")), .parties = rows, .parties_count = count};
    visit_page(ctx, visit,
               &(struct visit_page){.title = words_get(ctx->lang, WORD("party.mine")),
                                    .content = page_party_choose(ctx, &data),
                                    .section = "dossiers"});
    return NULL;
}

static const struct err *
choose_party(struct ctx *ctx, struct visit *visit)
{
    struct party_id party = {0};
    if (!visit_number(visit_field(visit, "party"), &party.value) || party.value <= 0) {
        return FAIL(ctx->arena, ERR_INPUT, "no party was chosen");
    }
    TRY(session_choose_party(ctx, party));
    visit_redirect(ctx, visit, visit_next(visit, TEXT("/dossiers")), NULL);
    return NULL;
}
