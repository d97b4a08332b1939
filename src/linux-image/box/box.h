/* What the three parts of box share: the wish that was typed, and small helpers for files and failures. */
#pragma once
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define OWN_FAILURE 125 /* exit status when box itself fails; the command's own status is passed on */

struct wish {
  const char *name, *image;
  char **command;
  int background, timing, user, privileged;
  const char *memory, *processes, *cpu; /* limits as typed, or 0 */
};
extern struct wish want;

int run(void); /* container.c: starts what `want` says; the exit status */

/* files.c */
double now(void);                            /* milliseconds on this machine's clock */
const char *path(const char *format, ...);   /* a path; good until eight more are made */
int put(const char *file, const char *text); /* writes a whole file; -1 if the kernel refuses */
const char *get(const char *file);           /* a small file's text, or "" */
void erase(const char *folder);              /* a folder with all that is in it */
pid_t running(const char *name);             /* a container's process 1 by its number out here, or 0 */
void fail(const char *format, ...);          /* says why, and ends with OWN_FAILURE */
extern int failure_pipe;                     /* where fail() also leaves a mark, or -1 */

#define FOLDER(name) path("/run/box/%s", name)
#define CGROUP(name) path("/sys/fs/cgroup/box/%s", name)
#define need(done, what) do { if ((done) < 0) fail("%s: %s.", what, strerror(errno)); } while (0)
