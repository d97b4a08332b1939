/* Small helpers for files and failures. Knows where box keeps its notes; knows nothing of containers. */
#include "box.h"
#include <fcntl.h>
#include <ftw.h>
#include <stdarg.h>
#include <time.h>

int failure_pipe = -1;

double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

const char *path(const char *format, ...) {
  static char made[8][256];
  static int turn;
  char *to = made[turn++ % 8];
  va_list parts;
  va_start(parts, format);
  vsnprintf(to, sizeof made[0], format, parts);
  va_end(parts);
  return to;
}

int put(const char *file, const char *text) {
  int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (fd < 0) return -1;
  int written = write(fd, text, strlen(text)), why = errno;
  close(fd);
  errno = why;
  return written < 0 ? -1 : 0;
}

const char *get(const char *file) {
  static char text[512];
  int fd = open(file, O_RDONLY), length = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
  if (fd >= 0) close(fd);
  text[length > 0 ? length : 0] = 0;
  return text;
}

static int erase_one(const char *file, const struct stat *s, int kind, struct FTW *where) {
  return remove(file);
}

void erase(const char *folder) {
  nftw(folder, erase_one, 8, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

pid_t running(const char *name) {
  pid_t pid = atoi(get(path("/run/box/%s/pid", name)));
  char program[1]; /* a process that has ended may still be listed, but has no program any more */
  return pid > 0 && readlink(path("/proc/%d/exe", pid), program, 1) > 0 ? pid : 0;
}

void fail(const char *format, ...) {
  va_list parts;
  va_start(parts, format);
  fputs("box: ", stderr);
  vfprintf(stderr, format, parts);
  fputc('\n', stderr);
  va_end(parts);
  if (failure_pipe >= 0) write(failure_pipe, "!", 1);
  exit(OWN_FAILURE);
}
