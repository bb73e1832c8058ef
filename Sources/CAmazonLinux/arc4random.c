#include "CAmazonLinux.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

// Never fails, as its callers expect: without random bytes the process ends.
uint32_t arc4random(void) {
    uint32_t number;
    ssize_t count;
    do {
        count = getrandom(&number, sizeof number, 0);
    } while (count < 0 && errno == EINTR);
    // Up to 256 bytes come whole (getrandom(2)).
    if (count != sizeof number) abort();
    return number;
}
