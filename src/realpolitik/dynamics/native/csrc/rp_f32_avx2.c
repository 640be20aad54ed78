/* The kernel in float, 64 lanes, instruction set: avx2. */
#include "rp_api.h"
#if RP_HAS_X86
#define REAL float
#define LANES 64
#define RP_SINGLE 1
#define RP_VARIANT rp_f32_avx2
#define RP_VARIANT_NAME "f32_avx2"
#include "rp_target.h"
#include "rp_kernel.h"
#include "rp_target_end.h"
#endif
