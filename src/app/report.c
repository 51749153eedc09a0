#include "app/report.h"

#include <stdio.h>

enum { REPORT_BYTES_MAX = 4 * 1024 * 1024 };

static void begin(struct report *report);

void
report_fault(void *arg, const struct act_fault *fault)
{
    struct report *report = arg;
    if (!report->json) {
        if (fault->act > 0) {
            printf("act %lld: ", (long long)fault->act);
        }
        printf("%s: %.*s\n", fault->code, TEXT_ARG(fault->message));
        return;
    }
    begin(report);
    json_open_object(&report->out);
    if (fault->act > 0) {
        json_member_int(&report->out, "act", fault->act);
    }
    json_member_text(&report->out, "code", text_of(fault->code));
    json_member_text(&report->out, "message", fault->message);
    json_close_object(&report->out);
}

struct json_out
report_end(struct report *report)
{
    begin(report);
    json_close_array(&report->out);
    return report->out;
}

void
report_done(struct report *report)
{
    arena_free(report->arena);
    report->arena = NULL;
}

static void
begin(struct report *report)
{
    if (report->begun) {
        return;
    }
    report->begun = true;
    report->arena = arena_new((size_t)4 * REPORT_BYTES_MAX);
    report->buf = buf_new(report->arena, REPORT_BYTES_MAX);
    report->out = json_out(&report->buf);
    json_open_object(&report->out);
    json_put_name(&report->out, TEXT("faults"));
    json_open_array(&report->out);
}
