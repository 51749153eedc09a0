/* The answer to a batch, in the words of the contract and the sentences of the reader's language. */
#include "base/buf.h"
#include "base/json.h"
#include "base/limits.h"
#include "boxoffice/ingest_parts.h"

static const char *const sentences[TICKET_FAULTS][LANGS] = {
    [TICKET_BROKEN] = {[LANG_AR] = "السطر ليس كائن JSON واحدا تاما، أو لا يوافق أعمدة الرأس",
                       [LANG_FR] = "La ligne n'est pas un objet JSON entier, ou ne suit pas les colonnes de l'en-tête",
                       [LANG_EN] = "The line is not one whole JSON object, or does not follow the header's columns"},
    [TICKET_NOT_UTF8] = {[LANG_AR] = "نص غير صالح بترميز UTF-8 أو فيه رمز خفي",
                         [LANG_FR] = "Le texte n'est pas de l'UTF-8 valide ou contient un caractère invisible",
                         [LANG_EN] = "The text is not valid UTF-8 or holds a hidden character"},
    [TICKET_UNKNOWN_MEMBER] = {[LANG_AR] = "اسم غير معروف في هذا السطر",
                               [LANG_FR] = "Un nom inconnu figure dans la ligne",
                               [LANG_EN] = "The line holds an unknown name"},
    [TICKET_DUPLICATE_MEMBER] = {[LANG_AR] = "اسم مكرر في السطر",
                                 [LANG_FR] = "Un nom figure deux fois dans la ligne",
                                 [LANG_EN] = "A name stands twice in the line"},
    [TICKET_MISSING_MEMBER] = {[LANG_AR] = "قيمة لازمة ناقصة",
                               [LANG_FR] = "Une valeur nécessaire manque",
                               [LANG_EN] = "A required value is missing"},
    [TICKET_WRONG_TYPE] = {[LANG_AR] = "نوع القيمة غير صحيح",
                           [LANG_FR] = "La valeur n'est pas du type attendu",
                           [LANG_EN] = "The value is of the wrong type"},
    [TICKET_BAD_TIME] = {[LANG_AR] = "وقت غير صالح: تلزم صيغة مثل 2026-11-21T20:30+00:00 ويوم وساعة موجودان",
                         [LANG_FR] =
                             "Heure invalide : écrire comme 2026-11-21T20:30+00:00, un jour et une heure qui existent",
                         [LANG_EN] = "Not a time: write it like 2026-11-21T20:30+00:00, a day and an hour that exist"},
    [TICKET_BAD_NUMBER] = {[LANG_AR] = "رقم التذكرة عدد صحيح من 1 إلى 999999999999",
                           [LANG_FR] = "Le numéro est un entier de 1 à 999999999999",
                           [LANG_EN] = "The number is a whole one from 1 to 999999999999"},
    [TICKET_BAD_PRICE] = {[LANG_AR] = "الثمن عدد صحيح من السنتيمات من 0 إلى 1000000",
                          [LANG_FR] = "Le prix est un nombre entier de centimes, de 0 à 1000000",
                          [LANG_EN] = "The price is a whole number of centimes from 0 to 1000000"},
    [TICKET_BAD_CODE] = {[LANG_AR] = "الرمز من حروف لاتينية وأرقام و- _ . / ولا يتجاوز 32 حرفا",
                         [LANG_FR] = "Le code se compose de lettres, de chiffres et de - _ . /, 32 au plus",
                         [LANG_EN] = "The code is made of letters, digits and - _ . /, 32 at most"},
    [TICKET_TEXT_TOO_LONG] =
        {[LANG_AR] = "النص طويل جدا", [LANG_FR] = "Le texte est trop long", [LANG_EN] = "The text is too long"},
    [TICKET_OUT_OF_SCOPE] = {[LANG_AR] = "الشاشة ليست من قاعات صاحب الرمز",
                             [LANG_FR] = "L'écran n'est pas d'un cinéma de ce jeton",
                             [LANG_EN] = "The screen does not belong to a cinema of this token"},
    [TICKET_CONFLICT] =
        {[LANG_AR] = "هذا الرقم مسجل بمضمون آخر؛ حفظ السطر دليلا ولم يحتسب",
         [LANG_FR] = "Ce numéro existe avec un autre contenu ; la ligne est gardée comme preuve et n'est pas comptée",
         [LANG_EN] = "This number exists with other content; the line is kept as evidence and not counted"},
};

struct text
ticket_fault_sentence(struct arena *arena, enum ticket_fault fault, enum ticket_field field, enum lang lang)
{
    const enum lang spoken = lang_is_complete(lang) ? lang : LANG_EN;
    const char *sentence = sentences[fault][spoken];
    if (field == TICKET_FIELDS) {
        return text_of(sentence);
    }
    return text_printf(arena, "%s (%s)", sentence, ticket_field_names[field]);
}

static void
put_rejected(struct json_out *out, struct ctx *ctx, const struct intake *intake)
{
    json_put_name(out, TEXT("rejected"));
    json_open_array(out);
    for (size_t i = 0; i < intake->rejected_count; i++) {
        const struct batch_fault *fault = &intake->rejected[i];
        json_open_object(out);
        json_member_int(out, "line", fault->line);
        json_member_text(out, "code", text_of(ticket_fault_code(fault->fault)));
        json_member_text(out, "message", ticket_fault_sentence(ctx->arena, fault->fault, fault->field, ctx->lang));
        json_close_object(out);
    }
    json_close_array(out);
}

static void
put_gaps(struct json_out *out, const struct intake *intake)
{
    json_put_name(out, TEXT("gaps"));
    json_open_array(out);
    for (size_t i = 0; i < intake->gaps_count; i++) {
        const struct intake_gap *gap = &intake->gaps[i];
        json_open_object(out);
        json_member_text(out, "screen", gap->screen);
        json_member_text(out, "series", gap->series);
        json_member_int(out, "from", gap->numbers.from);
        json_member_int(out, "to", gap->numbers.to);
        json_close_object(out);
    }
    json_close_array(out);
}

static void
put_flags(struct json_out *out, const struct intake *intake)
{
    json_put_name(out, TEXT("flags"));
    json_open_array(out);
    for (size_t i = 0; i < intake->flags_count; i++) {
        const struct intake_flag *flag = &intake->flags[i];
        char start[32];
        const size_t len = ticket_time_write(flag->start, start);
        json_open_object(out);
        json_member_text(out, "norm", text_of(flag->norm));
        json_member_text(out, "screen", flag->screen);
        json_member_text(out, "start", (struct text){start, len});
        json_member_int(out, "tickets", flag->tickets);
        json_close_object(out);
    }
    json_close_array(out);
}

struct text
intake_answer(struct ctx *ctx, const struct intake *intake)
{
    struct buf buf = buf_new(ctx->arena, ARENA_BYTES_MAX / 4);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    json_member_text(&out, "batch", intake->ingest->key);
    json_member_int(&out, "accepted", intake->accepted);
    json_member_int(&out, "duplicates", intake->duplicates);
    put_rejected(&out, ctx, intake);
    put_flags(&out, intake);
    put_gaps(&out, intake);
    if (intake->ingest->is_test) {
        json_put_name(&out, TEXT("test"));
        json_put_bool(&out, true);
        json_member_int(&out, "lines", (int64_t)intake->ingest->batch->lines_count);
        json_member_int(&out, "series", (int64_t)intake->ingest->batch->groups_count);
    }
    json_put_name(&out, TEXT("receipt"));
    json_open_object(&out);
    json_member_int(&out, "entry", intake->batch);
    json_member_text(&out, "sha256", hash_to_hex(ctx->arena, intake->ingest->batch->sha256));
    json_close_object(&out);
    json_close_object(&out);
    return buf_built(&buf);
}
