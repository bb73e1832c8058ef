// libyaml's event parser, for the YAML target.
#include <yaml.h>
