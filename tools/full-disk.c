/* A disk that is full on request, for the throwaway PostgreSQL of tools/postgres.sh: loaded before the C library (LD_PRELOAD), it answers
   ENOSPC to whatever would make a file longer while the file named by PARITRANA_FULL exists. What stands within a file can be written over,
   as on a real full disk. No rights are needed. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int grows(int file, off_t end) {
  const char *order = getenv("PARITRANA_FULL");
  int before = errno;
  struct stat found;
  int full = order && access(order, F_OK) == 0 && fstat(file, &found) == 0 && S_ISREG(found.st_mode) && end > found.st_size;
  errno = before;
  return full;
}

static off_t length(const struct iovec *parts, int count) {
  off_t sum = 0;
  for (int part = 0; part < count; part++) sum += (off_t)parts[part].iov_len;
  return sum;
}

#define REFUSE_IF_FULL(file, end) \
  if (grows(file, end)) {         \
    errno = ENOSPC;               \
    return -1;                    \
  }

#define PWRITE(name)                                                             \
  ssize_t name(int file, const void *bytes, size_t size, off_t at) {             \
    static ssize_t (*real)(int, const void *, size_t, off_t);                    \
    if (!real) real = (ssize_t(*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, #name); \
    REFUSE_IF_FULL(file, at + (off_t)size)                                       \
    return real(file, bytes, size, at);                                          \
  }
PWRITE(pwrite)
PWRITE(pwrite64)

#define PWRITEV(name)                                                            \
  ssize_t name(int file, const struct iovec *parts, int count, off_t at) {       \
    static ssize_t (*real)(int, const struct iovec *, int, off_t);               \
    if (!real) real = (ssize_t(*)(int, const struct iovec *, int, off_t))dlsym(RTLD_NEXT, #name); \
    REFUSE_IF_FULL(file, at + length(parts, count))                              \
    return real(file, parts, count, at);                                         \
  }
PWRITEV(pwritev)
PWRITEV(pwritev64)

#define FALLOCATE(name)                                                          \
  int name(int file, off_t at, off_t size) {                                     \
    static int (*real)(int, off_t, off_t);                                       \
    if (!real) real = (int (*)(int, off_t, off_t))dlsym(RTLD_NEXT, #name);       \
    return grows(file, at + size) ? ENOSPC : real(file, at, size);               \
  }
FALLOCATE(posix_fallocate)
FALLOCATE(posix_fallocate64)
