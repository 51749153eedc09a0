#include <stdio.h>

#include "app/command.h"
#include "app/daily.h"
#include "app/house_write.h"

static int run(struct arena *arena, int argc, char **argv);

const struct command command_day = {
    .name = "day",
    .usage = "day --data DIR [--db postgresql://...] [--today DATE] [--json]",
    .summary = {[LANG_AR] = "ينجز أعمال اليوم: الآجال المنقضية والأوراق المهملة.",
                [LANG_FR] = "Fait le travail du jour : délais échus, pièces abandonnées.",
                [LANG_EN] = "Does the day's work: terms that have passed, papers nobody names."},
    .details =
        "A server does this by itself, when it starts and when a day begins; the command is for a house that is not "
        "served, from a crontab. Dossiers whose term to complete has passed are returned as the law answers, sessions "
        "and links that have ended are forgotten, and papers that no draft and no act names are removed. Running it "
        "twice changes nothing more.\n",
    .run = run,
};

static int
run(struct arena *arena, int argc, char **argv)
{
    struct options options;
    const struct err *err =
        options_read(arena, argc, argv, &(struct options_taken){.common = OPTIONS_HOUSE | OPTION_JSON}, &options);
    if (err != NULL) {
        return command_misused(arena, &command_day, err);
    }
    struct daily daily;
    const struct house_writing writing = {.options = &options, .how = HOUSE_OPEN, .fn = daily_work, .arg = &daily};
    err = house_write(arena, &writing);
    err = err == NULL ? daily_files(arena, options.data, &daily) : err;
    if (err != NULL) {
        return command_end(arena, err);
    }
    const struct daily_report *report = &daily.report;
    if (options.json) {
        printf("{\"dossiers\":%lld,\"returned\":%lld,\"overdue\":%lld,\"papers_removed\":%lld}\n",
               (long long)report->office.looked_at, (long long)report->office.returned,
               (long long)report->office.overdue, (long long)report->papers);
        return 0;
    }
    printf("%lld dossiers had a term that passed, %lld were returned; %lld answers are overdue. %lld papers removed.\n",
           (long long)report->office.looked_at, (long long)report->office.returned, (long long)report->office.overdue,
           (long long)report->papers);
    return 0;
}
