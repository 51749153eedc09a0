#include "scene.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct err *
refuse(struct ctx *ctx, const struct act *act)
{
    return FAIL(ctx->arena, ERR_INPUT, "act %lld has no effect", (long long)act->id.value);
}

static const struct act_kind kinds[] = {
    {.name = "noted", .version = 3},
    {.name = "refused", .version = 1, .apply = refuse},
    {0},
};
static const struct act_kind *const lists[] = {kinds};
const struct act_kinds scene_kinds = {.lists = lists, .count = 1};

static const struct err *
begin(struct ctx *ctx, void *arg)
{
    struct act act;
    return log_begin(ctx, arg, TEXT("the register begins"), &act);
}

void
scene_init(struct scene *scene, struct place *place)
{
    char folder[64];
    const char *above = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/markaz-acts-XXXXXX", above == NULL ? "/tmp" : above);
    assert_non_null(mkdtemp(folder));
    place->ctx.kinds = &scene_kinds;
    *scene = (struct scene){.place = place};
    scene->options = (struct signer_options){.world = &place->world.world};
    scene->options.folder = text_copy(place->ctx.arena, text_printf(place->ctx.arena, "%s/signer", folder));
    MUST(place->ctx.arena,
         signer_create(place->ctx.arena, &place->world.world, scene->options.folder, TEXT("ccm.example/log")));
    MUST(place->ctx.arena, scene_start(scene));
    MUST(place->ctx.arena, writer_run(scene->writer, &place->ctx, begin, scene->log));
}

void
scene_done(struct scene *scene)
{
    char command[160];
    scene_stop(scene);
    snprintf(command, sizeof command, "rm -rf '%.*s'", (int)(scene->options.folder.len - 7), scene->options.folder.at);
    assert_int_equal(system(command), 0);
}

void
scene_stop(struct scene *scene)
{
    writer_stop(scene->writer);
    log_close(scene->log);
    signer_stop(scene->signer);
    scene->writer = NULL;
    scene->log = NULL;
    scene->signer = NULL;
}

const struct err *
scene_start(struct scene *scene)
{
    struct ctx *ctx = &scene->place->ctx;
    TRY(signer_start(ctx->arena, &scene->options, &scene->signer));
    TRY(log_open(ctx, ctx->arena, scene->place->store, scene->signer, &scene->log));
    const struct writer_options options = {.world = &scene->place->world.world,
                                           .before_commit = log_guard,
                                           .after_commit = log_publish,
                                           .hook_arg = scene->log};
    TRY(writer_start(ctx, scene->place->store_arena, scene->place->store, &options, &scene->writer));
    return log_publish(ctx, scene->log);
}

const struct err *
scene_note(struct scene *scene, int64_t n, struct act *ret)
{
    struct scene_job job = {.n = n};
    TRY(writer_run(scene->writer, &scene->place->ctx, scene_append, &job));
    *ret = job.act;
    return NULL;
}

const struct err *
scene_append(struct ctx *ctx, void *arg)
{
    struct scene_job *job = arg;
    const struct act_person person = {
        .subject = text_printf(ctx->arena, "party:%lld", (long long)(job->n % 7)),
        .role = TEXT("applicant"),
        .data = text_printf(ctx->arena, "{\"name\": \"شركة %lld\", \"ice\": \"%015lld\"}", (long long)job->n,
                            (long long)job->n),
    };
    const struct act_document document = {.sha256 = hash_of(&job->n, sizeof job->n), .code = TEXT("statutes")};
    const bool sealed = job->n % 11 == 1;
    const bool public = job->n % 5 == 0 && !sealed;
    const struct act_draft draft = {
        .kind = TEXT("noted"),
        .body = text_printf(ctx->arena, "{ \"why\": \"a reason\", \"n\": %lld, \"half\": 0.50}", (long long)job->n),
        .persons = &person,
        .persons_count = 1,
        .documents = &document,
        .documents_count = job->n % 3 == 0 ? 0 : 1,
        .receipt = job->n % 2 == 0 ? TEXT("{\"verdict\":\"granted\"}") : TEXT(""),
        .instrument = public ? text_printf(ctx->arena, "PL-%lld/2026", (long long)job->n) : TEXT(""),
        .status = public ? TEXT("granted") : TEXT(""),
        .subject = text_printf(ctx->arena, "dossier:%lld", (long long)(job->n % 4)),
        .sealed = sealed,
    };
    return act_append(ctx, &draft, &job->act);
}
