/* Slots and what they look like outside: JSON by type, literals of law files and of --set. */
#include <string.h>

#include "law/program.h"

enum value_kind
kind_of(const struct type *type)
{
    static const uint8_t kinds[] = {
        [FACT_YES_NO] = KIND_YES_NO, [FACT_NUMBER] = KIND_NUMBER, [FACT_WHOLE] = KIND_NUMBER,
        [FACT_MONEY] = KIND_MONEY,   [FACT_DATE] = KIND_DATE,     [FACT_CODE] = KIND_CODE,
        [FACT_COUNTRY] = KIND_CODE,  [FACT_TEXT] = KIND_TEXT,     [FACT_SESSION] = KIND_SESSION,
        [FACT_NORM] = KIND_CODE,     [FACT_ONE_OF] = KIND_CODE,   [FACT_LIST] = KIND_LIST,
        [FACT_MAP] = KIND_MAP,       [FACT_RECORD] = KIND_RECORD};
    return kinds[type->kind];
}

size_t
type_stride(const struct type *of, bool map)
{
    return (map ? 1 : 0) + (of->kind == FACT_RECORD ? of->fields_count : 1);
}

static struct json
number_json(struct machine *machine, int64_t value, int places)
{
    struct buf buf = buf_new(machine->arena, 64);
    struct json_out out = json_out(&buf);
    json_put_decimal(&out, value, places);
    return (struct json){.type = JSON_NUMBER, .text = buf_built(&buf)};
}

static struct json
text_json(struct text text)
{
    return (struct json){.type = JSON_STRING, .text = text};
}

static struct json
plain_json(struct machine *machine, const struct slot *slot, uint8_t kind)
{
    switch (kind) {
    case KIND_YES_NO:
        return (struct json){.type = JSON_BOOL, .boolean = slot->v != 0};
    case KIND_NUMBER:
        return number_json(machine, slot->v, 6);
    case KIND_MONEY:
        return number_json(machine, slot->v, 0);
    case KIND_DATE:
        return text_json(date_to_text(machine->arena, (struct date){.days = (int32_t)slot->v}));
    case KIND_SESSION:
        return text_json(text_printf(machine->arena, "%04d-%d", (int)(slot->v / 100), (int)(slot->v % 100)));
    case KIND_DURATION:
        return text_json(text_printf(machine->arena, "%lld %s", (long long)slot->v,
                                     slot->aux == TERM_DAYS     ? "days"
                                     : slot->aux == TERM_MONTHS ? "months"
                                                                : "years"));
    default:
        return text_json(intern_text(machine->intern, (uint32_t)slot->v));
    }
}

static struct json
record_json(struct machine *machine, size_t offset, const struct type *of)
{
    struct json json = {.type = JSON_OBJECT,
                        .members = ARENA_ARRAY(machine->arena, struct json_member, of->fields_count)};
    for (size_t i = 0; i < of->fields_count; i++) {
        const struct slot *slot = &machine->data[offset + i];
        if (slot->state == SLOT_UNKNOWN) {
            continue;
        }
        json.members[json.count++] = (struct json_member){
            .name = of->fields[i].name,
            .value = slot_json(machine, slot, (uint8_t)kind_of(of->fields[i].type), of->fields[i].type)};
    }
    return json;
}

static struct json
list_json(struct machine *machine, const struct slot *slot, uint8_t kind, const struct type *of)
{
    bool map = kind == KIND_MAP;
    size_t stride = slot->aux > 0 ? slot->aux : 1;
    struct json json = {.type = map ? JSON_OBJECT : JSON_ARRAY, .count = slot->aux2};
    json.items = map ? NULL : ARENA_ARRAY(machine->arena, struct json, slot->aux2);
    json.members = map ? ARENA_ARRAY(machine->arena, struct json_member, slot->aux2) : NULL;
    for (size_t i = 0; i < slot->aux2; i++) {
        size_t at = (size_t)slot->v + i * stride;
        const struct slot *element = &machine->data[at + (map ? 1 : 0)];
        bool record = of != NULL && of->kind == FACT_RECORD;
        struct json value = record ? record_json(machine, at + (map ? 1 : 0), of)
                                   : slot_json(machine, element, of != NULL ? (uint8_t)kind_of(of) : element->kind, of);
        if (map) {
            json.members[i] = (struct json_member){.name = intern_text(machine->intern, (uint32_t)machine->data[at].v),
                                                   .value = value};
        } else {
            json.items[i] = value;
        }
    }
    return json;
}

struct json
slot_json(struct machine *machine, const struct slot *slot, uint8_t kind, const struct type *type)
{
    if (slot->state != SLOT_KNOWN) {
        return (struct json){.type = JSON_NULL};
    }
    if (kind == KIND_NONE || kind == KIND_ABSENT) {
        kind = slot->kind;
    }
    if (kind == KIND_LIST || kind == KIND_MAP) {
        return list_json(machine, slot, kind, type != NULL ? type->of : NULL);
    }
    if (kind == KIND_RECORD) {
        return type != NULL ? record_json(machine, (size_t)slot->v, type) : (struct json){.type = JSON_NULL};
    }
    return plain_json(machine, slot, kind);
}

static bool
expr_fits(const struct expr *expr, const struct type *type)
{
    switch (type->kind) {
    case FACT_YES_NO:
        return expr->kind == EXPR_YES || expr->kind == EXPR_NO;
    case FACT_NUMBER:
        return expr->kind == EXPR_NUMBER;
    case FACT_WHOLE:
        return expr->kind == EXPR_NUMBER && expr->value % SCALE == 0;
    case FACT_MONEY:
        return expr->kind == EXPR_MONEY;
    case FACT_DATE:
        return expr->kind == EXPR_DATE;
    case FACT_TEXT:
        return expr->kind == EXPR_TEXT;
    case FACT_CODE:
    case FACT_COUNTRY:
    case FACT_ONE_OF:
        return expr->kind == EXPR_CODE || expr->kind == EXPR_NAME || expr->kind == EXPR_NORM;
    case FACT_NORM:
        return expr->kind == EXPR_NORM;
    default:
        return false;
    }
}

bool
literal_slot(struct intern *intern, const struct law *law, const struct expr *expr, const struct type *type,
             struct slot *ret)
{
    *ret = (struct slot){.state = SLOT_ABSENT, .kind = (uint8_t)kind_of(type)};
    if (expr->kind == EXPR_ABSENT) {
        return true;
    }
    if (!expr_fits(expr, type)) {
        return false;
    }
    ret->state = SLOT_KNOWN;
    ret->v = expr->value;
    if (expr->kind == EXPR_YES || expr->kind == EXPR_NO) {
        ret->v = expr->kind == EXPR_YES;
    } else if (expr->kind == EXPR_NORM) {
        uint16_t norm = expr->norms.items[0]->norm;
        ret->v = norm < law->norms_count ? law->norm_codes[norm] : intern_id(intern, expr->name);
    } else if (ret->kind == KIND_CODE || ret->kind == KIND_TEXT) {
        ret->v = intern_id(intern, expr->name);
    }
    return true;
}
