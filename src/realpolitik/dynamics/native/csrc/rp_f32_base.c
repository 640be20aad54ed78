/* The kernel in float, 64 lanes, instruction set: base. */
#define REAL float
#define LANES 64
#define RP_SINGLE 1
#define RP_VARIANT rp_f32_base
#define RP_VARIANT_NAME "f32_base"
#include "rp_api.h"
#if RP_HAS_X86 && defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O2", "vect-cost-model=dynamic") /* few such processors are left: small rather than fast */
#endif
#include "rp_kernel.h"
