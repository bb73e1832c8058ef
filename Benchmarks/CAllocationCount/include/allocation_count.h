// Counts the allocations of the program that links it: malloc and its kin, defined here, win over the C library's.
#ifndef ALLOCATION_COUNT_H
#define ALLOCATION_COUNT_H
#include <stdint.h>
uint64_t allocation_count(void);
#endif
