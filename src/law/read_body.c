/* Formalities and bodies. */
#include "law/read_rows.h"

void
formality_read(struct reader *reader, struct line *line)
{
    struct token name;
    struct period period;
    if (!name_read(reader, "a formality", &name) || !period_read(reader, &period) || !expect_end(reader)) {
        return;
    }
    struct item *item = item_new(reader, ITEM_FORMALITY, name.text, name.place);
    struct formality *formality = ARENA_NEW(reader->arena, struct formality);
    item->period = period;
    item->formality = formality;
    formality->name = name.text;
    for (struct line *child = line->first; child != NULL; child = child->next) {
        size_t faults = reader->faults_count;
        bool good = false;
        reader->at = child->tokens;
        if (take_word(reader, "on")) {
            row_names(reader, &formality->on, &formality->on_count);
            good = formality->on_count > 0;
        } else if (take_word(reader, "check")) {
            good = row_name(reader, &formality->check);
        } else if (take_word(reader, "requires")) {
            good = row_name(reader, &formality->requires_);
        }
        if (!good || !row_cites(reader, item, NULL, NULL) || !expect_end(reader)) {
            row_fault(reader, child, faults, "formality",
                      "Lines of a formality: on DECISIONS, check CHECK, requires NAME.");
        }
    }
    if (formality->on_count == 0 || (formality->check.len == 0 && formality->requires_.len == 0)) {
        fault_add(reader, name.place, NULL,
                  "a formality says on which decisions it hooks, and its check or what it requires.");
    }
}

static bool
seats_row(struct reader *reader, struct law_body *body)
{
    bool by_parameter = take_word(reader, "parameter");
    while (reader->at->kind == TOKEN_WORD) {
        struct law_seat seat = {.name = reader->at->text};
        int64_t count;
        reader->at++;
        if (!by_parameter) {
            if (reader->at->kind != TOKEN_NUMBER || !number_from(reader->at->text, &count)) {
                return false;
            }
            seat.count = (int)(count / 1000000);
            reader->at++;
        }
        body->seats = rows_append(reader, body->seats, &body->seats_count, sizeof seat, &seat);
    }
    return body->seats_count > 0;
}

void
body_read(struct reader *reader, struct line *line)
{
    struct token name;
    struct period period;
    if (!name_read(reader, "a body", &name) || !period_read(reader, &period) || !expect_end(reader)) {
        return;
    }
    struct item *item = item_new(reader, ITEM_BODY, name.text, name.place);
    struct law_body *body = ARENA_NEW(reader->arena, struct law_body);
    item->period = period;
    item->body = body;
    *body = (struct law_body){.name = name.text, .text_id = reader->text_id};
    for (struct line *child = line->first; child != NULL; child = child->next) {
        size_t faults = reader->faults_count;
        bool good = false;
        if (names3_take(reader, child, body->title)) {
            continue;
        }
        reader->at = child->tokens;
        if (take_word(reader, "composition")) {
            good = seats_row(reader, body);
        } else if (take_word(reader, "quorum")) {
            good = take_word(reader, "check") && row_name(reader, &body->quorum_check);
        } else if (take_word(reader, "vote")) {
            good = take_word(reader, "check") && row_name(reader, &body->vote_check);
        } else if (take_word(reader, "secretary")) {
            good = row_name(reader, &body->secretary);
        }
        if (!good || !row_cites(reader, item, NULL, NULL) || !expect_end(reader)) {
            row_fault(reader, child, faults, "body",
                      "Lines of a body: composition, quorum check, vote check, secretary.");
        }
    }
    (void)names3_check(reader, name.place, body->title);
}
