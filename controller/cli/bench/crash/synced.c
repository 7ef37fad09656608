/* Keeps, beside a directory, copies that hold only what was synced: what a power cut would leave.
 *
 * Loaded with LD_PRELOAD. After every fsync or fdatasync of a file under SYNCED_FROM its whole
 * content is copied to SYNCED_TO under the same name; what is written and not synced never gets
 * there. Removing counts as durable when it happens; SQLite's WAL does not rest on its order.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int copy(const char *from, const char *to) {
    char part[4400];
    snprintf(part, sizeof part, "%s.part", to);
    int in = open(from, O_RDONLY | O_CLOEXEC);
    int out = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (in < 0 || out < 0) abort();
    char bytes[65536];
    ssize_t n;
    while ((n = read(in, bytes, sizeof bytes)) > 0)
        if (write(out, bytes, (size_t)n) != n) abort();
    close(in);
    close(out);
    return rename(part, to);
}

/* Where the copy of `path` belongs; 0 if it is not a file of the directory. */
static int beside(const char *path, char *copied, size_t size) {
    const char *from = getenv("SYNCED_FROM"), *to = getenv("SYNCED_TO");
    if (!from || !to) return 0;
    size_t head = strlen(from);
    if (strncmp(path, from, head) || path[head] != '/' || strchr(path + head + 1, '/')) return 0;
    snprintf(copied, size, "%s%s", to, path + head);
    return 1;
}

static void keep(int fd) {
    char link[64], path[4096], copied[4200];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n <= 0) return;
    path[n] = 0;
    if (beside(path, copied, sizeof copied) && copy(path, copied)) abort();
}

int unlink(const char *path) {
    int (*real)(const char *) = (int (*)(const char *))dlsym(RTLD_NEXT, "unlink");
    char copied[4200];
    int status = real(path);
    if (!status && beside(path, copied, sizeof copied)) real(copied);
    return status;
}

int fsync(int fd) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    int status = real(fd);
    if (!status) keep(fd);
    return status;
}

int fdatasync(int fd) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    int status = real(fd);
    if (!status) keep(fd);
    return status;
}
