#include "office/paper_words.h"

#include <assert.h>

#include "base/buf.h"
#include "base/hijri.h"
#include "base/limits.h"

static const char *const words[PAPER_WORDS][LANGS] = {
    [PAPER_RECITAL] = {[LANG_AR] = "بناء على {title} (رقم {text})، يمنح المركز السند المبين أعلاه إلى",
                       [LANG_FR] =
                           "En application du texte n° {text} ({title}), le Centre délivre le titre ci-dessus à",
                       [LANG_EN] = "Under text no. {text} ({title}), the Centre grants the instrument above to"},
    [PAPER_UNTIL_WITHDRAWN] =
        {[LANG_AR] = "إلى غاية سحبه", [LANG_FR] = "Jusqu'à son retrait", [LANG_EN] = "Until it is withdrawn"},
    [PAPER_UNTIL] = {[LANG_AR] = "إلى غاية {day}", [LANG_FR] = "Jusqu'au {day} inclus", [LANG_EN] = "Until {day}"},
    [PAPER_IN_FORCE] = {[LANG_AR] = "ساري المفعول", [LANG_FR] = "En vigueur", [LANG_EN] = "In force"},
    [PAPER_SUSPENDED] = {[LANG_AR] = "موقوف", [LANG_FR] = "Suspendu", [LANG_EN] = "Suspended"},
    [PAPER_WITHDRAWN] = {[LANG_AR] = "مسحوب", [LANG_FR] = "Retiré", [LANG_EN] = "Withdrawn"},
    [PAPER_SURRENDERED] = {[LANG_AR] = "أعاده صاحبه إلى المركز",
                           [LANG_FR] = "Rendu par son titulaire",
                           [LANG_EN] = "Surrendered by its holder"},
    [PAPER_EXPIRED] = {[LANG_AR] = "منتهي الصلاحية", [LANG_FR] = "Expiré", [LANG_EN] = "Expired"},
    [PAPER_RC] =
        {[LANG_AR] = "رقم {number}، {court}", [LANG_FR] = "n° {number}, {court}", [LANG_EN] = "no. {number}, {court}"},
    [PAPER_RECEIPT_SUBJECT] = {[LANG_AR] = "وصل الإيداع رقم {number}",
                               [LANG_FR] = "Récépissé de dépôt n° {number}",
                               [LANG_EN] = "Filing receipt no. {number}"},
    [PAPER_DEPOSITED] = {[LANG_AR] = "ملف مودع: تسلم المركز ملفكم كاملا يوم {day}. يسري أجل الجواب من هذا اليوم، وهو "
                                     "{days} من الأيام الكاملة، وآخر يوم فيه هو {last}.",
                         [LANG_FR] = "Dossier déposé : le Centre a reçu votre dossier complet le {day}. Le délai de "
                                     "réponse court de ce jour ; il est de {days} jours francs et expire le {last}.",
                         [LANG_EN] = "File deposited: the Centre received your complete file on {day}. The term to "
                                     "answer runs from that day; it is {days} full days and its last day is {last}."},
    [PAPER_BEING_DEPOSITED] =
        {[LANG_AR] = "ملف في طور الإيداع: تسلم المركز ملفكم يوم {day} وتنقصه الوثائق المبينة أدناه دون غيرها. يستكمل "
                     "الملف إلى غاية {last}، وإلا أرجع إليكم.",
         [LANG_FR] = "Dossier en cours de dépôt : le Centre a reçu votre dossier le {day} ; il y manque les seules "
                     "pièces listées ci-dessous. Il est à compléter au plus tard le {last}, faute de quoi il vous est "
                     "renvoyé.",
         [LANG_EN] = "File being deposited: the Centre received your file on {day}; only the papers listed below are "
                     "missing. It is to be completed by {last}, or it is returned to you."},
    [PAPER_MISSING] = {[LANG_AR] = "الوثائق الناقصة", [LANG_FR] = "Pièces manquantes", [LANG_EN] = "Missing papers"},
    [PAPER_MACHINE_NAME] = {[LANG_AR] = "المنصة الرقمية للمركز",
                            [LANG_FR] = "Plateforme numérique du Centre",
                            [LANG_EN] = "The Centre's digital platform"},
    [PAPER_MACHINE_CAPACITY] = {[LANG_AR] = "محرر آلي، بغير توقيع شخص",
                                [LANG_FR] = "Établi automatiquement, sans signature d'une personne",
                                [LANG_EN] = "Made automatically, signed by no person"},
    [PAPER_OFFICER_CAPACITY] =
        {[LANG_AR] = "المكلف بدراسة الملف", [LANG_FR] = "L'agent instructeur", [LANG_EN] = "The case officer"},
    [PAPER_BASIS_LAW] =
        {[LANG_AR] = "{title}، رقم {text}", [LANG_FR] = "{title}, n° {text}", [LANG_EN] = "{title}, no. {text}"},
    [PAPER_GRANT_SUBJECT] =
        {[LANG_AR] = "منح السند: {title}", [LANG_FR] = "Délivrance : {title}", [LANG_EN] = "Grant: {title}"},
    [PAPER_REFUSE_SUBJECT] =
        {[LANG_AR] = "رفض الطلب: {title}", [LANG_FR] = "Refus : {title}", [LANG_EN] = "Refusal: {title}"},
    [PAPER_SUSPEND_SUBJECT] =
        {[LANG_AR] = "إيقاف السند: {title}", [LANG_FR] = "Suspension : {title}", [LANG_EN] = "Suspension: {title}"},
    [PAPER_LIFT_SUBJECT] = {[LANG_AR] = "رفع الإيقاف: {title}",
                            [LANG_FR] = "Levée de la suspension : {title}",
                            [LANG_EN] = "Suspension lifted: {title}"},
    [PAPER_WITHDRAW_SUBJECT] =
        {[LANG_AR] = "سحب السند: {title}", [LANG_FR] = "Retrait : {title}", [LANG_EN] = "Withdrawal: {title}"},
    [PAPER_FILED] = {[LANG_AR] = "أودعتم يوم {day}، تحت رقم {number}، طلبا في شأن: {title}. وقد درس المركز طلبكم "
                                 "والوثائق المرفقة به.",
                     [LANG_FR] = "Vous avez déposé le {day}, sous le numéro {number}, une demande : {title}. Le Centre "
                                 "l'a instruite avec les pièces jointes.",
                     [LANG_EN] =
                         "On {day} you filed, under number {number}, a request: {title}. The Centre examined it "
                         "with its papers."},
    [PAPER_HOLDER] = {[LANG_AR] = "تحملون السند رقم {number}: {title}.",
                      [LANG_FR] = "Vous êtes titulaire du titre n° "
                                  "{number} : {title}.",
                      [LANG_EN] = "You hold instrument no. {number}: {title}."},
    [PAPER_GRANT_RULING] = {[LANG_AR] = "يمنح السند «{title}» إلى {party}، ويحمل الرقم {number}.",
                            [LANG_FR] = "Le titre « {title} » est délivré à {party} sous le numéro {number}.",
                            [LANG_EN] = "The instrument “{title}” is granted to {party} under number {number}."},
    [PAPER_REFUSE_RULING] = {[LANG_AR] = "يرفض طلب {party} في شأن «{title}». ويجوز تقديم طلب جديد متى استوفيت الشروط.",
                             [LANG_FR] = "La demande de {party} (« {title} ») est refusée. Une nouvelle demande peut "
                                         "être déposée dès que les conditions sont remplies.",
                             [LANG_EN] = "The request of {party} (“{title}”) is refused. A new one may be filed once "
                                         "the conditions are met."},
    [PAPER_SUSPEND_RULING] = {[LANG_AR] = "يوقف السند رقم {number} («{title}») الذي يحمله {party}.",
                              [LANG_FR] = "Le titre n° {number} (« {title} »), détenu par {party}, est suspendu.",
                              [LANG_EN] = "Instrument no. {number} (“{title}”), held by {party}, is suspended."},
    [PAPER_LIFT_RULING] = {[LANG_AR] = "يرفع إيقاف السند رقم {number} («{title}») الذي يحمله {party}.",
                           [LANG_FR] =
                               "La suspension du titre n° {number} (« {title} »), détenu par {party}, est levée.",
                           [LANG_EN] = "The suspension of instrument no. {number} (“{title}”), held by {party}, is "
                                       "lifted."},
    [PAPER_WITHDRAW_RULING] = {[LANG_AR] = "يسحب السند رقم {number} («{title}») من {party}.",
                               [LANG_FR] = "Le titre n° {number} (« {title} »), détenu par {party}, est retiré.",
                               [LANG_EN] = "Instrument no. {number} (“{title}”), held by {party}, is withdrawn."},
    [PAPER_COURT] = {[LANG_AR] = "ويبقى الطعن أمام المحكمة الإدارية المختصة مفتوحا داخل الأجل الذي يحدده القانون، ونصه "
                                 "غير محمل في هذا النظام.",
                     [LANG_FR] =
                         "Le recours devant le tribunal administratif compétent reste ouvert dans le délai fixé "
                         "par la loi, dont le texte n'est pas chargé dans ce système.",
                     [LANG_EN] = "Action before the competent administrative court stays open within the term set by "
                                 "law, whose text is not loaded in this system."},
    [PAPER_REPLACE_SUBJECT] = {[LANG_AR] = "طلب استبدال وثائق: الملف رقم {number}",
                               [LANG_FR] = "Demande de remplacement de pièces : dossier n° {number}",
                               [LANG_EN] = "Request to replace papers: dossier no. {number}"},
    [PAPER_REPLACE] = {[LANG_AR] = "تبين أن الوثائق المبينة أدناه غير مستوفية للشروط، للسبب التالي: {reason}",
                       [LANG_FR] = "Les pièces listées ci-dessous ne sont pas conformes, pour la raison suivante : "
                                   "{reason}",
                       [LANG_EN] = "The papers listed below do not conform, for this reason: {reason}"},
    [PAPER_REPLACE_LIST] =
        {[LANG_AR] = "الوثائق المطلوب استبدالها", [LANG_FR] = "Pièces à remplacer", [LANG_EN] = "Papers to replace"},
    [PAPER_INFORM_SUBJECT] = {[LANG_AR] = "طلب معلومات تكميلية: الملف رقم {number}",
                              [LANG_FR] = "Demande d'informations : dossier n° {number}",
                              [LANG_EN] = "Request for information: dossier no. {number}"},
    [PAPER_INFORM] = {[LANG_AR] = "يطلب منكم المركز، مرة واحدة، المعلومات التالية: {question}",
                      [LANG_FR] = "Le Centre vous demande, une seule fois, les informations suivantes : {question}",
                      [LANG_EN] = "The Centre asks you, once only, for the following information: {question}"},
    [PAPER_RETURN_SUBJECT] = {[LANG_AR] = "إرجاع الملف رقم {number}",
                              [LANG_FR] = "Renvoi du dossier n° {number}",
                              [LANG_EN] = "Return of dossier no. {number}"},
    [PAPER_RETURN_FOUND] = {[LANG_AR] = "لم يتوصل المركز إلى غاية {last} بما يلي: {papers}.",
                            [LANG_FR] = "Au {last}, le Centre n'avait pas reçu : {papers}.",
                            [LANG_EN] = "By {last} the Centre had not received: {papers}."},
    [PAPER_RETURN_RULING] = {[LANG_AR] = "يرجع إليكم الملف، ولا يعد ذلك رفضا في الموضوع، ولكم أن تقدموا طلبا جديدا.",
                             [LANG_FR] = "Le dossier vous est renvoyé. Ce n'est pas un refus au fond : vous pouvez "
                                         "déposer une nouvelle demande.",
                             [LANG_EN] =
                                 "The file is returned to you. This is no refusal on the merits: you may file a "
                                 "new request."},
    [PAPER_NOTICE_SUBJECT] = {[LANG_AR] = "إعذار في شأن السند رقم {number}",
                              [LANG_FR] = "Mise en demeure : titre n° {number}",
                              [LANG_EN] = "Formal notice: instrument no. {number}"},
    [PAPER_NOTICE] = {[LANG_AR] = "عاين المركز الإخلال التالي: {found} ويدعوكم إلى تصحيحه إلى غاية {last}.",
                      [LANG_FR] = "Le Centre a constaté le manquement suivant : {found} Il vous met en demeure de le "
                                  "réparer au plus tard le {last}.",
                      [LANG_EN] = "The Centre found the following breach: {found} It gives you notice to cure it by "
                                  "{last}."},
    [PAPER_HEARING] = {[LANG_AR] = "ولكم أن تقدموا ملاحظاتكم كتابة أو أن تطلبوا الاستماع إليكم قبل أي قرار.",
                       [LANG_FR] = "Vous pouvez présenter vos observations par écrit ou demander à être entendu avant "
                                   "toute décision.",
                       [LANG_EN] =
                           "You may put your observations in writing, or ask to be heard, before any decision."},
};

static const char *const months[LANGS][13] = {
    [LANG_AR] = {"", "يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر",
                 "دجنبر"},
    [LANG_FR] = {"", "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
                 "novembre", "décembre"},
    [LANG_EN] = {"", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                 "November", "December"},
};
static const char *const hijri_months[LANGS][13] = {
    [LANG_AR] = {"", "محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان", "رمضان",
                 "شوال", "ذو القعدة", "ذو الحجة"},
    [LANG_FR] = {"", "moharrem", "safar", "rabii I", "rabii II", "joumada I", "joumada II", "rejeb", "chaabane",
                 "ramadan", "chaoual", "kaada", "hija"},
    [LANG_EN] = {"", "Muharram", "Safar", "Rabi I", "Rabi II", "Jumada I", "Jumada II", "Rajab", "Shaaban", "Ramadan",
                 "Shawwal", "Dhu al-Qaada", "Dhu al-Hijja"},
};

struct text
paper_word(enum paper_word word, enum lang lang)
{
    assert(word > 0 && word < PAPER_WORDS);
    assert(words[word][lang] != NULL);
    return text_of(words[word][lang]);
}

struct text
paper_fill(struct arena *arena, enum paper_word word, enum lang lang, const struct paper_hole *holes, size_t count)
{
    const struct text sentence = paper_word(word, lang);
    struct buf buf = buf_new(arena, BODY_BYTES_MAX);
    for (size_t at = 0; at < sentence.len;) {
        if (sentence.at[at] != '{') {
            buf_char(&buf, sentence.at[at++]);
            continue;
        }
        const struct text rest = text_after(sentence, at + 1);
        const struct text name = text_slice(rest, 0, text_find_byte(rest, '}'));
        bool filled = false;
        for (size_t i = 0; i < count && !filled; i++) {
            if (text_is(name, holes[i].name)) {
                buf_text(&buf, holes[i].value);
                filled = true;
            }
        }
        assert(filled);
        at += name.len + 2;
    }
    assert(!buf.overflowed);
    return buf_built(&buf);
}

struct text
paper_date(struct arena *arena, struct date date, enum lang lang)
{
    int year, month, day;
    date_to_civil(date, &year, &month, &day);
    return text_printf(arena, "%d %s %d", day, months[lang][month], year);
}

struct text
paper_hijri(struct arena *arena, struct date date, enum lang lang)
{
    struct hijri hijri;
    if (!hijri_from_date(date, &hijri)) {
        return TEXT("");
    }
    return text_printf(arena, "%d %s %d", hijri.day, hijri_months[lang][hijri.month], hijri.year);
}

/* 300.000,00 درهم; 300 000,00 DH; MAD 300,000.00 */
struct text
paper_money(struct arena *arena, struct money money, enum lang lang)
{
    static const char *const groups[LANGS] = {[LANG_AR] = ".", [LANG_FR] = "\xC2\xA0", [LANG_EN] = ","};
    const struct text plain = money_to_text(arena, money);
    const size_t dot = text_find_byte(plain, '.');
    struct buf buf = buf_new(arena, 200);
    if (lang == LANG_EN) {
        buf_cstr(&buf, "MAD ");
    }
    for (size_t i = 0; i < dot; i++) {
        if (i > 0 && (dot - i) % 3 == 0 && plain.at[i - 1] != '-') {
            buf_cstr(&buf, groups[lang]);
        }
        buf_char(&buf, plain.at[i]);
    }
    buf_char(&buf, lang == LANG_EN ? '.' : ',');
    buf_text(&buf, dot + 1 < plain.len ? text_after(plain, dot + 1) : TEXT("00"));
    if (lang != LANG_EN) {
        buf_cstr(&buf, lang == LANG_AR ? " درهم" : " DH");
    }
    return buf_built(&buf);
}
