/* Drawing papers, keeping their bytes, counting copies. */
#include "office/paper.h"

#include "acts/log.h"
#include "base/world.h"
#include "office/engine.h"
#include "office/paper.sql.h"
#include "store/counter.h"

const struct err *
certificate_make(struct ctx *ctx, const struct press *press, struct instrument_id id, enum lang latin_lang,
                 struct made_paper *ret)
{
    struct certificate certificate;
    TRY(certificate_words_of(ctx, id, latin_lang, &certificate));
    const struct act_id act = {certificate.act};
    certificate.state = press->state;
    certificate.centre = press->centre;
    certificate.base_url = press->base_url;
    if (press->is_specimen && certificate.mark == MARK_NONE) {
        certificate.mark = MARK_SPECIMEN;
    }
    struct checkpoint checkpoint;
    log_checkpoint(press->log, ctx->arena, &checkpoint);
    certificate.origin = checkpoint.origin;
    TRY(log_prove(ctx, press->log, act, &certificate.proof));
    *ret = (struct made_paper){.kind = TEXT("certificate"), .lang = latin_lang, .act = act, .instrument = id};
    TRY(certificate_pdf(ctx->arena, press->fonts, &certificate, &ret->pdf));
    return document_keep_bytes(ctx->arena, press->data_folder, ret->pdf, "application/pdf", &ret->document);
}

const struct err *
letter_make(struct ctx *ctx, const struct press *press, struct act_id act_id, enum lang lang, struct made_paper *ret)
{
    struct act act;
    TRY(act_get(ctx, act_id, &act));
    struct letter letter;
    TRY(letter_of_act(ctx, act_id, lang, &letter));
    letter.state = press->state;
    letter.centre = press->centre;
    letter.base_url = press->base_url;
    letter.mark = press->is_specimen ? MARK_SPECIMEN : MARK_NONE;
    *ret = (struct made_paper){.kind = act.kind,
                               .lang = lang,
                               .act = act_id,
                               .dossier = {data_int(act.data, "dossier")},
                               .instrument = {data_int(act.data, "instrument")}};
    TRY(letter_pdf(ctx->arena, press->fonts, &letter, &ret->pdf));
    return document_keep_bytes(ctx->arena, press->data_folder, ret->pdf, "application/pdf", &ret->document);
}

const struct err *
paper_record(struct ctx *ctx, const struct made_paper *made)
{
    TRY(document_record(ctx, &made->document));
    int64_t id = 0;
    TRY(counter_next(ctx, TEXT("issued_paper"), &id));
    return issued_paper_insert(ctx, &(struct issued_paper_insert_in){.id = id,
                                                                     .kind = made->kind,
                                                                     .lang = text_of(lang_code(made->lang)),
                                                                     .act = made->act.value,
                                                                     .dossier = made->dossier,
                                                                     .instrument = made->instrument,
                                                                     .sha256 = made->document.sha256,
                                                                     .size = made->document.size,
                                                                     .issued_at_ms = ctx->world->now_ms(ctx->world),
                                                                     .issued_by = actor_text(ctx)});
}

const struct err *
issued_list(struct ctx *ctx, struct act_id act, struct issued_paper **ret, size_t *ret_count)
{
    struct issued_paper_rows_rows rows;
    TRY(issued_paper_rows(ctx, act.value, &rows));
    struct issued_paper *papers = ARENA_ARRAY(ctx->arena, struct issued_paper, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        papers[i] = (struct issued_paper){.id = rows.items[i].id,
                                          .kind = rows.items[i].kind,
                                          .act = act,
                                          .sha256 = rows.items[i].sha256,
                                          .size = rows.items[i].size,
                                          .issued_at_ms = rows.items[i].issued_at_ms};
        lang_from(rows.items[i].lang, &papers[i].lang);
    }
    *ret = papers;
    *ret_count = rows.count;
    return NULL;
}
