/* The kernel in float, 64 lanes, instruction set: avx512. */
#include "rp_api.h"
#if RP_HAS_X86
#define RP_TARGET_512
#define REAL float
#define LANES 64
#define RP_SINGLE 1
#define RP_VARIANT rp_f32_avx512
#define RP_VARIANT_NAME "f32_avx512"
#include "rp_target.h"
#include "rp_kernel.h"
#include "rp_target_end.h"
#endif
