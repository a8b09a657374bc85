/* Stands between a program and the disk: writes down what is written to the files below one folder and what is synced,
   or fails one such call. Loaded with LD_PRELOAD.

   POSTIL_SHIM_FOLDER: the folder whose files are watched. POSTIL_SHIM_LOG: where to write what happens; nothing is
   written if it is unset. A record is op (1 byte), length of the path (2), offset (8), length of the data (8), path, data.
   postil_fail(kind, nth, error, span): the nth call from now on of a kind ('w' write, 's' sync) fails with this errno,
   and so do those after it, as many as `span` says. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static int log_fd = -1;
static char failing_kind;
static long failing_nth, failing_span;
static int failing_error;

__attribute__((constructor)) static void begin(void) {
    const char *log = getenv("POSTIL_SHIM_LOG");
    folder = getenv("POSTIL_SHIM_FOLDER");
    if (log != NULL) {
        log_fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    }
}

void postil_fail(int kind, long nth, int error, long span) {
    pthread_mutex_lock(&turn);
    failing_kind = (char)kind;
    failing_nth = nth;
    failing_error = error;
    failing_span = span;
    pthread_mutex_unlock(&turn);
}

long postil_left(void) { return failing_kind == 0 ? 0 : failing_nth; }

static int watched(const char *path) {
    return folder != NULL && strncmp(path, folder, strlen(folder)) == 0;
}

static int path_of(int descriptor, char *path, size_t room) {
    char name[64];
    snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(name, path, room - 1);
    if (length < 0) {
        return 0;
    }
    path[length] = '\0';
    return watched(path);
}

static void put(const void *data, size_t length) {
    const char *at = data;
    while (length > 0) {
        ssize_t done = syscall(SYS_write, log_fd, at, length);
        if (done <= 0) {
            abort();
        }
        at += done;
        length -= (size_t)done;
    }
}

static void note(char op, const char *path, int64_t offset, const void *data, uint64_t length) {
    if (log_fd < 0) {
        return;
    }
    uint16_t path_length = (uint16_t)strlen(path);
    put(&op, 1);
    put(&path_length, sizeof path_length);
    put(&offset, sizeof offset);
    put(&length, sizeof length);
    put(path, path_length);
    put(data, length);
}

static int fails(char kind) {
    if (failing_kind != kind || --failing_nth > 0) {
        return 0;
    }
    if (--failing_span <= 0) {
        failing_kind = 0;
    }
    errno = failing_error;
    return 1;
}

static ssize_t write_at(int descriptor, const void *data, size_t length, off_t offset, int placed) {
    char path[4096];
    if (!path_of(descriptor, path, sizeof path)) {
        return placed ? syscall(SYS_pwrite64, descriptor, data, length, offset)
                      : syscall(SYS_write, descriptor, data, length);
    }
    pthread_mutex_lock(&turn);
    ssize_t done = -1;
    off_t at = placed ? offset : lseek(descriptor, 0, SEEK_CUR);
    if (!fails('w')) {
        done = placed ? syscall(SYS_pwrite64, descriptor, data, length, offset)
                      : syscall(SYS_write, descriptor, data, length);
    }
    if (done > 0) {
        note('w', path, at, data, (uint64_t)done);
    }
    pthread_mutex_unlock(&turn);
    return done;
}

ssize_t pwrite(int descriptor, const void *data, size_t length, off_t offset) {
    return write_at(descriptor, data, length, offset, 1);
}

ssize_t pwrite64(int descriptor, const void *data, size_t length, off_t offset) {
    return write_at(descriptor, data, length, offset, 1);
}

ssize_t write(int descriptor, const void *data, size_t length) {
    return write_at(descriptor, data, length, 0, 0);
}

static int sync_file(int descriptor, long call) {
    char path[4096];
    if (!path_of(descriptor, path, sizeof path)) {
        return (int)syscall(call, descriptor);
    }
    pthread_mutex_lock(&turn);
    int done = -1;
    if (!fails('s')) {
        done = 0; /* the disk itself need not turn: what is durable is decided when the log is read */
        note('s', path, 0, "", 0);
    }
    pthread_mutex_unlock(&turn);
    return done;
}

int fsync(int descriptor) { return sync_file(descriptor, SYS_fsync); }

int fdatasync(int descriptor) { return sync_file(descriptor, SYS_fdatasync); }

static int cut(int descriptor, off_t length) {
    char path[4096];
    int there = path_of(descriptor, path, sizeof path);
    pthread_mutex_lock(&turn);
    int done = (int)syscall(SYS_ftruncate, descriptor, length);
    if (there && done == 0) {
        note('t', path, length, "", 0);
    }
    pthread_mutex_unlock(&turn);
    return done;
}

int ftruncate(int descriptor, off_t length) { return cut(descriptor, length); }

int ftruncate64(int descriptor, off_t length) { return cut(descriptor, length); }

int unlink(const char *path) {
    pthread_mutex_lock(&turn);
    int done = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (done == 0 && watched(path)) {
        note('u', path, 0, "", 0);
    }
    pthread_mutex_unlock(&turn);
    return done;
}

int rename(const char *from, const char *to) {
    pthread_mutex_lock(&turn);
    int done = (int)syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to);
    if (done == 0 && watched(from)) {
        note('r', from, 0, to, strlen(to));
    }
    pthread_mutex_unlock(&turn);
    return done;
}
