#include "app/demo_names.h"

#include <assert.h>

struct pair {
    const char *ar;
    const char *latin;
};
#define COUNT(list) (sizeof(list) / sizeof(list)[0])
#define PICK(list, number) (&(list)[(number) % COUNT(list)])

static const struct pair women[] = {
    {"هاجر", "Hajar"},  {"زينب", "Zineb"},   {"غيثة", "Ghita"},    {"سلمى", "Salma"},   {"نورة", "Noura"},
    {"مريم", "Meryem"}, {"إكرام", "Ikram"},  {"هدى", "Houda"},     {"أسماء", "Asmae"},  {"لبنى", "Loubna"},
    {"رجاء", "Rajae"},  {"سناء", "Sanae"},   {"خديجة", "Khadija"}, {"فاطمة", "Fatima"}, {"إيمان", "Imane"},
    {"وفاء", "Ouafae"}, {"كوثر", "Kaoutar"}, {"حسناء", "Hasnae"},  {"تودة", "Touda"},   {"رقية", "Rkia"},
};
static const struct pair men[] = {
    {"ياسين", "Yassine"}, {"أمين", "Amine"},     {"إدريس", "Driss"},    {"هشام", "Hicham"}, {"عثمان", "Othmane"},
    {"أنس", "Anas"},      {"كريم", "Karim"},     {"رشيد", "Rachid"},    {"نبيل", "Nabil"},  {"حمزة", "Hamza"},
    {"بدر", "Badr"},      {"مراد", "Mourad"},    {"سفيان", "Soufiane"}, {"جواد", "Jaouad"}, {"زكرياء", "Zakaria"},
    {"عمر", "Omar"},      {"إبراهيم", "Brahim"}, {"لحسن", "Lahcen"},    {"عزيز", "Aziz"},   {"طارق", "Tarik"},
};
static const struct pair families[] = {
    {"الزموري", "Zemmouri"},   {"الورزازي", "Ouarzazi"},  {"بنشقرون", "Bencheqroun"}, {"الغرباوي", "Gharbaoui"},
    {"أوحساين", "Ouhssaine"},  {"السباعي", "Sebbai"},     {"المريني", "Merini"},      {"بوعزاوي", "Bouazzaoui"},
    {"الدكالي", "Doukkali"},   {"الريفي", "Rifi"},        {"آيت موحى", "Ait Mouha"},  {"التازي", "Tazi"},
    {"الشاوي", "Chaoui"},      {"بنحمو", "Benhammou"},    {"الفيلالي", "Filali"},     {"أكناو", "Agnaou"},
    {"الصنهاجي", "Senhaji"},   {"بلمقدم", "Belmekaddem"}, {"الحوزي", "Haouzi"},       {"الجبلي", "Jebli"},
    {"أمزيان", "Ameziane"},    {"الطنجاوي", "Tanjaoui"},  {"لمرابطي", "Lamrabti"},    {"بوزيد", "Bouzid"},
    {"الخمليشي", "Khamlichi"}, {"السوسي", "Soussi"},      {"العبدي", "Abdi"},         {"أيت بها", "Ait Baha"},
    {"المسفيوي", "Mesfioui"},  {"القرقوري", "Karkouri"},  {"بناصر", "Bennaceur"},
};
static const struct pair cities[] = {
    {"الدار البيضاء", "Casablanca"},
    {"الرباط", "Rabat"},
    {"مراكش", "Marrakech"},
    {"الدار البيضاء", "Casablanca"},
    {"ورزازات", "Ouarzazate"},
    {"طنجة", "Tanger"},
    {"فاس", "Fès"},
    {"الدار البيضاء", "Casablanca"},
    {"أكادير", "Agadir"},
    {"الرباط", "Rabat"},
    {"مكناس", "Meknès"},
    {"وجدة", "Oujda"},
    {"تطوان", "Tétouan"},
    {"العيون", "Laâyoune"},
    {"سلا", "Salé"},
    {"القنيطرة", "Kénitra"},
    {"الصويرة", "Essaouira"},
    {"الداخلة", "Dakhla"},
    {"بني ملال", "Béni Mellal"},
};
static const struct pair streets[] = {
    {"زنقة الزيتون", "rue des Oliviers"},  {"زنقة الأرز", "rue des Cèdres"},     {"شارع النخيل", "avenue des Palmiers"},
    {"زنقة الياسمين", "rue des Jasmins"},  {"شارع السلام", "avenue de la Paix"}, {"زنقة الأركان", "rue de l'Arganier"},
    {"زنقة الرمان", "rue des Grenadiers"}, {"زنقة المنبع", "rue de la Source"},  {"شارع المرسى", "avenue du Port"},
    {"زنقة الفنون", "rue des Arts"},       {"زنقة الخزامى", "rue des Lavandes"},
};
/* 40 by 32 by 3 company names. */
static const struct pair firsts[] = {
    {"زيتونة", "Zitouna"}, {"سحاب", "Sahab"},    {"نخلة", "Nakhla"},  {"أرغان", "Argan"},    {"رمال", "Rimal"},
    {"شفق", "Chafaq"},     {"قنطرة", "Kantara"}, {"منارة", "Manara"}, {"تيفاو", "Tifaw"},    {"إزوران", "Izouran"},
    {"ندى", "Nada"},       {"صدى", "Sada"},      {"مرآة", "Miraat"},  {"قمر", "Qamar"},      {"هلال", "Hilal"},
    {"ضفاف", "Difaf"},     {"واحة", "Waha"},     {"أمواج", "Amwaj"},  {"ياسمين", "Yasmine"}, {"بستان", "Boustane"},
    {"نسيم", "Nassim"},    {"سنابل", "Sanabil"}, {"فجر", "Fajr"},     {"ظلال", "Dilal"},     {"مرجان", "Morjane"},
    {"تافوكت", "Tafoukt"}, {"أيور", "Ayyur"},    {"إتران", "Itran"},  {"أسيف", "Assif"},     {"تيزي", "Tizi"},
    {"غصن", "Ghosn"},      {"لؤلؤ", "Loulou"},   {"مدار", "Madar"},   {"نافذة", "Nafida"},   {"خيط", "Khayt"},
    {"ورق", "Waraq"},      {"حبر", "Hibr"},      {"طريق", "Tariq"},   {"جسر", "Jisr"},       {"ميناء", "Minae"},
};
static const struct pair seconds[] = {
    {"الأطلس", "Al Atlas"},   {"البحر", "Al Bahr"},      {"الجنوب", "Al Janoub"},   {"الشمال", "Al Chamal"},
    {"المدينة", "Al Madina"}, {"الصباح", "As Sabah"},    {"المساء", "Al Massae"},   {"الحكاية", "Al Hikaya"},
    {"الريح", "Ar Rih"},      {"النور", "An Nour"},      {"الصمت", "As Samt"},      {"الوادي", "Al Oued"},
    {"القصبة", "Al Kasbah"},  {"الرحى", "Ar Raha"},      {"السفر", "As Safar"},     {"الذاكرة", "Ad Dakira"},
    {"الحلم", "Al Holm"},     {"المطر", "Al Matar"},     {"الربيع", "Ar Rabie"},    {"الزرقة", "Az Zorqa"},
    {"العنبر", "Al Anbar"},   {"الكثبان", "Al Kothban"}, {"المشور", "Al Mechouar"}, {"السور", "As Sour"},
    {"الفنار", "Al Fanar"},   {"القوافل", "Al Qawafil"}, {"النهر", "An Nahr"},      {"البيدر", "Al Baydar"},
    {"الأفق", "Al Ofoq"},     {"الشرفة", "Ach Chorfa"},  {"الساحة", "As Saha"},     {"المرسم", "Al Marsam"},
};

struct demo_name
demo_person_name(struct arena *arena, uint64_t number)
{
    const struct pair *first = number % 2 == 0 ? PICK(women, number / 2) : PICK(men, number / 2);
    const struct pair *family = PICK(families, number * 7 + number / COUNT(women));
    return (struct demo_name){.ar = text_printf(arena, "%s %s", first->ar, family->ar),
                              .latin = text_printf(arena, "%s %s", first->latin, family->latin)};
}

struct demo_name
demo_company_name(struct arena *arena, uint64_t number, const char *suffix_ar, const char *suffix_latin)
{
    static const struct pair tails[] = {{"", ""}, {" والشركاء", " et associés"}, {" للفنون", " Arts"}};
    static_assert(COUNT(firsts) * COUNT(seconds) * COUNT(tails) == DEMO_COMPANY_NAMES, "as the header says");
    const uint64_t all = COUNT(firsts) * COUNT(seconds);
    const uint64_t mixed = number % all * 477 % all; /* 477 and 1280 have no common factor: all, in another order */
    const struct pair *first = &firsts[mixed % COUNT(firsts)];
    const struct pair *second = &seconds[mixed / COUNT(firsts)];
    const struct pair *tail = PICK(tails, number / all);
    return (struct demo_name){
        .ar = text_printf(arena, "%s %s%s %s", first->ar, second->ar, tail->ar, suffix_ar),
        .latin = text_printf(arena, "%s %s%s %s", first->latin, second->latin, tail->latin, suffix_latin)};
}

struct demo_name
demo_city(uint64_t number)
{
    const struct pair *city = PICK(cities, number);
    return (struct demo_name){.ar = text_of(city->ar), .latin = text_of(city->latin)};
}

struct demo_name
demo_address(struct arena *arena, uint64_t number, uint64_t city)
{
    const struct pair *street = PICK(streets, number);
    const struct pair *place = PICK(cities, city);
    const unsigned door = (unsigned)(number * 13 % 180 + 1);
    return (struct demo_name){.ar = text_printf(arena, "%u، %s، %s", door, street->ar, place->ar),
                              .latin = text_printf(arena, "%u, %s, %s", door, street->latin, place->latin)};
}

struct text
demo_ice(struct arena *arena, uint64_t number)
{
    const uint64_t enterprise = 9000000 + number * 37 % 900000;
    const uint64_t establishment = 1 + number % 4;
    const uint64_t payload = enterprise * 10000 + establishment;
    const uint64_t control = (97 - payload * 100 % 97) % 97;
    return text_printf(arena, "%013llu%02llu", (unsigned long long)payload, (unsigned long long)control);
}

struct text
demo_email(struct arena *arena, struct text name_latin, uint64_t number, const char *host)
{
    char local[64];
    size_t len = 0;
    for (size_t i = 0; i < name_latin.len && len < sizeof local; i++) {
        const char c = name_latin.at[i];
        if ((c >= 'a' && c <= 'z') || c == ' ') {
            local[len++] = c == ' ' ? '.' : c;
        } else if (c >= 'A' && c <= 'Z') {
            local[len++] = (char)(c - 'A' + 'a');
        }
    }
    return text_printf(arena, "%.*s.%llu@%s", (int)len, local, (unsigned long long)number, host);
}
