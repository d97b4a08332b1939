/*
 * A container, made of what Linux has: namespaces, a file system of layers, a cgroup, and fewer rights. This file is all of
 * it; there is no other program behind it, and no daemon. Outside, a container called c1 is a folder /run/box/c1, a cgroup
 * /sys/fs/cgroup/box/c1, and a process like any other.
 */
#include "box.h"
#include <fcntl.h>
#include <linux/capability.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* Its own process numbers, host name, mounts, network and shared memory. */
#define NAMESPACES (CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC)
#define FIRST_OUTER_USER 100000 /* with -u, user 0 inside is this user outside */

static double begin;    /* when the start began */
static pid_t container; /* its process 1, by its number out here */

/* ---- Inside: what process 1 does before it becomes the command ---- */

/* Layers: the image's files above those of "base", and an empty layer on top that takes every change. */
static void own_root(void) {
  const char *root = path("/run/box/%s/root", want.name), *base = strcmp(want.image, "base") ? ":/images/base" : "";
  const char *layers = path("lowerdir=/images/%s%s,upperdir=/run/box/%s/upper,workdir=/run/box/%s/work", want.image, base,
                            want.name, want.name);
  need(mount(0, "/", 0, MS_REC | MS_PRIVATE, 0), "cannot keep its mounts to itself");
  need(mount("overlay", root, "overlay", 0, layers), "cannot stack the layers");
  need(chdir(root), "cannot enter the new root");
  need(mount("proc", "proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, 0), "cannot mount /proc");
  need(syscall(SYS_pivot_root, ".", "."), "cannot change the root"); /* now the old root lies on top of the new one, */
  need(umount2(".", MNT_DETACH), "cannot leave the old root");      /* and is taken off */
  need(chdir("/"), "cannot enter /");
}

static void loopback_up(void) {
  struct ifreq lo = {.ifr_name = "lo", .ifr_flags = IFF_UP};
  need(ioctl(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), SIOCSIFFLAGS, &lo), "cannot start the loopback network");
}

/* Root's power is a set of capabilities. These stay: what Docker leaves by default but for CAP_MKNOD, which Docker fences with
 * a list of devices and box does not. Those that reach the kernel go: mounting, loading, rebooting, setting up networks. */
static const int KEPT[] = {CAP_CHOWN,  CAP_DAC_OVERRIDE, CAP_FOWNER, CAP_FSETID,     CAP_KILL,        CAP_SETGID, CAP_SETUID,
                           CAP_SETPCAP, CAP_SETFCAP,     CAP_NET_RAW, CAP_SYS_CHROOT, CAP_AUDIT_WRITE, CAP_NET_BIND_SERVICE};

static void give_up_rights(void) {
  static const char *const read_only[] = {"/proc/sys", "/proc/sysrq-trigger"}; /* the kernel's own switches */
  for (int i = 0; i < 2; i++) {
    need(mount(read_only[i], read_only[i], 0, MS_BIND, 0), read_only[i]);
    need(mount(0, read_only[i], 0, MS_BIND | MS_REMOUNT | MS_RDONLY, 0), read_only[i]);
  }
  unsigned long long keep = 0;
  for (size_t i = 0; i < sizeof KEPT / sizeof *KEPT; i++) keep |= 1ULL << KEPT[i];
  for (int right = 0; prctl(PR_CAPBSET_READ, right) >= 0; right++)
    if (!(keep >> right & 1)) need(prctl(PR_CAPBSET_DROP, right), "cannot give up a capability");
  need(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "cannot refuse new rights");
}

/* A user namespace comes last: everything before it needed the machine's root. Its map is written from outside. */
static void own_users(int outside) {
  char word;
  need(unshare(CLONE_NEWUSER), "cannot create a user namespace");
  write(outside, "?", 1);
  if (read(outside, &word, 1) != 1 || setgid(0) < 0 || setuid(0) < 0) fail("No map of users came.");
}

static void become_command(int log) {
  int terminal = fcntl(2, F_DUPFD_CLOEXEC, 3); /* where a failure is told */
  if (want.background) {
    dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), 0);
    dup2(log, 1), dup2(log, 2);
  }
  execvp(want.command[0], want.command);
  const char *why = strerror(errno);
  dup2(terminal, 2);
  fail("%s cannot be started from image %s: %s.", want.command[0], want.image, why);
}

static void inside(int outside) {
  need(put(path("%s/cgroup.procs", CGROUP(want.name)), "0"), "cannot enter the cgroup"); /* 0 is whoever writes it */
  need(sethostname(want.name, strlen(want.name)), "cannot set the host name");
  int log = open(path("/run/box/%s/log", want.name), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  own_root();
  loopback_up();
  if (!want.privileged) give_up_rights();
  if (want.user) own_users(outside);
  if (want.timing) fprintf(stderr, "box: %s ready after %.1f ms on this machine's clock\n", want.name, now() - begin);
  become_command(log);
}

/* ---- Outside: limits, start, wait, clean up ---- */

static void limit(const char *file, const char *value, const char *wanted) {
  if (!value || put(path("%s/%s", CGROUP(want.name), file), value) == 0) return;
  const char *why = strerror(errno);
  rmdir(CGROUP(want.name));
  fail("The kernel refuses '%s' for %s (%s). It takes %s.", value, file, why, wanted);
}

static void prepare(void) {
  static const char *const folders[] = {"", "/upper", "/work", "/root"};
  erase(FOLDER(want.name)); /* what an ended container of this name left */
  rmdir(CGROUP(want.name));
  need(mkdir(CGROUP(want.name), 0755), "cannot create the cgroup");
  limit("memory.max", want.memory, "bytes, such as 8388608 or 8M");
  limit("pids.max", want.processes, "a number of processes, such as 10");
  if (want.cpu) limit("cpu.max", path("%d 100000", atoi(want.cpu) * 1000), "microseconds of processor time in each 100000");
  for (int i = 0; i < 4; i++) need(mkdir(path("/run/box/%s%s", want.name, folders[i]), 0755), "cannot create its folder");
  if (want.user) need(chown(path("/run/box/%s/upper", want.name), FIRST_OUTER_USER, FIRST_OUTER_USER), "cannot give away a layer");
  put(path("/run/box/%s/image", want.name), want.image);
}

static void map_users(int inner) { /* 65536 users and groups; 0 inside is 100000 outside */
  char word;
  if (read(inner, &word, 1) != 1) return; /* it failed before it could ask, and has said why */
  need(put(path("/proc/%d/uid_map", container), path("0 %d 65536", FIRST_OUTER_USER)), "cannot map users");
  need(put(path("/proc/%d/gid_map", container), path("0 %d 65536", FIRST_OUTER_USER)), "cannot map groups");
  write(inner, "!", 1);
}

static void end_container(int signal) { /* Ctrl-C: process 1 of a namespace ignores every gentler signal that it does not handle */
  kill(container, SIGKILL);
}

static int wait_for_end(void) {
  int how;
  while (waitpid(container, &how, 0) < 0 && errno == EINTR) {}
  const char *killed = strstr(get(path("%s/memory.events", CGROUP(want.name))), "oom_kill ");
  if (killed && atoi(killed + strlen("oom_kill ")) > 0)
    fprintf(stderr, "box: %s ran out of memory; the kernel killed a process in it.\n", want.name);
  for (int i = 0; i < 100 && rmdir(CGROUP(want.name)) < 0 && errno == EBUSY; i++) usleep(2000);
  int signal = WIFSIGNALED(how) ? WTERMSIG(how) : 0; /* the status alone is the same for a kill and for `exit 137` */
  int status = signal ? 128 + signal : WEXITSTATUS(how);
  put(path("/run/box/%s/signal", want.name), path("%d", signal));
  put(path("/run/box/%s/status", want.name), path("%d", status));
  unlink(path("/run/box/%s/pid", want.name));
  return status;
}

static int start(void) {
  int talk[2];
  need(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, talk), "cannot create a socket");
  container = syscall(SYS_clone, NAMESPACES | SIGCHLD, 0, 0, 0, 0); /* fork(), with new namespaces for the child */
  need(container, "cannot create the namespaces");
  if (container == 0) inside(talk[1]);
  close(talk[1]);
  for (int i = 0; i < 3; i++) signal((const int[]){SIGINT, SIGTERM, SIGHUP}[i], end_container);
  put(path("/run/box/%s/pid", want.name), path("%d", container));
  if (want.user) map_users(talk[0]);
  close(failure_pipe);
  return wait_for_end();
}

int run(void) {
  char word;
  int started[2];
  begin = now();
  prepare();
  if (!want.background) return start();
  need(pipe2(started, O_CLOEXEC), "cannot create a pipe");
  failure_pipe = started[1];
  pid_t keeper = fork(); /* stays with the container until its end */
  if (keeper == 0) {
    setsid();
    exit(start());
  }
  close(started[1]);
  if (read(started[0], &word, 1) == 0) return 0; /* the pipe ends without a mark once the command runs */
  waitpid(keeper, 0, 0);
  return OWN_FAILURE;
}
