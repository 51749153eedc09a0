/* Daily work: dossiers whose term has passed are returned as the law answers, dead sessions and loose papers go. Once a
 * day of legal time, by the server's thread or, in a house that is not served, by `markaz day` from a crontab. Running
 * it twice does no harm. */
#ifndef APP_DAILY_H
#define APP_DAILY_H

#include "office/office.h"
#include "store/writer.h"

struct daily_options {
    struct store *store;
    struct writer *writer;
    struct ctx ctx;   /* kinds, law, world; its arena is not used */
    bool has_own_day; /* ctx.today is the day for good, so that the work is done once */
    const char *data;
    void (*say)(struct text line); /* NULL: stderr */
};

struct daily_report {
    struct office_day office;
    int64_t papers;  /* files given back */
    int64_t letters; /* of the outbox, forgotten */
};
/* The work in the database, in one transaction (TX_WRITE). The files of loose papers are for daily_files(), after the
 * commit. */
struct daily {
    struct daily_report report;
    struct hash *loose;
    size_t loose_count;
};
const struct err *daily_work(struct ctx *ctx, void *daily);
const struct err *daily_files(struct arena *arena, const char *data, const struct daily *daily);
/* One line of JSON. */
struct text daily_line(struct arena *arena, struct date day, const struct daily_report *report);

struct daily_thread;
const struct err *daily_start(struct arena *arena, const struct daily_options *options, struct daily_thread **ret);
void daily_stop(struct daily_thread *thread); /* NULL is fine */

#endif
