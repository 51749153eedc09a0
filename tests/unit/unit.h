/* What every unit test includes: cmocka with the headers it wants, in order. Names of tests are sentences. */
#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"

/* Fails the test with the whole chain when a call answers an error. */
#define MUST(arena, call)                                                                                              \
    do {                                                                                                               \
        const struct err *must_err_ = (call);                                                                          \
        if (must_err_ != NULL) {                                                                                       \
            fail_msg("%s", err_print((arena), must_err_));                                                             \
        }                                                                                                              \
    } while (0)
#define ASSERT_TEXT(actual, cstr)                                                                                      \
    do {                                                                                                               \
        const struct text assert_text_ = (actual);                                                                     \
        if (!text_is(assert_text_, (cstr))) {                                                                          \
            fail_msg("\"%.*s\" is not \"%s\"", TEXT_ARG(assert_text_), (cstr));                                        \
        }                                                                                                              \
    } while (0)

#endif
