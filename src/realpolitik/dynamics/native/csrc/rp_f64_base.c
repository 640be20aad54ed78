/* The kernel in double, 32 lanes, instruction set: base. */
#define REAL double
#define LANES 32
#define RP_SINGLE 0
#define RP_VARIANT rp_f64_base
#define RP_VARIANT_NAME "f64_base"
#include "rp_api.h"
#if RP_HAS_X86 && defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O2", "vect-cost-model=dynamic") /* few such processors are left: small rather than fast */
#endif
#include "rp_kernel.h"
