/* Compile what follows for the instruction set in RP_TARGET. */
#if defined(__clang__)
#if defined(RP_TARGET_512)
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx512bw"))), apply_to = function)
#else
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#endif
#elif defined(RP_TARGET_512)
#pragma GCC target("avx512f,avx512dq,avx512vl,avx512bw,prefer-vector-width=512")
#else
#pragma GCC target("avx2")
#endif
