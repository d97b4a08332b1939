/* The command line of box. Knows options and sentences; how a container comes to be is in container.c. */
#include "box.h"
#include <dirent.h>
#include <getopt.h>
#include <signal.h>

static const char USAGE[] =
    "usage: box run [-d] [-t] [-u] [-m BYTES] [-p PROCESSES] [-c CPU%] [--privileged] NAME IMAGE COMMAND...\n"
    "       box ls | box pid NAME | box stop NAME | box rm NAME\n"
    "  -d  in the background; output goes to /run/box/NAME/log    -t  say how long the start took\n"
    "  -u  root inside is an ordinary user outside                -m 8M  -p 10  -c 20  limits\n"
    "  --privileged  keep every right of root, even the right to stop the kernel\n"
    "Images are the folders in /images. What a container wrote stays in /run/box/NAME/upper until\n"
    "it is removed or its name is used again.\n";

struct wish want;

static int is_name(const char *s) { /* one element of a path, not hidden */
  return *s && *s != '.' && strlen(s) < 32 && !strchr(s, '/');
}

static void list(void) {
  DIR *all = opendir("/run/box");
  printf("%-12s %-8s %s\n", "NAME", "IMAGE", "STATE");
  for (struct dirent *entry; all && (entry = readdir(all));) {
    const char *name = entry->d_name;
    if (*name == '.') continue;
    pid_t pid = running(name);
    printf("%-12s %-8s ", name, get(path("/run/box/%s/image", name)));
    const char *status = get(path("/run/box/%s/status", name));
    if (pid) printf("running, process %d\n", pid);
    else printf("ended, status %s\n", *status ? status : "unknown");
  }
}

static pid_t known(const char *name) { /* its process 1, or 0 if it has ended; fails if there is no such container */
  if (!is_name(name) || access(FOLDER(name), F_OK)) fail("There is no container '%s'. See: box ls", name);
  return running(name);
}

static pid_t alive(const char *name) {
  pid_t pid = known(name);
  if (!pid) fail("%s has ended; a container lives only as long as its command. See: box ls", name);
  return pid;
}

static void stop(const char *name) {
  kill(alive(name), SIGKILL); /* with process 1 of a pid namespace, the kernel ends all others in it */
  for (int i = 0; i < 1000 && !access(path("/run/box/%s/pid", name), F_OK); i++) usleep(2000);
}

static void forget(const char *name) {
  if (known(name)) fail("%s is running. End it first: box stop %s", name, name);
  erase(FOLDER(name));
  rmdir(CGROUP(name)); /* is there only if its box was killed */
}

static int percent(const char *text) { /* 1 to 100, or 0 */
  char *end;
  long value = strtol(text, &end, 10);
  return *end == 0 && value >= 1 && value <= 100 ? value : 0;
}

static int read_options(int count, char **words) { /* 0 if they make no sense */
  static const struct option longs[] = {{"privileged", no_argument, &want.privileged, 1}, {0}};
  for (int letter; (letter = getopt_long(count, words, "+dtum:p:c:", longs, 0)) >= 0;) switch (letter) {
    case 'd': want.background = 1; break;
    case 't': want.timing = 1; break;
    case 'u': want.user = 1; break;
    case 'm': want.memory = optarg; break;
    case 'p': want.processes = optarg; break;
    case 'c': want.cpu = optarg; break;
    case '?': return 0;
  }
  if (count - optind < 3) return 0;
  want.name = words[optind], want.image = words[optind + 1], want.command = words + optind + 2;
  return 1;
}

static void check_wish(void) {
  if (!is_name(want.name)) fail("'%s' cannot be a name: at most 31 characters, no slash, no dot in front.", want.name);
  if (!access(path("/images/%s", want.name), F_OK) && access(path("/images/%s", want.image), F_OK))
    fail("A name is missing: %s is an image. Type: box run NAME %s COMMAND...", want.name, want.name);
  if (!is_name(want.image) || access(path("/images/%s", want.image), F_OK))
    fail("There is no image '%s'. See: ls /images", want.image);
  if (want.cpu && !percent(want.cpu)) fail("-c takes percent of the processor, 1 to 100, not '%s'.", want.cpu);
  if (running(want.name)) fail("A container %s is running. Take another name, or end it: box stop %s", want.name, want.name);
}

int main(int count, char **words) {
  static const struct { const char *word; void (*act)(const char *); } on_one[] = {{"stop", stop}, {"rm", forget}};
  const char *word = count > 1 ? words[1] : "";
  if (!strcmp(word, "run") && read_options(count - 1, words + 1)) return check_wish(), run();
  if (!strcmp(word, "ls") && count == 2) return list(), 0;
  if (!strcmp(word, "pid") && count == 3) return printf("%d\n", alive(words[2])), 0;
  for (int i = 0; i < 2; i++)
    if (count == 3 && !strcmp(word, on_one[i].word)) return on_one[i].act(words[2]), 0;
  fputs(USAGE, stderr);
  return OWN_FAILURE;
}
