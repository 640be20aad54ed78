/* The functions Python calls, and the choice of a variant at load time. */
#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>

#include <string.h>

#include "rp_api.h"

void rp_model_free(rp_model *m);
int rp_table_fields(void);
const char *rp_table_field(int i);
const char *rp_table_type(int i);

/* Best first within each precision. */
static const rp_variant *const VARIANTS[] = {
#if RP_HAS_X86
    &rp_f64_avx512, &rp_f64_avx2,
#endif
    &rp_f64_base,
#if RP_HAS_X86
    &rp_f32_avx512, &rp_f32_avx2,
#endif
    &rp_f32_base,
};
#define COUNT ((int)(sizeof VARIANTS / sizeof *VARIANTS))

static int runs_here(const rp_variant *v)
{
#if RP_HAS_X86
    __builtin_cpu_init();
    if (strstr(v->name, "avx512"))
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
            && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
    if (strstr(v->name, "avx2")) return __builtin_cpu_supports("avx2");
#endif
    (void)v;
    return 1;
}

RP_EXPORT int rp_variants(void) { return COUNT; }

RP_EXPORT const char *rp_variant_name(int i)
{
    return i >= 0 && i < COUNT && runs_here(VARIANTS[i]) ? VARIANTS[i]->name : "";
}

RP_EXPORT int rp_variant_lanes(int i) { return i >= 0 && i < COUNT ? VARIANTS[i]->lanes : 0; }

RP_EXPORT int rp_field_count(void) { return rp_table_fields(); }
RP_EXPORT const char *rp_field_name(int i) { return rp_table_field(i); }
RP_EXPORT const char *rp_field_type(int i) { return rp_table_type(i); }

static const char *const DRAW_NAMES[] = {
#define RP_NAME(name, length) #name,
    RP_DRAW_FIELDS(RP_NAME)
#undef RP_NAME
};
#define DRAW_FIELDS ((int)(sizeof DRAW_NAMES / sizeof *DRAW_NAMES))

RP_EXPORT int rp_draw_count(void) { return DRAW_FIELDS; }
RP_EXPORT const char *rp_draw_name(int i) { return i >= 0 && i < DRAW_FIELDS ? DRAW_NAMES[i] : ""; }

RP_EXPORT int64_t rp_draw_length(const rp_model *m, int i)
{
    const rp_counts *c = &m->c;
    const int64_t lengths[] = {
#define RP_LENGTH(name, length) c->length,
        RP_DRAW_FIELDS(RP_LENGTH)
#undef RP_LENGTH
    };
    return i >= 0 && i < DRAW_FIELDS ? lengths[i] : -1;
}

static const char *const REASONS[] = {
    "fine",
    "the array has the wrong length",
    "there are too many or too few of these",
    "an index or code lies outside its range",
    "the entries are not in the order they must have",
    "a number is not finite or lies outside its range",
    "a hold names something that does not exist or cannot be held",
    "the replay names a level that does not exist",
    "there is not enough memory",
    "this variant of the kernel is not built or does not run on this processor",
    "the workspace is too small",
    "the rows asked for are not among the draws",
};

RP_EXPORT const char *rp_reason(int code) { return code >= 0 && code < RP_REASONS ? REASONS[code] : "unknown"; }

RP_EXPORT rp_model *rp_open(const void *const *arrays, const int64_t *lengths, const int64_t *scalars, rp_fault *fault)
{
    return rp_model_make(arrays, lengths, scalars, fault);
}

RP_EXPORT void rp_close(rp_model *m) { rp_model_free(m); }

RP_EXPORT int64_t rp_workspace(const rp_model *m, int variant, int depth)
{
    return variant >= 0 && variant < COUNT ? VARIANTS[variant]->workspace(m, depth) : -1;
}

/* ---- checks of what comes with each run ---- */

static int fail(rp_fault *fault, int reason, int field, int64_t element)
{
    fault->reason = reason;
    fault->field = field;
    fault->element = element;
    return 0;
}

static int hold_fits(const rp_model *m, const rp_plan *p, int64_t h)
{
    int32_t i = p->index[h];
    double v = p->value[h];
    if (i < 0 || p->start[h] < 0 || !rp_finite(v) || v < 0.0 || v > 127.0) return 0;
    switch (p->held[h]) {
    case RP_HELD_OPTION: return i < m->c.options && (int)v < m->slot_start[i + 1] - m->slot_start[i];
    case RP_HELD_FACTOR: return i < m->c.factors && v <= 1.0;
    case RP_HELD_SHOCK: return i < m->c.shocks;
    default: return 0;
    }
}

static int plan_fits(const rp_model *m, const rp_plan *p, rp_fault *fault)
{
    for (int64_t h = 0; h < p->holds; h++)
        if (!hold_fits(m, p, h)) return fail(fault, RP_BAD_HOLD, -1, h);
    return 1;
}

static int replay_fits(const rp_model *m, const rp_plan *p, int64_t first, int64_t last, rp_fault *fault)
{
    if (!p->replay) return 1;
    int64_t options = m->c.options, points = m->periods + 1;
    for (int64_t r = first * points; r < last * points; r++)
        for (int64_t k = 0; k < options; k++) {
            int8_t level = p->replay[r * options + k];
            if (level < 0 || level >= m->slot_start[k + 1] - m->slot_start[k]) return fail(fault, RP_BAD_REPLAY, -1, r);
        }
    return 1;
}

static int draws_finite(const rp_model *m, const rp_draws *d, int64_t first, int64_t last, rp_fault *fault)
{
    for (int f = 0; f < DRAW_FIELDS; f++) {
        int64_t width = rp_draw_length(m, f);
        for (int64_t i = first * width; i < last * width; i++) {
            double x = d->arrays[f][i];
            if (!rp_finite(x) || x < -1e12 || x > 1e12) return fail(fault, RP_BAD_NUMBER, f, i);
        }
    }
    return 1;
}

RP_EXPORT int rp_run(const rp_model *m, const rp_draws *draws, const rp_plan *plan, const rp_paths *paths, int variant,
    int64_t first, int64_t last, void *workspace, int64_t bytes, rp_fault *fault)
{
    if (variant < 0 || variant >= COUNT || !runs_here(VARIANTS[variant])) return fail(fault, RP_NO_VARIANT, -1, variant);
    if (first < 0 || last < first || last > draws->rows) return fail(fault, RP_BAD_ROWS, -1, first);
    if (bytes < VARIANTS[variant]->workspace(m, plan->depth)) return fail(fault, RP_SMALL_WORKSPACE, -1, bytes);
    if (!plan_fits(m, plan, fault) || !replay_fits(m, plan, first, last, fault)) return 0;
    if (!draws_finite(m, draws, first, last, fault)) return 0;
    return VARIANTS[variant]->run(m, draws, plan, paths, first, last, workspace, bytes, fault);
}

/* ---- the module: it has no functions of its own, it makes the library importable ---- */

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_kernel", "The compiled dynamics kernel.", -1, NULL, NULL,
    NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__kernel(void) { return PyModule_Create(&definition); }
