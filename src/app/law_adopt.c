#include "app/law_adopt.h"

#include <stdio.h>

#include "acts/corpus.h"
#include "app/house_write.h"
#include "app/law_open.h"

/* The corpus that was read, on its way into the house. */
struct adopting {
    struct law_opened opened;
    struct text source;
    struct act act;
};

static const struct err *adopt(struct ctx *ctx, void *arg);

const struct err *
law_adopted(struct house *house, struct arena *arena, const char *given)
{
    TRY(house_law(house, arena));
    if (house->ctx.law == NULL) {
        return FAIL(house->arena, ERR_WRONG_STATE, "no corpus was adopted here: markaz law adopt DIR --data %s",
                    house->data);
    }
    if (given == NULL) {
        return NULL;
    }
    struct law_opened opened;
    if (law_open(arena, given, false, &opened) != NULL) {
        return FAIL(house->arena, ERR_LAW, "the corpus in %s has faults", given);
    }
    if (!hash_equal(law_root(opened.law), law_root(house->ctx.law))) {
        return FAIL(house->arena, ERR_WRONG_STATE, "%s is not the corpus adopted: markaz law adopt %s --data %s", given,
                    given, house->data);
    }
    return NULL;
}

const struct err *
law_adopt(struct arena *arena, struct law_adoption *adoption)
{
    DEFER(arena_free_at) struct arena *law_arena = arena_new(LAW_ARENA_BYTES_MAX);
    struct adopting adopting = {.source = text_of(adoption->folder)};
    const struct err *err = law_open(law_arena, adoption->folder, false, &adopting.opened);
    if (err != NULL) { /* told in full already; the chain must outlive the corpus's arena */
        return FAIL(arena, ERR_LAW, "%s is not adopted", adoption->folder);
    }
    const struct house_writing writing = {
        .options = adoption->options, .how = HOUSE_OPEN, .fn = adopt, .arg = &adopting};
    TRY(house_write(arena, &writing));
    adoption->act = adopting.act.id.value;
    adoption->root = hash_to_hex(arena, law_root(adopting.opened.law));
    return NULL;
}

int
law_adopt_run(struct arena *arena, int argc, char **argv, const struct command *command)
{
    struct options options;
    const struct err *err = options_read(
        arena, argc, argv, &(struct options_taken){.common = OPTIONS_HOUSE | OPTION_JSON, .rest_min = 2, .rest_max = 2},
        &options);
    if (err != NULL) {
        return command_misused(arena, command, err);
    }
    struct law_adoption adoption = {.options = &options, .folder = options.rest[1]};
    err = law_adopt(arena, &adoption);
    if (err == NULL && options.json) {
        printf("{\"act\":%lld,\"root\":\"%.*s\"}\n", (long long)adoption.act, TEXT_ARG(adoption.root));
    } else if (err == NULL) {
        printf("act %lld: corpus %.*s is in force\n", (long long)adoption.act, TEXT_ARG(adoption.root));
    }
    return command_end(arena, err);
}

static const struct err *
adopt(struct ctx *ctx, void *arg)
{
    struct adopting *adopting = arg;
    return corpus_adopt(ctx, adopting->opened.law, adopting->source, &adopting->act);
}
