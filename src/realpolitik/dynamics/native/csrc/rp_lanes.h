/* Lanes: rows of LANES numbers, one draw to a lane, and the elementary functions over them.
 *
 * A template: the unit that includes it has defined REAL (float or double) and LANES. Every operation is one IEEE
 * operation per lane in a fixed order, contraction is off, and no function of libm but the correctly rounded square root
 * is used, so every instruction set gives the same bits. */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "rp_model.h"

/* What follows is done in every lane; no lane reads what another writes. */
#if defined(__clang__)
#define EACH_LANE _Pragma("clang loop vectorize(assume_safety)") for (int i = 0; i < LANES; i++)
#elif defined(__GNUC__)
#define EACH_LANE _Pragma("GCC ivdep") for (int i = 0; i < LANES; i++)
#else
#define EACH_LANE for (int i = 0; i < LANES; i++)
#endif

typedef REAL lane_real;
typedef lane_real row[LANES];
typedef double wide_row[LANES];

static inline uint64_t bits64(double x)
{
    uint64_t b;
    memcpy(&b, &x, sizeof b);
    return b;
}

static inline double double_of(uint64_t b)
{
    double x;
    memcpy(&x, &b, sizeof x);
    return x;
}

/* exp by 2^n p(r), |r| <= log(2) / 2, p the Taylor sum to degree 13 (error below one unit in the last place). The number
 * 1.5 2^52 rounds n into the low bits of t, which avoids any conversion between doubles and 64-bit integers. */
static inline double exp64(double x)
{
    const double magic = 6755399441055744.0;
    x = x > 700.0 ? 700.0 : x;
    x = x < -700.0 ? -700.0 : x;
    double t = x * 1.4426950408889634074 + magic, n = t - magic;
    double r = (x - n * 6.93147180369123816490e-01) - n * 1.90821492927058770002e-10;
    double p = 1.6059043836821614599e-10;
    p = p * r + 2.0876756987868098979e-9;
    p = p * r + 2.5052108385441718775e-8;
    p = p * r + 2.7557319223985890653e-7;
    p = p * r + 2.7557319223985890653e-6;
    p = p * r + 2.4801587301587301587e-5;
    p = p * r + 1.9841269841269841270e-4;
    p = p * r + 1.3888888888888888889e-3;
    p = p * r + 8.3333333333333333333e-3;
    p = p * r + 4.1666666666666666667e-2;
    p = p * r + 1.6666666666666666667e-1;
    p = p * r + 0.5;
    p = p * r + 1.0;
    p = p * r + 1.0;
    return p * double_of((bits64(t) << 52) + 0x3FF0000000000000u);
}

/* log of a normal positive number: x = 2^e m, m near 1, by the series of fdlibm's e_log.c (Sun Microsystems, 1993). */
static inline double log64(double x)
{
    uint64_t b = bits64(x) + (0x3FF0000000000000u - 0x3FE6A09E667F3BCDu);
    double e = double_of(0x4330000000000000u | (b >> 52)) - 4503599627371519.0;
    double f = double_of((b & 0x000FFFFFFFFFFFFFu) + 0x3FE6A09E667F3BCDu) - 1.0;
    double h = 0.5 * f * f, s = f / (2.0 + f), z = s * s, w = z * z;
    double odd = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
    double even = z * (6.666666666666735130e-01 + w * (2.857142874366239149e-01
        + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
    return ((e * 1.90821492927058770002e-10 + s * (h + (odd + even))) - h + f) + e * 6.93147180369123816490e-01;
}

static inline float exp32(float x)
{
    const float magic = 12582912.0f;
    x = x > 87.0f ? 87.0f : x;
    x = x < -87.0f ? -87.0f : x;
    float t = x * 1.44269504088896341f + magic, n = t - magic;
    float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * (r * r) + r + 1.0f;
    uint32_t b;
    memcpy(&b, &t, sizeof b);
    b = (b << 23) + 0x3F800000u;
    memcpy(&t, &b, sizeof t);
    return p * t;
}

#if RP_SINGLE
#define EXP(x) exp32(x)
#else
#define EXP(x) exp64(x)
#endif

static inline lane_real logistic(lane_real u) { return (lane_real)1 / ((lane_real)1 + EXP(-u)); }

static inline lane_real least(lane_real a, lane_real b) { return a < b ? a : b; }
static inline lane_real greatest(lane_real a, lane_real b) { return a > b ? a : b; }
static inline lane_real unit(lane_real x) { return least(greatest(x, (lane_real)0), (lane_real)1); }

/* log(x / (1 - x)) of x clipped to [0.005, 0.995]; always in double precision, it is rare */
static inline lane_real logit(lane_real x)
{
    double p = (double)x;
    p = p < 0.005 ? 0.005 : p;
    p = p > 0.995 ? 0.995 : p;
    return (lane_real)(log64(p / (1.0 - p)));
}

/* a^c for a >= 0; 0 at (nearly) 0 */
static inline double power(double a, double c)
{
    double safe = a < 1e-300 ? 1.0 : a;
    double value = exp64(c * log64(safe));
    return a < 1e-300 ? 0.0 : value;
}
