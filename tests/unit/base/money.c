#include "base/money.h"

#include "../unit.h"

static struct arena *arena;

static int
set_up(void **state)
{
    (void)state;
    arena = arena_new(1000000);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void
sums_and_products_refuse_to_overflow_and_leave_the_result_alone(void **state)
{
    (void)state;
    struct money result = {42};
    assert_false(money_add((struct money){INT64_MAX}, (struct money){1}, &result));
    assert_false(money_subtract((struct money){INT64_MIN}, (struct money){1}, &result));
    assert_false(money_times((struct money){INT64_MAX / 2 + 1}, 2, &result));
    assert_int_equal(result.centimes, 42);
    assert_true(money_add((struct money){INT64_MAX - 1}, (struct money){1}, &result));
    assert_true(result.centimes == INT64_MAX);
    assert_true(money_subtract((struct money){5}, (struct money){7}, &result));
    assert_int_equal(result.centimes, -2);
    assert_true(money_times((struct money){-150}, 3, &result));
    assert_int_equal(result.centimes, -450);
}

static int64_t
times_over(int64_t a, int64_t b, int64_t c, enum rounding rounding)
{
    int64_t result = 0;
    assert_true(int64_times_over(a, b, c, rounding, &result));
    return result;
}

static void
rounds_once_down_up_or_to_the_nearest_on_both_sides_of_zero(void **state)
{
    (void)state;
    assert_int_equal(times_over(7, 1, 2, ROUND_DOWN), 3);
    assert_int_equal(times_over(7, 1, 2, ROUND_UP), 4);
    assert_int_equal(times_over(7, 1, 2, ROUND_HALF_UP), 4);
    assert_int_equal(times_over(-7, 1, 2, ROUND_DOWN), -4);
    assert_int_equal(times_over(-7, 1, 2, ROUND_UP), -3);
    assert_int_equal(times_over(-7, 1, 2, ROUND_HALF_UP), -3);
    assert_int_equal(times_over(7, 1, -2, ROUND_DOWN), -4);
    assert_int_equal(times_over(-7, 1, -2, ROUND_DOWN), 3);
    assert_int_equal(times_over(10, 1, 3, ROUND_HALF_UP), 3);
    assert_int_equal(times_over(11, 1, 3, ROUND_HALF_UP), 4);
    assert_int_equal(times_over(-10, 1, 3, ROUND_HALF_UP), -3);
    assert_int_equal(times_over(-11, 1, 3, ROUND_HALF_UP), -4);
    assert_int_equal(times_over(6, 2, 3, ROUND_UP), 4);
    assert_int_equal(times_over(0, 9, 4, ROUND_UP), 0);
}

static void
products_beyond_64_bits_stay_exact_when_the_quotient_fits(void **state)
{
    (void)state;
    assert_true(times_over(INT64_MAX, INT64_MAX, INT64_MAX, ROUND_DOWN) == INT64_MAX);
    assert_true(times_over(INT64_MIN, INT64_MIN, INT64_MIN, ROUND_DOWN) == INT64_MIN);
    assert_true(times_over(INT64_MAX, 999999999, 1000000000, ROUND_DOWN) == 9223372027631403770);
    int64_t result = 42;
    assert_false(int64_times_over(INT64_MIN, 1, -1, ROUND_DOWN, &result));
    assert_false(int64_times_over(INT64_MAX, 2, 1, ROUND_DOWN, &result));
    assert_false(int64_times_over(INT64_MAX, 3, 2, ROUND_UP, &result));
    assert_int_equal(result, 42);
}

static void
reads_amounts_as_people_of_the_country_write_them(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t centimes;
    } cases[] = {
        {"500000.00", 50000000},
        {"500000", 50000000},
        {"500 000", 50000000},
        {" 1 234 567,89 ", 123456789},
        {"1\xC2\xA0"
         "234,5",
         123450},
        {"1\xE2\x80\xAF"
         "234.05",
         123405},
        {"٥٠٠٠٠٠", 50000000},
        {"٥٠٠٬٠٠٠٫٢٥", 50000025},
        {"۱۲", 1200},
        {"-0,05", -5},
        {"0", 0},
        {"92233720368547758.07", INT64_MAX},
        {"-92233720368547758.08", INT64_MIN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct money money = {-1};
        if (!money_from_text(text_of(cases[i].text), &money) || money.centimes != cases[i].centimes) {
            fail_msg("%s read as %lld", cases[i].text, (long long)money.centimes);
        }
    }
}

static void
refuses_amounts_that_could_mean_two_things_or_nothing(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        " ",
        "-",
        ".5",
        "5.",
        "1,000",
        "1.234,56",
        "1 00",
        "1234 567",
        "1 23",
        "1  000",
        "12 3456",
        "1.5.2",
        "1.50 0",
        "--1",
        "- 1",
        "+1",
        "1e3",
        "12 DH",
        "1 000 ,00",
        "\xFF",
        "92233720368547758.08",
        "92233720368547759",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct money money = {42};
        if (money_from_text(text_of(wrong[i]), &money)) {
            fail_msg("\"%s\" read as %lld", wrong[i], (long long)money.centimes);
        }
        assert_int_equal(money.centimes, 42);
    }
}

static void
writes_two_decimals_always_and_reads_back_what_it_wrote(void **state)
{
    (void)state;
    ASSERT_TEXT(money_to_text(arena, (struct money){50000000}), "500000.00");
    ASSERT_TEXT(money_to_text(arena, (struct money){-5}), "-0.05");
    ASSERT_TEXT(money_to_text(arena, (struct money){INT64_MIN}), "-92233720368547758.08");
    static const int64_t values[] = {0, 1, -1, 99, 100, -12345, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        struct money back = {7};
        assert_true(money_from_text(money_to_text(arena, (struct money){values[i]}), &back));
        assert_true(back.centimes == values[i]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_and_products_refuse_to_overflow_and_leave_the_result_alone),
        cmocka_unit_test(rounds_once_down_up_or_to_the_nearest_on_both_sides_of_zero),
        cmocka_unit_test(products_beyond_64_bits_stay_exact_when_the_quotient_fits),
        cmocka_unit_test(reads_amounts_as_people_of_the_country_write_them),
        cmocka_unit_test(refuses_amounts_that_could_mean_two_things_or_nothing),
        cmocka_unit_test(writes_two_decimals_always_and_reads_back_what_it_wrote),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
