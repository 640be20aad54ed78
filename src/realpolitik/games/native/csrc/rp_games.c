/* Kernels of the games package: the pure equilibria of a strategic game. C99, no library; no state is kept. */

#include <Python.h>
#include <stdint.h>

#if defined(_WIN32)
#define RP_EXPORT __declspec(dllexport)
#elif defined(__GNUC__)
#define RP_EXPORT __attribute__((visibility("default")))
#else
#define RP_EXPORT
#endif

#define RP_TYPE double
#define RP_NAMED(name) name##_f64
#include "rp_pure.h"
#undef RP_TYPE
#undef RP_NAMED

#define RP_TYPE int32_t
#define RP_NAMED(name) name##_i32
#include "rp_pure.h"
#undef RP_TYPE
#undef RP_NAMED

/* The choices (cell, actor) that cells stand for. */
RP_EXPORT void rp_choices(const int64_t *found, int64_t count, const int64_t *choices, int64_t actors, int64_t *out)
{
    for (int64_t c = 0; c < count; c++)
        for (int64_t i = actors - 1, cell = found[c]; i >= 0; cell /= choices[i], i--)
            out[c * actors + i] = cell % choices[i];
}

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_games", NULL, -1, NULL, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__games(void) { return PyModule_Create(&module); }
