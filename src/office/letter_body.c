#include "office/letter_page.h"

#include <math.h>

#include "office/certificate_words.h"

#define BODY 9.6
#define PARAGRAPH_GAP 7.0
#define LABEL_WIDTH 58.0
#define NORM_WIDTH 96.0
#define KIND_WIDTH 58.0
#define CELL_GAP 8.0
#define SENTENCE_WIDTH (LETTER_WIDTH - NORM_WIDTH - KIND_WIDTH - 2.0 * CELL_GAP)
#define NUMBER_WIDTH 20.0
#define SIGNATURE_WIDTH 250.0

static void opening(struct flow *flow);
static void labelled(struct flow *flow, enum letter_word word, double width, struct text value);
static void paragraphs(struct flow *flow, const struct text *texts, size_t count);
static void heading(struct flow *flow, struct text text);
static void numbered(struct flow *flow);
static void reasons(struct flow *flow);
static void reason(struct flow *flow, const struct letter_reason *reason);
static void signature(struct flow *flow);
static void remedies(struct flow *flow);
static struct text own(const struct flow *flow, struct in_languages words);

void
letter_body(struct flow *flow)
{
    const struct letter *letter = flow->letter;
    opening(flow);
    paragraphs(flow, letter->paragraphs, letter->paragraph_count);
    numbered(flow);
    reasons(flow);
    if (letter->ruling_count > 0) {
        heading(flow, flow_word(flow, LETTER_WORD_RULINGS));
        paragraphs(flow, letter->rulings, letter->ruling_count);
    }
    signature(flow);
    remedies(flow);
}

/* Reference and date at the start, the addressee across from them, the subject below. */
static void
opening(struct flow *flow)
{
    const struct letter *letter = flow->letter;
    double half = LETTER_WIDTH / 2 - 10;
    double top = flow->y;
    labelled(flow, LETTER_WORD_REFERENCE, half, letter->reference);
    labelled(flow, LETTER_WORD_DATE, half, letter->date);
    struct sheet_style style = flow_style(flow, 8.6, false, SHEET_START);
    flow_text(flow, &style, LABEL_WIDTH, half - LABEL_WIDTH, letter->date_hijri);
    double bottom = flow->y;
    flow->y = top;
    style = flow_style(flow, BODY, true, SHEET_START);
    for (size_t i = 0; i < letter->addressee_count; i++) {
        flow_text(flow, &style, LETTER_WIDTH - half, half, letter->addressee[i]);
        style = flow_style(flow, BODY, false, SHEET_START);
    }
    flow->y = fmax(flow->y, bottom) + 14;
    labelled(flow, LETTER_WORD_SUBJECT, LETTER_WIDTH, letter->subject);
    flow->y += 8;
}

/* A label at the start, its value behind it. */
static void
labelled(struct flow *flow, enum letter_word word, double width, struct text value)
{
    bool is_subject = word == LETTER_WORD_SUBJECT;
    struct sheet_style label = flow_style(flow, 8.4, false, SHEET_START);
    label.colour = SHEET_SOFT;
    struct sheet_style style = flow_style(flow, is_subject ? 10.6 : BODY, is_subject, SHEET_START);
    if (word == LETTER_WORD_REFERENCE) {
        style = flow_latin(flow, SHEET_LATIN, BODY);
        style.colour = SHEET_INK;
    }
    if (is_subject) {
        style.tag = "H1";
        style.colour = SHEET_GREEN;
    }
    flow_keep(flow, 2 * style.size);
    /* The label's foot line meets the value's. */
    (void)sheet_text(flow->sheet, &label, flow_x(flow, 0, LABEL_WIDTH), flow->y + (style.size - label.size),
                     LABEL_WIDTH, flow_word(flow, word));
    flow_text(flow, &style, LABEL_WIDTH, width - LABEL_WIDTH, value);
}

static void
paragraphs(struct flow *flow, const struct text *texts, size_t count)
{
    struct sheet_style style = flow_style(flow, BODY, false, SHEET_START);
    for (size_t i = 0; i < count; i++) {
        flow_text(flow, &style, 0, LETTER_WIDTH, texts[i]);
        flow->y += PARAGRAPH_GAP;
    }
}

/* A heading never stands alone at the end of a page. */
static void
heading(struct flow *flow, struct text text)
{
    struct sheet_style style = flow_style(flow, 10.4, true, SHEET_START);
    style.colour = SHEET_GREEN;
    style.tag = "H2";
    flow_keep(flow, 5 * BODY);
    flow->y += 3;
    flow_text(flow, &style, 0, LETTER_WIDTH, text);
    flow->y += 3;
}

static void
numbered(struct flow *flow)
{
    const struct letter *letter = flow->letter;
    if (letter->list_count == 0) {
        return;
    }
    if (letter->list_title.len > 0) {
        heading(flow, letter->list_title);
    }
    struct sheet_style style = flow_style(flow, BODY, false, SHEET_START);
    for (size_t i = 0; i < letter->list_count; i++) {
        flow_keep(flow, 2 * BODY);
        struct text number = text_printf(flow->sheet->arena, "%zu.", i + 1);
        (void)sheet_text(flow->sheet, &style, flow_x(flow, 0, NUMBER_WIDTH), flow->y, NUMBER_WIDTH, number);
        flow_text(flow, &style, NUMBER_WIDTH, LETTER_WIDTH - NUMBER_WIDTH, letter->list[i]);
        flow->y += 2;
    }
    flow->y += PARAGRAPH_GAP;
}

static void
reasons(struct flow *flow)
{
    const struct letter *letter = flow->letter;
    if (letter->reason_count == 0) {
        return;
    }
    heading(flow, flow_word(flow, LETTER_WORD_REASONS));
    struct sheet_style style = flow_style(flow, 7.6, false, SHEET_START);
    style.colour = SHEET_SOFT;
    struct sheet *sheet = flow->sheet;
    sheet_begin(sheet, "Table", letter->lang);
    sheet_rule(sheet, LETTER_LEFT, flow->y, LETTER_WIDTH, SHEET_GOLD);
    const struct {
        enum letter_word word;
        double offset;
        double width;
    } columns[] = {{LETTER_WORD_SENTENCE, 0, SENTENCE_WIDTH},
                   {LETTER_WORD_KIND, SENTENCE_WIDTH + CELL_GAP, KIND_WIDTH},
                   {LETTER_WORD_NORM, LETTER_WIDTH - NORM_WIDTH, NORM_WIDTH}};
    double height = 0;
    sheet_begin(sheet, "TR", letter->lang);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        double x = flow_x(flow, columns[i].offset, columns[i].width);
        height =
            fmax(height, sheet_text(sheet, &style, x, flow->y + 2, columns[i].width, flow_word(flow, columns[i].word)));
    }
    sheet_end(sheet, "TR");
    flow->y += height + 4;
    sheet_rule(sheet, LETTER_LEFT, flow->y, LETTER_WIDTH, SHEET_GOLD);
    for (size_t i = 0; i < letter->reason_count; i++) {
        reason(flow, &letter->reasons[i]);
    }
    sheet_end(sheet, "Table");
    flow->y += PARAGRAPH_GAP;
}

/* The sentence may run over the page's end; its norm and kind stand beside its first line. */
static void
reason(struct flow *flow, const struct letter_reason *reason)
{
    struct sheet *sheet = flow->sheet;
    struct sheet_style style = flow_style(flow, 9, false, SHEET_START);
    struct sheet_style kind = flow_style(flow, 8.2, false, SHEET_START);
    struct sheet_style norm = flow_latin(flow, SHEET_LATIN_BOLD, 8.2);
    flow_keep(flow, 4 * BODY);
    flow->y += 3;
    sheet_begin(sheet, "TR", flow->letter->lang);
    double down = lang_is_rtl(flow->letter->lang) ? 3 : 1;
    double kind_x = flow_x(flow, SENTENCE_WIDTH + CELL_GAP, KIND_WIDTH);
    double norm_x = flow_x(flow, LETTER_WIDTH - NORM_WIDTH, NORM_WIDTH);
    int page = flow->page;
    double beside = flow->y + 1 +
                    sheet_text(sheet, &kind, kind_x, flow->y + 1, KIND_WIDTH,
                               flow_word(flow, reason->kind == REASON_LEGAL ? LETTER_WORD_LEGAL : LETTER_WORD_FACTUAL));
    beside = fmax(beside, flow->y + down + sheet_text(sheet, &norm, norm_x, flow->y + down, NORM_WIDTH, reason->norm));
    flow_text(flow, &style, 0, SENTENCE_WIDTH, reason->sentence);
    if (flow->page == page) {
        flow->y = fmax(flow->y, beside);
    }
    sheet_end(sheet, "TR");
    flow->y += 3;
    sheet_rule(sheet, LETTER_LEFT, flow->y, LETTER_WIDTH, (struct sheet_colour){0.86, 0.82, 0.72});
}

/* At the end side, all on one page: who signed, in what capacity and on what basis, and how. */
static void
signature(struct flow *flow)
{
    const struct signature_block *block = &flow->letter->signature;
    flow_keep(flow, 11 * BODY);
    flow->y += 8;
    double offset = LETTER_WIDTH - SIGNATURE_WIDTH;
    sheet_begin(flow->sheet, "Sect", flow->letter->lang);
    struct sheet_style style = flow_style(flow, BODY, true, SHEET_CENTRE);
    style.colour = SHEET_GREEN;
    flow_text(flow, &style, offset, SIGNATURE_WIDTH, own(flow, block->capacity));
    flow->y += 4;
    style = flow_style(flow, 11, true, SHEET_CENTRE);
    flow_text(flow, &style, offset, SIGNATURE_WIDTH, own(flow, block->name));
    flow->y += 3;
    style = flow_style(flow, 7.4, false, SHEET_CENTRE);
    flow_text(flow, &style, offset, SIGNATURE_WIDTH, own(flow, block->basis));
    flow_text(flow, &style, offset, SIGNATURE_WIDTH, signature_level_words(block->level, flow->letter->lang));
    flow_text(flow, &style, offset, SIGNATURE_WIDTH, block->detail);
    sheet_end(flow->sheet, "Sect");
    flow->y += 10;
}

static void
remedies(struct flow *flow)
{
    const struct letter *letter = flow->letter;
    if (letter->remedy_count == 0) {
        return;
    }
    heading(flow, flow_word(flow, LETTER_WORD_REMEDIES));
    struct sheet_style style = flow_style(flow, 8.6, false, SHEET_START);
    for (size_t i = 0; i < letter->remedy_count; i++) {
        flow_text(flow, &style, 0, LETTER_WIDTH, letter->remedies[i]);
        flow->y += 3;
    }
}

static struct text
own(const struct flow *flow, struct in_languages words)
{
    return flow->letter->lang == LANG_AR ? words.ar : words.latin;
}
