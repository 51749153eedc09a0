#include "letter_sample.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct text addressee_ar[] = {TEXT_INIT("السيد المسير القانوني لشركة أطلس ضوء للإنتاج"),
                                     TEXT_INIT("12، زنقة ابن بطوطة، الدار البيضاء")};
static struct text paragraphs_ar[] = {
    TEXT_INIT("وبعد، فقد أودعتم بتاريخ 2 نونبر 2026، تحت رقم \xE2\x81\xA8"
              "D-2026-0117\xE2\x81\xA9، طلبا للحصول على الترخيص بمزاولة نشاط الإنتاج السينمائي. وقد درس "
              "المركز طلبكم والوثائق المرفقة به، واستمع إلى ملاحظاتكم يوم 16 نونبر 2026."),
    TEXT_INIT("وبعد التحقق من الشروط المنصوص عليها في القانون رقم 18.23، تبين ما هو مبين في الجدول التالي.")};
static struct letter_reason reasons_ar[] = {
    {TEXT_INIT("18.23/2/1.c"), TEXT_INIT("يشترط أن يكون رأسمال الشركة الطالبة مدفوعا بكامله يوم البت في الطلب."),
     REASON_LEGAL},
    {TEXT_INIT(""),
     TEXT_INIT("تثبت شهادة البنك المؤرخة في 28 أكتوبر 2026 أن المبلغ المدفوع هو 75.000,00 درهم من أصل 300.000,00 درهم، "
               "ولم تدلوا بما يثبت "
               "دفع الباقي رغم طلب المعلومات الموجه إليكم يوم 6 نونبر 2026."),
     REASON_FACTUAL},
    {TEXT_INIT("18.23/85/3.2"), TEXT_INIT("يعود البت في هذا الطلب لمدير المركز أو لمن فوض إليه ذلك."), REASON_LEGAL}};
static struct text rulings_ar[] = {
    TEXT_INIT("يرفض طلب الترخيص بمزاولة نشاط الإنتاج السينمائي المقدم من شركة أطلس ضوء للإنتاج."),
    TEXT_INIT("يجوز تقديم طلب جديد متى استوفيت الشروط.")};
static struct text remedies_ar[] = {
    TEXT_INIT("التظلم أمام مدير المركز داخل أجل 30 يوما كاملة يبتدئ من اليوم الموالي لتبلغكم بهذه الرسالة؛ ولا ينظر "
              "فيه من وقع هذا القرار بالتفويض."),
    TEXT_INIT("الطعن أمام المحكمة الإدارية المختصة داخل أجل 60 يوما، وفق التشريع الجاري به العمل.")};

static struct text addressee_fr[] = {TEXT_INIT("Madame la gérante d'Atlas Lumière Productions"),
                                     TEXT_INIT("12, rue Ibn Battouta, Casablanca")};
static struct text paragraphs_fr[] = {
    TEXT_INIT("Vous avez déposé le 2 novembre 2026, sous le numéro D-2026-0117, une demande d'autorisation d'exercice "
              "de l'activité de "
              "production cinématographique. Le Centre l'a instruite et vous a entendue le 16 novembre 2026.")};
static struct letter_reason reasons_fr[] = {
    {TEXT_INIT("18.23/2/1.c"),
     TEXT_INIT("Le capital de la société doit être entièrement libéré au jour de la décision."), REASON_LEGAL},
    {TEXT_INIT(""),
     TEXT_INIT("L'attestation bancaire du 28 octobre 2026 montre un versement de 75 000,00 DH sur 300 000,00 DH."),
     REASON_FACTUAL}};
static struct text rulings_fr[] = {
    TEXT_INIT("La demande est refusée. Une nouvelle demande peut être déposée dès que la condition est remplie.")};
static struct text remedies_fr[] = {
    TEXT_INIT("Recours devant le directeur du Centre dans les 30 jours francs de la notification."),
    TEXT_INIT("Recours devant le tribunal administratif compétent dans les 60 jours.")};

static struct text papers_ar[] = {TEXT_INIT("شهادة الوضعية الجبائية السليمة، مسلمة منذ أقل من ثلاثة أشهر"),
                                  TEXT_INIT("نسخة من النظام الأساسي للشركة")};
static struct text papers_fr[] = {TEXT_INIT("Attestation de régularité fiscale de moins de trois mois"),
                                  TEXT_INIT("Copie des statuts de la société")};
static struct text received_ar[] = {
    TEXT_INIT("تسلم المركز طلبكم يوم 2 نونبر 2026. الملف في طور الإيداع إلى حين التوصل بالوثائق المذكورة أدناه "
              "دون غيرها داخل أجل 30 يوما.")};
static struct text received_fr[] = {
    TEXT_INIT("Le Centre a reçu votre demande le 2 novembre 2026. Le dossier est en cours de dépôt jusqu'à "
              "réception des seules pièces qui suivent, dans un délai de 30 jours.")};

static const struct in_languages state = {.ar = TEXT_INIT("المملكة المغربية"), .latin = TEXT_INIT("Royaume du Maroc")};
static const struct in_languages centre = {.ar = TEXT_INIT("المركز السينمائي المغربي"),
                                           .latin = TEXT_INIT("Centre cinématographique marocain")};

static struct letter common(enum lang lang);

struct letter
sample_decision(enum lang lang)
{
    struct letter letter = common(lang);
    bool is_arabic = lang == LANG_AR;
    letter.kind = LETTER_DECISION;
    letter.subject = is_arabic ? TEXT("رفض طلب الترخيص بمزاولة نشاط الإنتاج السينمائي")
                               : TEXT("Refus de l'autorisation de production cinématographique");
    letter.paragraphs = is_arabic ? paragraphs_ar : paragraphs_fr;
    letter.paragraph_count = is_arabic ? COUNT(paragraphs_ar) : COUNT(paragraphs_fr);
    letter.reasons = is_arabic ? reasons_ar : reasons_fr;
    letter.reason_count = is_arabic ? COUNT(reasons_ar) : COUNT(reasons_fr);
    letter.rulings = is_arabic ? rulings_ar : rulings_fr;
    letter.ruling_count = is_arabic ? COUNT(rulings_ar) : COUNT(rulings_fr);
    letter.remedies = is_arabic ? remedies_ar : remedies_fr;
    letter.remedy_count = is_arabic ? COUNT(remedies_ar) : COUNT(remedies_fr);
    return letter;
}

struct letter
sample_receipt(enum lang lang)
{
    struct letter letter = common(lang);
    bool is_arabic = lang == LANG_AR;
    letter.kind = LETTER_RECEIPT;
    letter.subject = is_arabic ? TEXT("وصل الإيداع رقم 117") : TEXT("Récépissé de dépôt n° 117");
    letter.paragraphs = is_arabic ? received_ar : received_fr;
    letter.paragraph_count = 1;
    letter.list_title = is_arabic ? TEXT("الوثائق الناقصة") : TEXT("Pièces manquantes");
    letter.list = is_arabic ? papers_ar : papers_fr;
    letter.list_count = is_arabic ? COUNT(papers_ar) : COUNT(papers_fr);
    return letter;
}

static struct letter
common(enum lang lang)
{
    bool is_arabic = lang == LANG_AR;
    struct letter letter = {
        .lang = lang,
        .mark = MARK_NONE,
        .state = state,
        .centre = centre,
        .reference = TEXT("CCM/2026/0381"),
        .date = is_arabic ? TEXT("24 نونبر 2026") : TEXT("24 novembre 2026"),
        .date_hijri = is_arabic ? TEXT("14 جمادى الآخرة 1448") : TEXT("14 joumada II 1448"),
        .addressee = is_arabic ? addressee_ar : addressee_fr,
        .addressee_count = 2,
        .signature = {.name = {.ar = TEXT("يوسف بنجلون"), .latin = TEXT("Youssef Benjelloun")},
                      .capacity = {.ar = TEXT("عن مدير المركز وبتفويض منه"),
                                   .latin = TEXT("Pour le directeur et par délégation")},
                      .basis = {.ar = TEXT("قرار التفويض رقم 987 بتاريخ 3 شتنبر 2026"),
                                .latin = TEXT("Délégation, acte n° 987 du 3 septembre 2026")},
                      .level = SIGNATURE_SIMPLE},
        .act = 1043,
        .short_hash = TEXT("0f1e2d3c4b5a6978"),
        .base_url = TEXT("https://registre.example"),
    };
    (void)date_from_civil(2026, 11, 24, &letter.act_day);
    return letter;
}
