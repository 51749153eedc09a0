/* A small authority for the tests of acts: kinds "noted" and "refused", a signer, a log and the one writer. */
#ifndef TESTS_ACTS_SCENE_H
#define TESTS_ACTS_SCENE_H

#include "acts/log.h"
#include "place.h"
#include "store/writer.h"

struct scene {
    struct place *place;
    struct signer_options options;
    struct signer *signer;
    struct log *log;
    struct writer *writer;
};

extern const struct act_kinds scene_kinds;

/* On a place of its own: signer folder, first origin (act 1), writer running. */
void scene_init(struct scene *scene, struct place *place);
void scene_done(struct scene *scene);
/* Stops and starts signer, log and writer, as a program that ends and begins. */
void scene_stop(struct scene *scene);
const struct err *scene_start(struct scene *scene);

/* An act through the writer: a body, a person "party:N", a document. Answers what the writer answered. */
const struct err *scene_note(struct scene *scene, int64_t n, struct act *ret);
/* The draft of it, for tests that append by hand; and the function of the job. */
const struct err *scene_append(struct ctx *ctx, void *arg); /* struct scene_job */
struct scene_job {
    int64_t n;
    struct act act;
};

#endif
