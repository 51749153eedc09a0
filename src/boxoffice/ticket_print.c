#include "boxoffice/ticket_print.h"

#include "base/json.h"
#include "base/limits.h"

static void
put_time(struct json_out *out, const char *name, struct ticket_time time)
{
    char text[32];
    const size_t len = ticket_time_write(time, text);
    json_member_text(out, name, (struct text){text, len});
}

static void
put_bool(struct json_out *out, const char *name, bool value)
{
    json_put_name(out, text_of(name));
    json_put_bool(out, value);
}

struct text
ticket_line_print(struct arena *arena, const struct ticket_line *line)
{
    struct buf buf = buf_new(arena, 8192);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    for (enum ticket_field field = 0; field < TICKET_FIELDS; field++) {
        const char *name = ticket_field_names[field];
        if ((line->given & UINT32_C(1) << field) == 0) {
            continue;
        }
        switch (field) {
        case TICKET_SCREEN:
            json_member_text(&out, name, line->screen);
            break;
        case TICKET_START:
            put_time(&out, name, line->start);
            break;
        case TICKET_SERIES:
            json_member_text(&out, name, line->series);
            break;
        case TICKET_NUMBER:
            json_member_int(&out, name, line->number);
            break;
        case TICKET_TARIFF:
            json_member_text(&out, name, line->tariff);
            break;
        case TICKET_PRICE:
            json_member_int(&out, name, line->price_centimes);
            break;
        case TICKET_AT:
            put_time(&out, name, line->at);
            break;
        case TICKET_POINT:
            json_member_text(&out, name, line->point);
            break;
        case TICKET_CANCELS:
            put_bool(&out, name, line->cancels);
            break;
        case TICKET_VISA:
            json_member_text(&out, name, line->visa);
            break;
        case TICKET_OFFLINE_AT:
            put_time(&out, name, line->offline_at);
            break;
        case TICKET_SEAT:
            json_member_text(&out, name, line->seat);
            break;
        case TICKET_PRINTED:
            put_bool(&out, name, line->printed);
            break;
        case TICKET_REASON:
            json_member_text(&out, name, line->reason);
            break;
        case TICKET_FIELDS:
            break;
        }
    }
    json_close_object(&out);
    return buf_built(&buf);
}
