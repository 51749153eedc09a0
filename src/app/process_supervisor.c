#include "app/process.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PAUSE_FIRST_MS = 100, PAUSE_MAX_MS = 5000, END_MS = 10000, READY_MS = 60000 };

static bool start(struct process *process);
static void end(struct process *process);
static void look_after(struct process *processes, size_t count);
static void begin_again(struct process *process, int status);
static bool wait_ready(struct process *process, int signals, bool *ret_ended);
static void say(const struct process *process, const char *what, int status);
static void pause_ms(int ms);
static int exit_status(int status);

int
process_supervise(struct process *processes, size_t count)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, NULL);
    const int signals = signalfd(-1, &set, SFD_CLOEXEC);
    int result = 0;
    bool ended = false;
    for (size_t i = 0; i < count && result == 0 && !ended; i++) {
        if (!start(&processes[i]) || !wait_ready(&processes[i], signals, &ended)) {
            int status = 0;
            const bool is_dead = processes[i].pid > 0 && waitpid(processes[i].pid, &status, 0) > 0;
            processes[i].pid = is_dead ? 0 : processes[i].pid;
            result = is_dead && exit_status(status) != 0 ? exit_status(status) : 3;
        }
    }
    while (result == 0 && !ended) {
        look_after(processes, count); /* before waiting: wait_ready() may have taken the signal of one that died */
        struct signalfd_siginfo info;
        if (read(signals, &info, sizeof info) == sizeof info) {
            ended = info.ssi_signo != SIGCHLD;
        }
    }
    for (size_t i = count; i > 0; i--) {
        end(&processes[i - 1]);
    }
    close(signals);
    return result;
}

void
process_ready(int ready)
{
    if (write(ready, "r", 1) == 1) {
        close(ready);
    }
}

static bool
start(struct process *process)
{
    int ends[2];
    if (pipe(ends) != 0) {
        return false;
    }
    fflush(NULL);
    const pid_t parent = getpid();
    process->pid = fork();
    if (process->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != parent) {
            _exit(3); /* the supervisor died before we asked to hear of it */
        }
        close(ends[0]);
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, SIGCHLD);
        sigprocmask(SIG_UNBLOCK, &set, NULL);
        const int status = process->run(process->arg, ends[1]);
        fflush(NULL);
        _exit(status);
    }
    close(ends[1]);
    process->ready = ends[0];
    return process->pid > 0;
}

/* Waits until the child says it works. False when it died or took too long. */
static bool
wait_ready(struct process *process, int signals, bool *ret_ended)
{
    struct pollfd waits[] = {{.fd = process->ready, .events = POLLIN}, {.fd = signals, .events = POLLIN}};
    for (;;) {
        const int count = poll(waits, 2, READY_MS);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        struct signalfd_siginfo info;
        if (count > 0 && waits[1].revents != 0 && read(signals, &info, sizeof info) == sizeof info &&
            info.ssi_signo != SIGCHLD) {
            *ret_ended = true;
            return true;
        }
        if (count > 0 && waits[0].revents == 0) {
            continue;
        }
        char byte = 0;
        process->was_ready = count > 0 && read(process->ready, &byte, 1) == 1;
        close(process->ready);
        process->pause_ms = PAUSE_FIRST_MS;
        return process->was_ready;
    }
}

/* Starts again whoever died. */
static void
look_after(struct process *processes, size_t count)
{
    int status = 0;
    pid_t pid = 0;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        for (size_t i = 0; i < count; i++) {
            if (processes[i].pid == pid) {
                begin_again(&processes[i], status);
            }
        }
    }
}

/* A child died: it starts again, more slowly each time it dies young. */
static void
begin_again(struct process *process, int status)
{
    say(process, "ended and is started again", status);
    pause_ms(process->pause_ms);
    process->pause_ms = process->pause_ms * 2 > PAUSE_MAX_MS ? PAUSE_MAX_MS : process->pause_ms * 2;
    if (!start(process)) {
        say(process, "could not be started", 0);
        process->pid = 0;
        return;
    }
    struct pollfd wait = {.fd = process->ready, .events = POLLIN};
    char byte = 0;
    if (poll(&wait, 1, READY_MS) > 0 && read(process->ready, &byte, 1) == 1) {
        process->pause_ms = PAUSE_FIRST_MS;
    }
    close(process->ready);
}

static void
end(struct process *process)
{
    if (process->pid <= 0) {
        return;
    }
    kill(process->pid, SIGTERM);
    for (int waited = 0; waited < END_MS; waited += 10) {
        if (waitpid(process->pid, NULL, WNOHANG) != 0) {
            process->pid = 0;
            return;
        }
        pause_ms(10);
    }
    say(process, "did not end in time and is killed", 0);
    kill(process->pid, SIGKILL);
    waitpid(process->pid, NULL, 0);
    process->pid = 0;
}

static void
say(const struct process *process, const char *what, int status)
{
    fprintf(stderr,
            "{\"level\":\"error\",\"event\":\"process\",\"process\":\"%s\",\"detail\":\"%s\",\"status\":%d,\"signal\":%"
            "d}\n",
            process->name, what, WIFEXITED(status) ? WEXITSTATUS(status) : 0,
            WIFSIGNALED(status) ? WTERMSIG(status) : 0);
}

static void
pause_ms(int ms)
{
    const struct timespec pause = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
    nanosleep(&pause, NULL);
}

static int
exit_status(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : 3;
}
