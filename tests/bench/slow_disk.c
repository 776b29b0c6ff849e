/* A disk whose every sync takes SLOW_SYNC_US microseconds longer. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static int slowly(const char *name, int file) {
    int (*sync)(int) = dlsym(RTLD_NEXT, name);
    const char *longer = getenv("SLOW_SYNC_US");
    int done = sync(file);
    if (longer) usleep(atoi(longer));
    return done;
}

int fsync(int file) { return slowly("fsync", file); }
int fdatasync(int file) { return slowly("fdatasync", file); }
