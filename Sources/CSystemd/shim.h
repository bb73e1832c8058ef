// The part of libsystemd that Platform uses.
#include <systemd/sd-daemon.h>
