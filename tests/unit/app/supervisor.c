/* The supervisor with real processes: what dies is started again, what never worked ends it, SIGTERM ends all. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../unit.h"
#include "app/process.h"

static int pipe_ends[2];

/* Says its number and works until it is told to end. */
static int
work(void *arg, int ready)
{
    (void)arg;
    const pid_t pid = getpid();
    if (write(pipe_ends[1], &pid, sizeof pid) != sizeof pid) {
        return 3;
    }
    process_ready(ready);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    int number = 0;
    sigwait(&set, &number);
    return 0;
}

static int
fail_at_once(void *arg, int ready)
{
    (void)arg;
    (void)ready;
    return 2;
}

static pid_t
supervise(int (*first)(void *, int), int (*second)(void *, int))
{
    const pid_t pid = fork();
    if (pid == 0) {
        if (freopen("/dev/null", "w", stderr) == NULL) {
            _exit(9);
        }
        struct process processes[] = {{.name = "first", .run = first}, {.name = "second", .run = second}};
        _exit(process_supervise(processes, 2));
    }
    return pid;
}

static pid_t
said(void)
{
    pid_t pid = 0;
    assert_int_equal(read(pipe_ends[0], &pid, sizeof pid), sizeof pid);
    return pid;
}

static int
setup(void **state)
{
    (void)state;
    return pipe(pipe_ends);
}

static int
teardown(void **state)
{
    (void)state;
    close(pipe_ends[0]);
    close(pipe_ends[1]);
    return 0;
}

static void
starts_again_what_is_killed_and_ends_all_on_SIGTERM(void **state)
{
    (void)state;
    const pid_t supervisor = supervise(work, work);
    const pid_t first = said();
    const pid_t second = said();
    assert_int_equal(kill(first, SIGKILL), 0);
    const pid_t again = said();
    assert_true(again != first && again != second);
    assert_int_equal(kill(second, 0), 0);
    kill(supervisor, SIGTERM);
    int status = 0;
    waitpid(supervisor, &status, 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_int_equal(kill(again, 0), -1);
    assert_int_equal(kill(second, 0), -1);
}

static void
ends_with_the_status_of_a_process_that_never_worked(void **state)
{
    (void)state;
    const pid_t supervisor = supervise(work, fail_at_once);
    const pid_t first = said();
    int status = 0;
    waitpid(supervisor, &status, 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 2);
    assert_int_equal(kill(first, 0), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(starts_again_what_is_killed_and_ends_all_on_SIGTERM, setup, teardown),
        cmocka_unit_test_setup_teardown(ends_with_the_status_of_a_process_that_never_worked, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
