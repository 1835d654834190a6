/* Loaded before the C library (LD_PRELOAD): writes down, in order, all that a program asks of the files below one
 * folder, so that the disk can be put together afterwards as a power cut at any moment would have left it.
 *
 * FAULTS_ROOT is the folder, FAULTS_TRACE the file written to. Each event is what (1 byte), file (8), at (8), size (4),
 * then so many bytes. A write is written down after it was made and a sync before and after: what stands before the
 * first of the two was asked to be safe. Nothing is really synced: the disk is the one put together from this.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int trace = -1;
static char root[PATH_MAX];
static size_t root_length;
static dev_t device;

__attribute__((constructor)) static void begin(void) {
  const char *folder = getenv("FAULTS_ROOT"), *path = getenv("FAULTS_TRACE");
  struct stat found;
  if (!folder || !path || !realpath(folder, root) || stat(root, &found)) return;
  root_length = strlen(root);
  device = found.st_dev;
  int opened = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  trace = fcntl(opened, F_DUPFD_CLOEXEC, 900); /* out of the way of the numbers the program counts on */
  syscall(SYS_close, opened);
}

static void note(char what, uint64_t file, uint64_t at, const void *data, uint32_t size) {
  struct __attribute__((packed)) {
    char what;
    uint64_t file, at;
    uint32_t size;
  } head = {what, file, at, size};
  struct iovec parts[2] = {{&head, sizeof head}, {(void *)data, size}};
  int before = errno;
  if (syscall(SYS_writev, trace, parts, 2) != (long)(sizeof head + size)) abort();
  errno = before;
}

static int within(const char *path) {
  return !strncmp(path, root, root_length) && (path[root_length] == '/' || !path[root_length]);
}

/* The path behind a descriptor; empty when there is none. */
static void behind(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
  path[length < 0 ? 0 : length] = 0;
}

/* A path as the kernel will take it, from the top; its last name is not followed. */
static void whole(int folder, const char *given, char *path) {
  char base[PATH_MAX];
  if (given[0] == '/') base[0] = 0;
  else if (folder == AT_FDCWD) { if (!getcwd(base, sizeof base)) base[0] = 0; }
  else behind(folder, base);
  if (snprintf(path, PATH_MAX, "%s%s%s", base, *base ? "/" : "", given) >= PATH_MAX) path[0] = 0;
}

static int watched(int fd, struct stat *found) {
  int before = errno;
  int yes = trace >= 0 && !fstat(fd, found) && found->st_dev == device && S_ISREG(found->st_mode);
  errno = before;
  return yes;
}

static int opened(int fd, int flags) {
  struct stat found;
  char path[PATH_MAX];
  if (fd < 0 || !watched(fd, &found)) return fd;
  behind(fd, path);
  if (within(path)) note('O', found.st_ino, flags & O_TRUNC ? 1 : 0, path, strlen(path));
  return fd;
}

#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

#define MODE(last) \
  mode_t mode = 0; \
  if (flags & (O_CREAT | __O_TMPFILE)) { va_list rest; va_start(rest, last); mode = va_arg(rest, mode_t); va_end(rest); }

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    MODE(flags) REAL(int, #name, const char *, int, ...); \
    return opened(real(path, flags, mode), flags); \
  }
#define OPENAT(name) \
  int name(int folder, const char *path, int flags, ...) { \
    MODE(flags) REAL(int, #name, int, const char *, int, ...); \
    return opened(real(folder, path, flags, mode), flags); \
  }
OPEN(open) OPEN(open64) OPENAT(openat) OPENAT(openat64)

int __open_2(const char *path, int flags) { return open(path, flags); }
int __open64_2(const char *path, int flags) { return open64(path, flags); }
int __openat_2(int folder, const char *path, int flags) { return openat(folder, path, flags); }
int __openat64_2(int folder, const char *path, int flags) { return openat64(folder, path, flags); }

static ssize_t written(int fd, ssize_t made, const void *data, off_t at) {
  struct stat found;
  if (made <= 0 || !watched(fd, &found)) return made;
  if (at < 0) at = lseek(fd, 0, SEEK_CUR) - made;
  note('W', found.st_ino, at, data, made);
  return made;
}

ssize_t write(int fd, const void *data, size_t size) {
  REAL(ssize_t, "write", int, const void *, size_t);
  return written(fd, real(fd, data, size), data, -1);
}
#define PWRITE(name) \
  ssize_t name(int fd, const void *data, size_t size, off_t at) { \
    REAL(ssize_t, #name, int, const void *, size_t, off_t); \
    return written(fd, real(fd, data, size, at), data, at); \
  }
PWRITE(pwrite) PWRITE(pwrite64)

#define TRUNCATE(name) \
  int name(int fd, off_t size) { \
    REAL(int, #name, int, off_t); \
    struct stat found; \
    int answer = real(fd, size); \
    if (!answer && watched(fd, &found)) note('T', found.st_ino, size, "", 0); \
    return answer; \
  }
TRUNCATE(ftruncate) TRUNCATE(ftruncate64)

static int synced(int fd) {
  static uint32_t count;
  struct stat found;
  char path[PATH_MAX] = "";
  if (trace < 0 || fstat(fd, &found) || found.st_dev != device) return 0;
  if (S_ISDIR(found.st_mode)) behind(fd, path);
  uint64_t token = (uint64_t)getpid() << 32 | __sync_add_and_fetch(&count, 1);
  note('S', found.st_ino, token, path, strlen(path));
  note('E', found.st_ino, token, path, strlen(path));
  return 0;
}
int fsync(int fd) { return synced(fd); }
int fdatasync(int fd) { return synced(fd); }

/* Names that come, go and change: 'L' from\0to, 'R' from\0to, 'U' path, 'M' folder. */
static int named(int answer, char what, int folder, const char *from, int other, const char *to) {
  char paths[2 * PATH_MAX];
  if (answer || trace < 0) return answer;
  whole(folder, from, paths);
  size_t length = strlen(paths);
  int ours = within(paths);
  if (to) {
    whole(other, to, paths + length + 1);
    ours |= within(paths + length + 1);
    length += 1 + strlen(paths + length + 1);
  }
  if (ours) note(what, 0, 0, paths, length);
  return answer;
}

int link(const char *from, const char *to) {
  REAL(int, "link", const char *, const char *);
  return named(real(from, to), 'L', AT_FDCWD, from, AT_FDCWD, to);
}
int linkat(int folder, const char *from, int other, const char *to, int flags) {
  REAL(int, "linkat", int, const char *, int, const char *, int);
  return named(real(folder, from, other, to, flags), 'L', folder, from, other, to);
}
int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  return named(real(from, to), 'R', AT_FDCWD, from, AT_FDCWD, to);
}
int renameat(int folder, const char *from, int other, const char *to) {
  REAL(int, "renameat", int, const char *, int, const char *);
  return named(real(folder, from, other, to), 'R', folder, from, other, to);
}
int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  return named(real(path), 'U', AT_FDCWD, path, 0, NULL);
}
int unlinkat(int folder, const char *path, int flags) {
  REAL(int, "unlinkat", int, const char *, int);
  return named(real(folder, path, flags), 'U', folder, path, 0, NULL);
}
int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  return named(real(path, mode), 'M', AT_FDCWD, path, 0, NULL);
}
