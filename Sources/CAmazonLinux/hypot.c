#include "CAmazonLinux.h"

// The range of long double, on every platform of authd larger than that of double, keeps the squares from overflow. An
// infinite side makes an infinite hypotenuse, whatever the other one is (C17, F.10.4.3).

double hypot(double x, double y) {
    if (__builtin_isinf(x) || __builtin_isinf(y)) return __builtin_inf();
    long double a = x, b = y;
    return (double)__builtin_sqrtl(a * a + b * b);
}

float hypotf(float x, float y) {
    if (__builtin_isinf(x) || __builtin_isinf(y)) return __builtin_inff();
    double a = x, b = y;
    return (float)__builtin_sqrt(a * a + b * b);
}
