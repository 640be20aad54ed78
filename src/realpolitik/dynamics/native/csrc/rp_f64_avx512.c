/* The kernel in double, 32 lanes, instruction set: avx512. */
#include "rp_api.h"
#if RP_HAS_X86
#define RP_TARGET_512
#define REAL double
#define LANES 32
#define RP_SINGLE 0
#define RP_VARIANT rp_f64_avx512
#define RP_VARIANT_NAME "f64_avx512"
#include "rp_target.h"
#include "rp_kernel.h"
#include "rp_target_end.h"
#endif
