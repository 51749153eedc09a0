#include "certificate_sample.h"

#define BOTH(arabic, french)                                                                                           \
    {                                                                                                                  \
        .ar = TEXT_INIT(arabic), .latin = TEXT_INIT(french)                                                            \
    }

static const char entry[] =
    "{\"act\":1042,\"commitments\":{\"party:1\":"
    "\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\",\"receipt\":"
    "\"2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae\"},\"corpus\":"
    "\"fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9\",\"day\":\"2026-11-24\","
    "\"instrument\":\"PL-2026-0042\",\"kind\":\"instrument.granted\",\"state\":\"granted\"}";
static const char proof[] = "c2sp.org/tlog-proof@v1\nindex 1041\n"
                            "mTrqOQ1cNpFzJkvNEIAsN0wHq2ZpBaKh5AUCF5w6Aqc=\n"
                            "nS1wK3bQdHn1hV6o8R7Xy2Jm4tEoZcLxUuB0gYfPq5M=\n"
                            "\nregistre.example/2026\n1100\nQm9uam91ciBsZSBtb25kZSBkdSBjaW5lbWEgMTIzNDU=\n"
                            "\n\xE2\x80\x94 registre.example/2026 Ue7Jx0dQm2k4yWb1vS8aZ3cR6tN5pLhEfGjKq9w=\n";
static const char disclosure[] = "{\"party:1\":{\"data\":{\"ice\":\"001524876000093\",\"name\":\"Atlas Lumière SARL\"},"
                                 "\"salt\":\"6b86b273ff34fce19d6b804eff5a3f57\"}}";

static struct text sample_norms[] = {TEXT_INIT("18.23/2/1.a"), TEXT_INIT("18.23/2/1.b"), TEXT_INIT("18.23/2/1.c"),
                                     TEXT_INIT("18.23/2/1.d"), TEXT_INIT("18.23/2/1.e"), TEXT_INIT("18.23/2/1.f"),
                                     TEXT_INIT("18.23/85/3.2")};

struct certificate
sample_certificate(struct arena *arena)
{
    struct certificate certificate = {
        .latin_lang = LANG_FR,
        .mark = MARK_NONE,
        .state = BOTH("المملكة المغربية", "Royaume du Maroc"),
        .centre = BOTH("المركز السينمائي المغربي", "Centre cinématographique marocain"),
        .title = BOTH("الترخيص بمزاولة نشاط الإنتاج السينمائي",
                      "Autorisation d'exercice de l'activité de production cinématographique"),
        .number = TEXT_INIT("PL-2026-0042"),
        .recital = BOTH(
            "يرخص المركز السينمائي المغربي، بناء على القانون رقم 18.23، بمزاولة نشاط الإنتاج السينمائي للشركة المسماة",
            "En application de la loi n° 18.23, l'activité de production cinématographique est autorisée à la société"),
        .holder = BOTH("أطلس ضوء للإنتاج", "Atlas Lumière Productions"),
        .legal_form = BOTH("شركة ذات مسؤولية محدودة", "Société à responsabilité limitée"),
        .ice = TEXT_INIT("001524876000093"),
        .rc = BOTH("رقم 48213، الدار البيضاء", "n° 48213, Casablanca"),
        .manager = BOTH("السيدة أمينة العلوي", "Mme Amina El Alaoui"),
        .seat = BOTH("12، زنقة ابن بطوطة، الطابق الثالث، الدار البيضاء", "12, rue Ibn Battouta, 3e étage, Casablanca"),
        .capital = BOTH("300.000,00 درهم، مدفوع بالكامل", "300 000,00 DH, entièrement libéré"),
        .granted_on = BOTH("24 نونبر 2026", "24 novembre 2026"),
        .granted_on_hijri = BOTH("14 جمادى الآخرة 1448", "14 joumada II 1448"),
        .validity = BOTH("إلى غاية سحب الترخيص", "Jusqu'au retrait de l'autorisation"),
        .status = BOTH("ساري المفعول", "En vigueur"),
        .norms = sample_norms,
        .norm_count = sizeof sample_norms / sizeof sample_norms[0],
        .signature = {.name = BOTH("يوسف بنجلون", "Youssef Benjelloun"),
                      .capacity = BOTH("عن مدير المركز وبتفويض منه", "Pour le directeur et par délégation"),
                      .basis = BOTH("قرار التفويض رقم 987 بتاريخ 3 شتنبر 2026",
                                    "Délégation, acte n° 987 du 3 septembre 2026"),
                      .level = SIGNATURE_SIMPLE},
        .act = 1042,
        .origin = TEXT_INIT("registre.example/2026"),
        .leaf = 1041,
        .base_url = TEXT_INIT("https://registre.example"),
        .entry = text_of(entry),
        .proof = text_of(proof),
        .disclosure = text_of(disclosure),
    };
    (void)date_from_civil(2026, 11, 24, &certificate.act_day);
    certificate.short_hash = certificate_short_hash(arena, certificate.entry);
    return certificate;
}
