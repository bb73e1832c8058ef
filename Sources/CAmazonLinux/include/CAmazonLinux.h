// What the programs for Lambda would else take from a later C library than Amazon Linux 2023's glibc 2.34: what a program
// defines itself, it does not ask the C library for.

#include <stdint.h>

// glibc 2.35 gave these a new version; the Swift library calls them.
double hypot(double x, double y);
float hypotf(float x, float y);

// New in glibc 2.36; libstdc++'s random_device calls it.
uint32_t arc4random(void);
