/* What Python calls (through ctypes, which releases the interpreter's lock): plain C types only. */
#ifndef RP_API_H
#define RP_API_H

#include <math.h>
#include <string.h>

#include "rp_model.h"

#if defined(_WIN32)
#define RP_EXPORT __declspec(dllexport)
#elif defined(__GNUC__)
#define RP_EXPORT __attribute__((visibility("default")))
#else
#define RP_EXPORT
#endif

/* A plan (see tables.py): holds as parallel arrays; `replay` (rows, T + 1, K) or NULL. */
typedef struct {
    int64_t holds;
    const int32_t *held, *index, *start, *end, *secret;
    const double *value;
    const int8_t *replay;
    int32_t review, chance, tastes, depth;
    uint32_t seed_low, seed_high;
    int32_t coarse, screened;  /* look-ahead by ever longer steps; without what can hardly matter */
} rp_plan;

/* Inputs of a block of draws: arrays in the order of RP_DRAW_FIELDS, each (rows, length) float64. */
typedef struct {
    int64_t rows;
    const int32_t *index, *replica;
    const double *const *arrays;
} rp_draws;

/* Where paths are written, (rows, T + 1, ...) as in Paths; any of them may be NULL. */
typedef struct {
    double *factors, *utility, *margin;
    int8_t *levels, *honoured;
    uint8_t *fired, *formed;
} rp_paths;

/* One compiled variant of the kernel: a precision and an instruction set. */
typedef struct {
    const char *name;
    int single, lanes;
    int64_t (*workspace)(const rp_model *m, int depth);
    int (*run)(const rp_model *m, const rp_draws *draws, const rp_plan *plan, const rp_paths *paths, int64_t first,
        int64_t last, void *workspace, int64_t bytes, rp_fault *fault);
} rp_variant;

#if defined(__GNUC__) && (defined(__x86_64__) || defined(__amd64__))
#define RP_HAS_X86 1
extern const rp_variant rp_f64_avx2, rp_f64_avx512, rp_f32_avx2, rp_f32_avx512;
#else
#define RP_HAS_X86 0
#endif
extern const rp_variant rp_f64_base, rp_f32_base;

#endif
