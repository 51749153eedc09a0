/* Landlock: the process reads and writes below a few folders only; seccomp: it starts no program and looks into no
 * other process. Both are best effort: an older kernel offers neither, which is said once. */
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "app/process.h"

static const uint64_t reading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
static const uint64_t writing = LANDLOCK_ACCESS_FS_REFER | LANDLOCK_ACCESS_FS_WRITE_FILE |
                                LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                                LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                                LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO;
static const uint64_t other = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                              LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

enum { WAIT_TURNS = 1000, WAIT_NS = 10 * 1000 * 1000 };

static bool allow(int rules, const char *path, uint64_t access);
static bool restrict_files(const char *const *writable, size_t writable_count, const char *const *readable,
                           size_t readable_count);
static bool restrict_calls(void);
static void say(const char *what);
static int threads_count(void);

void
process_sandbox(const char *const *writable, size_t writable_count, const char *const *readable, size_t readable_count)
{
    /* Pango reads the fonts in a thread that ends by itself; on a busy machine it may still be there. */
    for (int i = 0; i < WAIT_TURNS && threads_count() > 1; i++) {
        nanosleep(&(struct timespec){.tv_nsec = WAIT_NS}, NULL);
    }
    assert(threads_count() == 1); /* Landlock binds the thread that asks and those it starts, no others */
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        say("no_new_privs");
        return;
    }
    if (!restrict_files(writable, writable_count, readable, readable_count)) {
        say("landlock");
    }
    if (!restrict_calls()) {
        say("seccomp");
    }
}

static bool
restrict_files(const char *const *writable, size_t writable_count, const char *const *readable, size_t readable_count)
{
    const struct landlock_ruleset_attr attributes = {.handled_access_fs = reading | writing | other};
    const int rules = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
    if (rules < 0) {
        return false;
    }
    bool is_good = true;
    for (size_t i = 0; i < writable_count; i++) {
        is_good = allow(rules, writable[i], reading | writing) && is_good;
    }
    for (size_t i = 0; i < readable_count; i++) {
        allow(rules, readable[i], reading); /* one that is absent needs no rule */
    }
    is_good = is_good && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return is_good;
}

static bool
allow(int rules, const char *path, uint64_t access)
{
    const int folder = open(path, O_PATH | O_CLOEXEC);
    if (folder < 0) {
        return errno == ENOENT;
    }
    const struct landlock_path_beneath_attr rule = {.allowed_access = access, .parent_fd = folder};
    const bool is_good = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
    close(folder);
    return is_good;
}

/* What a server never does, and whoever broke into one wants to do. */
static bool
restrict_calls(void)
{
    static const int denied[] = {SCMP_SYS(execve),
                                 SCMP_SYS(execveat),
                                 SCMP_SYS(ptrace),
                                 SCMP_SYS(process_vm_readv),
                                 SCMP_SYS(process_vm_writev),
                                 SCMP_SYS(mount),
                                 SCMP_SYS(umount2),
                                 SCMP_SYS(pivot_root),
                                 SCMP_SYS(chroot),
                                 SCMP_SYS(init_module),
                                 SCMP_SYS(finit_module),
                                 SCMP_SYS(delete_module),
                                 SCMP_SYS(kexec_load),
                                 SCMP_SYS(bpf),
                                 SCMP_SYS(keyctl),
                                 SCMP_SYS(add_key),
                                 SCMP_SYS(request_key),
                                 SCMP_SYS(unshare),
                                 SCMP_SYS(setns),
                                 SCMP_SYS(perf_event_open),
                                 SCMP_SYS(userfaultfd),
                                 SCMP_SYS(reboot),
                                 SCMP_SYS(swapon)};
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (filter == NULL) {
        return false;
    }
    bool is_good = true;
    for (size_t i = 0; i < sizeof denied / sizeof denied[0]; i++) {
        is_good = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), denied[i], 0) == 0 && is_good;
    }
    is_good = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0 && is_good; /* all threads */
    is_good = is_good && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return is_good;
}

static void
say(const char *what)
{
    fprintf(stderr, "{\"level\":\"warning\",\"event\":\"sandbox\",\"detail\":\"%s is not available here: %s\"}\n", what,
            strerror(errno));
}

/* 1 where the kernel does not say. */
static int
threads_count(void)
{
    DIR *tasks = opendir("/proc/self/task");
    int count = 0;
    const struct dirent *task = NULL;
    while (tasks != NULL && (task = readdir(tasks)) != NULL) {
        count += task->d_name[0] != '.';
    }
    if (tasks != NULL) {
        closedir(tasks);
    }
    return count == 0 ? 1 : count;
}
