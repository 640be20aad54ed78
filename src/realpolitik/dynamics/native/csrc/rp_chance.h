/* Chance over lanes: Philox4x32-10 (Salmon et al., SC 2011, section 3.3), AS 241 normals (Wichura, Applied Statistics 37,
 * 1988, pages 477-484) and Gumbel numbers; always in double precision. The twin of realpolitik/dynamics/chance.py. */

#define RP_PERSISTENT 0xFFFFFFFFu

typedef struct {
    uint32_t n[LANES], r[LANES], group[LANES];
    uint32_t seed_low, seed_high;
} lane_keys;

static void uniforms(const uint32_t *n, const uint32_t *r, uint32_t key, uint32_t t, const lane_keys *keys, double *out)
{
    EACH_LANE {
        uint32_t c0 = n[i], c1 = r ? r[i] : 0u, c2 = key, c3 = t, k0 = keys->seed_low, k1 = keys->seed_high;
        for (int round = 0; round < 10; round++) {
            uint64_t left = (uint64_t)0xD2511F53u * c0, right = (uint64_t)0xCD9E8D57u * c2;
            c0 = (uint32_t)(right >> 32) ^ c1 ^ k0;
            c1 = (uint32_t)right;
            c2 = (uint32_t)(left >> 32) ^ c3 ^ k1;
            c3 = (uint32_t)left;
            k0 += 0x9E3779B9u;
            k1 += 0xBB67AE85u;
        }
        out[i] = ((double)c0 + 0.5) * 2.3283064365386962890625e-10;
    }
}

static const double CENTRE_UP[8] = {2509.0809287301226727, 33430.575583588128105, 67265.770927008700853,
    45921.953931549871457, 13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608};
static const double CENTRE_DOWN[8] = {5226.495278852545925, 28729.085735721942674, 39307.89580009271061,
    21213.794301586595867, 5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0};
static const double MIDDLE_UP[8] = {7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177,
    1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734};
static const double MIDDLE_DOWN[8] = {1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966,
    0.14810397642748007459, 0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1.0};
static const double TAIL_UP[8] = {2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386,
    0.026532189526576123093, 0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772};
static const double TAIL_DOWN[8] = {2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
    7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1.0};

static inline double ratio(const double *up, const double *down, double x)
{
    double above = 0.0, below = 0.0;
    for (int k = 0; k < 8; k++) {
        above = above * x + up[k];
        below = below * x + down[k];
    }
    return above / below;
}

static inline double quantile(double u)
{
    double q = u - 0.5, far = q < 0.0 ? u : 1.0 - u;
    double r = sqrt(-log64(far)), centre = q * ratio(CENTRE_UP, CENTRE_DOWN, 0.180625 - q * q);
    double middle = ratio(MIDDLE_UP, MIDDLE_DOWN, r - 1.6), tail = ratio(TAIL_UP, TAIL_DOWN, r - 5.0);
    double size = r <= 5.0 ? middle : tail;
    double outer = q < 0.0 ? -size : size;
    return (q < 0.0 ? -q : q) <= 0.425 ? centre : outer;
}

static void normals(const lane_keys *keys, uint32_t key, uint32_t t, double *out)
{
    uniforms(keys->n, keys->r, key, t, keys, out);
    EACH_LANE out[i] = quantile(out[i]);
}

static void gumbels(const lane_keys *keys, uint32_t key, uint32_t t, double *out)
{
    uniforms(keys->n, keys->r, key, t, keys, out);
    EACH_LANE out[i] = -log64(-log64(out[i]));
}
