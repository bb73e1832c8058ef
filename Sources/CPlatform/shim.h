// The Linux calls that Swift cannot make itself: variadic functions (prctl, syscall), declarations that glibc shows
// only under _GNU_SOURCE (struct ucred, O_PATH), Landlock, and one comparison that needs `volatile`. Nothing else belongs here.
#ifndef AUTHD_CPLATFORM_SHIM_H
#define AUTHD_CPLATFORM_SHIM_H

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <malloc.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Socket types of <sys/socket.h>, where they are members of an enumeration that not every build of the module shows.
static const int32_t authd_socket_stream = SOCK_STREAM;
static const int32_t authd_socket_datagram = SOCK_DGRAM;
static const int32_t authd_socket_flags = SOCK_NONBLOCK | SOCK_CLOEXEC;

/// prctl(2) with one number; the four unused arguments are zero, as newer options demand.
static inline int authd_prctl(int option, unsigned long value) {
    return prctl(option, value, 0UL, 0UL, 0UL);
}

/// openat2(2) that follows symbolic links but no magic link of /proc. -1 and errno, as open(2).
static inline int authd_open_no_magic_links(const char *path, int flags) {
    struct open_how how = {0};
    how.flags = (uint64_t)(unsigned int)flags;
    how.resolve = RESOLVE_NO_MAGICLINKS;
    return (int)syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how);
}

/// A descriptor that can be neither read nor written, to occupy a number where /dev/null is missing.
static inline int authd_open_inert(void) {
    return open("/", 010000000 /* O_PATH */ | O_CLOEXEC);
}

/// Landlock's three calls (landlock(7)), with their constants and layouts written out: the kernel's header may be older
/// than the kernel, and the numbers are the same on every machine.
struct authd_landlock_ruleset {
    uint64_t files;
    uint64_t network;
};

/// The ABI version of the kernel, 1 and up; -1 and errno where there is no Landlock.
static inline int authd_landlock_abi(void) {
    return (int)syscall(444, NULL, (size_t)0, 1U /* LANDLOCK_CREATE_RULESET_VERSION */);
}

/// A descriptor of a new set of rules over these rights, or -1 and errno.
static inline int authd_landlock_create(uint64_t files, uint64_t network) {
    struct authd_landlock_ruleset attributes = {files, network};
    return (int)syscall(444, &attributes, sizeof attributes, 0U);
}

/// Gives rights on everything at and below an open path. 0, or -1 and errno.
static inline int authd_landlock_allow_path(int ruleset, int path, uint64_t rights) {
    struct { uint64_t rights; int32_t path; } __attribute__((packed)) rule = {rights, path};
    return (int)syscall(445, ruleset, 1 /* LANDLOCK_RULE_PATH_BENEATH */, &rule, 0U);
}

/// Gives rights on a TCP port. 0, or -1 and errno.
static inline int authd_landlock_allow_port(int ruleset, uint16_t port, uint64_t rights) {
    struct { uint64_t rights; uint64_t port; } rule = {rights, port};
    return (int)syscall(445, ruleset, 2 /* LANDLOCK_RULE_NET_PORT */, &rule, 0U);
}

/// Confines this thread and every thread and process that it makes from now on. 0, or -1 and errno.
static inline int authd_landlock_restrict(int ruleset) {
    return (int)syscall(446, ruleset, 0U);
}

/// What SO_PEERCRED tells; the layout of the kernel's struct ucred.
struct authd_peer_credentials {
    int32_t process;
    uint32_t user;
    uint32_t group;
};

/// Whether two regions of the same length hold the same bytes; the time depends on the length only.
static inline int authd_equal_in_constant_time(const void *first, const void *second, size_t count) {
    // volatile: the optimiser may not stop at the first difference.
    const volatile unsigned char *a = (const volatile unsigned char *)first;
    const volatile unsigned char *b = (const volatile unsigned char *)second;
    unsigned char difference = 0;
    for (size_t index = 0; index < count; index += 1) {
        difference |= (unsigned char)(a[index] ^ b[index]);
    }
    return difference == 0;
}

#endif
