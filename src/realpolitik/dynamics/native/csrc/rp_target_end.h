/* The end of what rp_target.h began. */
#if defined(__clang__)
#pragma clang attribute pop
#endif
