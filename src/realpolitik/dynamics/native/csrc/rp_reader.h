/* What the parts of the table reader share. */
#ifndef RP_READER_H
#define RP_READER_H

#include "rp_model.h"

#define RP_ENUM(name, type, length) FIELD_##name,
enum rp_field { RP_TABLE_FIELDS(RP_ENUM) FIELDS };
#undef RP_ENUM

static inline int refuse(rp_fault *fault, int reason, int field, int64_t element)
{
    fault->reason = reason;
    fault->field = field;
    fault->element = element;
    return 0;
}

/* Whether every index, order and number can be followed. */
int rp_fits(const rp_model *m, rp_fault *fault);

/* Make every index but what rp_reach_make makes. */
void rp_index(rp_model *m);

#endif
