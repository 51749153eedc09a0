#include "app/house.h"

#include <sys/stat.h>

#include "app/files.h"
#include "folder.h"

static struct options
options_at(const char *data)
{
    return (struct options){.data = data, .today = DATE_NONE};
}

static void
makes_a_house_once_and_opens_it_again(void **state)
{
    struct fixture *fixture = *state;
    const struct options options = options_at(fixture_path(fixture, "data"));
    struct house house;
    MUST(fixture->arena, house_open(fixture->arena, &options, HOUSE_CREATE, &house));
    assert_false(house.is_demo);
    assert_true(file_exists(house.documents) && file_exists(house.signer) && file_exists(house.quarantine));
    house_close(&house);
    MUST(fixture->arena, house_open(fixture->arena, &options, HOUSE_OPEN, &house));
    house_close(&house);
    const struct err *err = house_open(fixture->arena, &options, HOUSE_CREATE, &house);
    assert_non_null(err);
    assert_int_equal(err->code, ERR_CONFLICT);
}

static void
lets_nobody_else_look_into_the_folders(void **state)
{
    struct fixture *fixture = *state;
    const struct options options = options_at(fixture_path(fixture, "data"));
    DEFER(house_close) struct house house;
    MUST(fixture->arena, house_open(fixture->arena, &options, HOUSE_CREATE, &house));
    struct stat stat_of;
    assert_int_equal(stat(house.signer, &stat_of), 0);
    assert_int_equal(stat_of.st_mode & 0777, 0700);
}

static void
says_that_there_is_no_house(void **state)
{
    struct fixture *fixture = *state;
    const struct options options = options_at(fixture_path(fixture, "nothing"));
    struct house house;
    const struct err *err = house_open(fixture->arena, &options, HOUSE_OPEN, &house);
    assert_non_null(err);
    assert_int_equal(err->code, ERR_NOT_FOUND);
    assert_false(file_exists(options.data));
}

static void
keeps_the_day_of_a_demo_until_another_is_asked_for(void **state)
{
    struct fixture *fixture = *state;
    struct options options = options_at(fixture_path(fixture, "data"));
    struct house house;
    MUST(fixture->arena, house_open(fixture->arena, &options, HOUSE_CREATE, &house));
    struct date day;
    assert_true(date_from_civil(2026, 11, 21, &day));
    MUST(fixture->arena, house_keep_today(&house, day));
    house_close(&house);

    MUST(fixture->arena, house_open(fixture->arena, &options, HOUSE_OPEN, &house));
    assert_true(house.is_demo);
    assert_int_equal(house.ctx.today.days, day.days);
    house_close(&house);

    options.today = (struct date){day.days + 1};
    MUST(fixture->arena, house_open(fixture->arena, &options, HOUSE_OPEN, &house));
    assert_int_equal(house.ctx.today.days, day.days + 1);
    house_close(&house);

    options.today = DATE_NONE;
    MUST(fixture->arena, file_write(fixture->arena, fixture_path(fixture, "data/today"), TEXT("soon")));
    const struct err *err = house_open(fixture->arena, &options, HOUSE_OPEN, &house);
    assert_non_null(err);
    assert_int_equal(err->code, ERR_INPUT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(makes_a_house_once_and_opens_it_again),
        FIXTURE_TEST(lets_nobody_else_look_into_the_folders),
        FIXTURE_TEST(says_that_there_is_no_house),
        FIXTURE_TEST(keeps_the_day_of_a_demo_until_another_is_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
