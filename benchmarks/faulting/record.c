/* What a program asks the disk to keep, one record a call: loaded by LD_PRELOAD, for files below POWER_ROOT.

   A record is a line "op<TAB>inode<TAB>number<TAB>length<TAB>path<TAB>path" and then `length` bytes of data.
   C created, W wrote at offset, T cut to size, S synced, R renamed, U unlinked, M made a folder. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_HANDLES 4096
#define REAL(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))

static unsigned long inode_of[MOST_HANDLES];
static int log_handle = -1;
static const char *root;

static int below_root(const char *path) { return root && path && strncmp(path, root, strlen(root)) == 0; }

static void absolute(const char *path, char *whole) {
    if (path[0] == '/') snprintf(whole, 4096, "%s", path);
    else { if (!getcwd(whole, 2048)) whole[0] = 0; strcat(whole, "/"); strncat(whole, path, 2000); }
}

static void say(char op, unsigned long inode, long number, long length, const char *one, const char *two, const void *data) {
    char line[9000];
    if (log_handle < 0) return;
    int head = snprintf(line, sizeof line, "%c\t%lu\t%ld\t%ld\t%s\t%s\n", op, inode, number, length, one, two);
    struct iovec parts[2] = {{line, head}, {(void *) data, length}};
    if (REAL(writev)(log_handle, parts, length ? 2 : 1) < 0) abort();
}

__attribute__((constructor)) static void begin(void) {
    const char *log = getenv("POWER_LOG");
    root = getenv("POWER_ROOT");
    if (log) log_handle = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int opened(int handle, const char *path, int flags, int existed) {
    char whole[4096];
    struct stat about;
    if (handle < 0 || handle >= MOST_HANDLES) return handle;
    inode_of[handle] = 0;
    absolute(path, whole);
    if (!below_root(whole) || fstat(handle, &about)) return handle;
    inode_of[handle] = about.st_ino;
    if ((flags & O_CREAT) && !existed) say('C', about.st_ino, 0, 0, whole, "", NULL);
    else if (flags & O_TRUNC) say('T', about.st_ino, 0, 0, "", "", NULL);
    return handle;
}

#define OPEN(name)                                                            \
    int name(const char *path, int flags, ...) {                              \
        va_list more; va_start(more, flags);                                  \
        int mode = (flags & O_CREAT) ? va_arg(more, int) : 0; va_end(more);   \
        int existed = access(path, F_OK) == 0;                                \
        return opened(REAL(name)(path, flags, mode), path, flags, existed);   \
    }
OPEN(open)
OPEN(open64)

int openat(int folder, const char *path, int flags, ...) {
    va_list more; va_start(more, flags);
    int mode = (flags & O_CREAT) ? va_arg(more, int) : 0; va_end(more);
    int existed = faccessat(folder, path, F_OK, 0) == 0;
    return opened(REAL(openat)(folder, path, flags, mode), path, flags, existed);
}

static unsigned long known(int handle) { return handle >= 0 && handle < MOST_HANDLES ? inode_of[handle] : 0; }

ssize_t write(int handle, const void *data, size_t length) {
    long offset = known(handle) ? lseek(handle, 0, SEEK_CUR) : 0;
    ssize_t taken = REAL(write)(handle, data, length);
    if (taken > 0 && known(handle)) say('W', known(handle), offset, taken, "", "", data);
    return taken;
}

#define PWRITE(name, offset_type)                                                          \
    ssize_t name(int handle, const void *data, size_t length, offset_type offset) {        \
        ssize_t taken = REAL(name)(handle, data, length, offset);                          \
        if (taken > 0 && known(handle)) say('W', known(handle), offset, taken, "", "", data); \
        return taken;                                                                      \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define TRUNCATE(name, size_type)                                              \
    int name(int handle, size_type size) {                                     \
        int failed = REAL(name)(handle, size);                                 \
        if (!failed && known(handle)) say('T', known(handle), size, 0, "", "", NULL); \
        return failed;                                                         \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(name)                                                             \
    int name(int handle) {                                                     \
        int failed = REAL(name)(handle);                                       \
        if (!failed && known(handle)) say('S', known(handle), 0, 0, "", "", NULL); \
        return failed;                                                         \
    }
SYNC(fsync)
SYNC(fdatasync)

int close(int handle) {
    if (handle >= 0 && handle < MOST_HANDLES) inode_of[handle] = 0;
    return REAL(close)(handle);
}

int rename(const char *from, const char *to) {
    int failed = REAL(rename)(from, to);
    if (!failed && below_root(from)) say('R', 0, 0, 0, from, to, NULL);
    return failed;
}

int unlink(const char *path) {
    int failed = REAL(unlink)(path);
    if (!failed && below_root(path)) say('U', 0, 0, 0, path, "", NULL);
    return failed;
}

int mkdir(const char *path, mode_t mode) {
    struct stat about;
    int failed = REAL(mkdir)(path, mode);
    if (!failed && below_root(path) && !stat(path, &about)) say('M', about.st_ino, 0, 0, path, "", NULL);
    return failed;
}
