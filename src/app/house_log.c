#include "app/house_log.h"

const struct err *
house_log_note(struct house *house, struct text *ret_note)
{
    return signer_published(house->arena, text_of(house->signer), ret_note);
}

const struct err *
house_log(struct house *house, struct log **ret)
{
    struct text note;
    TRY(house_log_note(house, &note));
    return log_open_published(&house->ctx, house->arena, house->store, note, ret);
}
