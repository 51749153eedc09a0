/* Faults of verification and audit on standard output: a line each, or a list in one JSON object. */
#ifndef APP_REPORT_H
#define APP_REPORT_H

#include "acts/fault.h"
#include "base/json.h"

struct report {
    bool json;
    struct arena *arena; /* its own: what is found outlives the memory of the search */
    struct buf buf;      /* of the object */
    struct json_out out;
    bool begun;
};

void report_fault(void *report, const struct act_fault *fault);
/* Ends the list of faults: {"faults":[...] is written, the caller adds members and closes the object. */
struct json_out report_end(struct report *report);
void report_done(struct report *report);

#endif
