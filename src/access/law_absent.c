/* Stands in for src/law until it is built: no corpus, so nobody is competent. */
#include "law/law.h"

const struct law_check *
law_check(struct arena *arena, const struct law *law, struct text name, struct date at)
{
    (void)arena, (void)law, (void)name, (void)at;
    return NULL;
}

const struct err *
law_ask(struct arena *arena, const struct law *law, const struct law_question *question, struct ruling *ret,
        struct question_fault *ret_fault)
{
    (void)law, (void)question, (void)ret, (void)ret_fault;
    return FAIL(arena, ERR_LAW, "there is no law here");
}

const struct json *
ruling_result(const struct ruling *ruling, const char *name)
{
    (void)ruling, (void)name;
    return NULL;
}
