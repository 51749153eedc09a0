#include "app/app_words.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *msgid;
    const char *says[LANGS];
} words[] = {
    {"error.usage",
     {[LANG_AR] = "كُتب الأمر على غير وجهه.",
      [LANG_FR] = "La commande est mal écrite.",
      [LANG_EN] = "The command is not written as it should be."}},
    {"error.input",
     {[LANG_AR] = "المدخلات غير صحيحة.",
      [LANG_FR] = "Les données fournies sont incorrectes.",
      [LANG_EN] = "The input is not correct."}},
    {"error.json",
     {[LANG_AR] = "تعذرت قراءة نص JSON.",
      [LANG_FR] = "Le texte JSON est illisible.",
      [LANG_EN] = "The JSON cannot be read."}},
    {"error.utf8",
     {[LANG_AR] = "النص ليس بترميز UTF-8.",
      [LANG_FR] = "Le texte n'est pas en UTF-8.",
      [LANG_EN] = "The text is not UTF-8."}},
    {"error.too_large",
     {[LANG_AR] = "الحجم يتجاوز الحد المسموح به.",
      [LANG_FR] = "La taille dépasse la limite.",
      [LANG_EN] = "It is larger than the limit."}},
    {"error.not_found",
     {[LANG_AR] = "تعذر العثور على المطلوب.", [LANG_FR] = "Introuvable.", [LANG_EN] = "It was not found."}},
    {"error.conflict",
     {[LANG_AR] = "يوجد مثله من قبل، أو يستعمله برنامج آخر.",
      [LANG_FR] = "Cela existe déjà, ou un autre programme s'en sert.",
      [LANG_EN] = "It exists already, or another program uses it."}},
    {"error.state",
     {[LANG_AR] = "لا يمكن ذلك في الحالة الراهنة.",
      [LANG_FR] = "Ce n'est pas possible dans l'état actuel.",
      [LANG_EN] = "That is not possible in the present state."}},
    {"error.forbidden",
     {[LANG_AR] = "هذا غير مسموح به.", [LANG_FR] = "Ce n'est pas permis.", [LANG_EN] = "That is not allowed."}},
    {"error.not_competent",
     {[LANG_AR] = "الموقع غير مختص باتخاذ هذا القرار.",
      [LANG_FR] = "Le signataire n'est pas compétent pour cette décision.",
      [LANG_EN] = "The signatory is not competent for this decision."}},
    {"error.busy",
     {[LANG_AR] = "النظام مشغول، أعيدوا المحاولة بعد قليل.",
      [LANG_FR] = "Le système est occupé, réessayez dans un instant.",
      [LANG_EN] = "The system is busy, try again in a moment."}},
    {"error.disk_full",
     {[LANG_AR] = "امتلأ القرص.", [LANG_FR] = "Le disque est plein.", [LANG_EN] = "The disk is full."}},
    {"error.internal",
     {[LANG_AR] = "تعذر إتمام العملية بسبب عطل.",
      [LANG_FR] = "Une panne a empêché l'opération.",
      [LANG_EN] = "A fault prevented the operation."}},
};

const char *
app_word(const char *msgid, enum lang lang)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i].msgid, msgid) == 0) {
            return words[i].says[lang];
        }
    }
    return msgid;
}
