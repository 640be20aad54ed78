/* The model as data, checked and indexed: what a kernel may read without looking twice. */
#ifndef RP_MODEL_H
#define RP_MODEL_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "rp_fields.h"

typedef uint8_t rp_u8;
typedef int32_t rp_i32;
typedef uint32_t rp_u32;
typedef double rp_f64;

#define RP_TYPE_U8 rp_u8
#define RP_TYPE_I32 rp_i32
#define RP_TYPE_U32 rp_u32
#define RP_TYPE_F64 rp_f64

enum rp_op {
    RP_CONST, RP_FACTOR, RP_SLOT, RP_SHARE, RP_PARAM, RP_NOT, RP_MUL, RP_ADD, RP_SUB, RP_OR,
    RP_MIN, RP_MAX, RP_CLIP01, RP_CONTEST, RP_ABOVE, RP_TRIGGER_ABOVE, RP_TRIGGER_AT_LEAST, RP_OPS
};
enum rp_kind { RP_LEVEL, RP_STOCK, RP_DERIVED };
enum rp_keeps { RP_NO, RP_RISES, RP_FALLS, RP_BOTH };
enum rp_enter { RP_ENTER_ALL, RP_ENTER_MOST, RP_ENTER_IN_ORDER };
enum rp_leave { RP_LEAVE_ANY, RP_LEAVE_ALL };
enum rp_held { RP_HELD_OPTION, RP_HELD_FACTOR, RP_HELD_SHOCK };

#define RP_MOST_FORESIGHT 24
#define RP_MOST_LEVELS 127
#define RP_NEVER 255
#define RP_MOST_COUNT 4000000
#define RP_MOST_PERIODS 100000

/* How many of each thing there are; the axes of tables.py. */
typedef struct {
    int64_t nodes, factors, links, pulls, flows, options, slots, parties, prices, norms, interests, reds, actors,
        views, promises, promisers, shocks, effects, exchanges, legs, tastes, params;
} rp_counts;

/* Why something was refused, and where: the field's place in its list and the element, or -1. */
typedef struct {
    int32_t reason, field;
    int64_t element;
} rp_fault;

enum rp_reason_code {
    RP_FINE, RP_BAD_LENGTH, RP_BAD_COUNT, RP_BAD_RANGE, RP_BAD_ORDER, RP_BAD_NUMBER, RP_BAD_HOLD, RP_BAD_REPLAY,
    RP_NO_MEMORY, RP_NO_VARIANT, RP_SMALL_WORKSPACE, RP_BAD_ROWS, RP_REASONS
};

/* One step of evaluating all terms: state[dst] = op(a, b, c); rows as in node_row. For a share, a is an option. */
typedef struct {
    rp_i32 op, dst, a, b;
    rp_f64 c;
} rp_step;

/* Members of groups in one list: those of group g are item[start[g] .. start[g + 1]). */
typedef struct {
    rp_i32 *start, *item;
} rp_groups;

/* What a look-ahead needs: steps of the program and factors, each with the last step of a path at which it can still
 * touch utility. Later ones are left out, which changes no bit. */
typedef struct {
    rp_i32 steps, factors;
    rp_i32 *step, *step_last, *factor, *factor_last;
} rp_need;

#define RP_MOST_SPAN 4

/* The steps of a path that is only imagined. Step h reaches period at[h]: every period, or ever fewer of them. */
typedef struct {
    rp_i32 at[RP_MOST_FORESIGHT + 1];
    rp_i32 *actor_steps, *view_steps; /* (A,), (V,) steps that cover the foresight */
    rp_f64 *part;             /* (A, RP_MOST_FORESIGHT + 1) weight of U at a step in V */
    rp_need *need, *need_all; /* (A,) without and with the triggers of promises */
    rp_need *need_view;       /* (V,) what any actor of a view needs */
} rp_grid;
enum { RP_FINE_GRID, RP_COARSE_GRID, RP_GRIDS };

/* Rows of one step of a path: a state (slots, factors, computed nodes), then what else the factors remember. */
typedef struct {
    rp_i32 anchor, shift, y, yp, before, ended, probability, grown, all;
} rp_rows;

typedef struct {
    rp_counts c;
    rp_i32 periods;
#define RP_DECLARE(name, type, length) const RP_TYPE_##type *name;
    RP_TABLE_FIELDS(RP_DECLARE)
#undef RP_DECLARE

    /* made by rp_index */
    rp_i32 *factor_row;  /* (F,) where a factor's level stands; a derived one: its formula */
    rp_i32 *node_row;    /* (Q,) where a node's value stands: a row of a state, or ~row of the shared rows */
    rp_i32 *row_const;   /* nodes whose values are shared constants, in the order of their rows */
    rp_step *program;
    rp_i32 steps, *step_node;
    rp_i32 *slot_option, *party_option;
    rp_i32 consts, state_rows, shared_rows; /* a state's rows: slots, factors, computed nodes */
    rp_groups link_of_factor, pull_of_factor, flow_of_factor, effect_of_factor, effect_of_shock;
    rp_groups interest_of_actor, red_of_actor, norm_of_actor, price_of_actor, party_of_actor, promise_of_option;
    rp_groups exchange_of_option;
    rp_grid grid[RP_GRIDS];
    rp_u8 *down;              /* (K, rows.all) first step at which moving an option can change a row; RP_NEVER */
    rp_u8 *later;             /* (K, rows.all) the same if it moves one step ahead only */
    rp_u8 *always;            /* (rows.all) zeros: a path that has every row of its own */
    rp_rows rows;
    rp_u8 lasting_shifts;
    rp_groups condition_of_option; /* steps of the program that its `requires` take */
    rp_u8 *factor_shifts, *factor_sets, *option_requires;
    rp_i32 most_levels, most_foresight;
    void *arena;
} rp_model;

/* Whether a number is one, asked of its bits: compilers may take comparisons to be of finite numbers. */
static inline int rp_finite(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return (bits & 0x7FF0000000000000u) != 0x7FF0000000000000u;
}

int rp_reach_make(rp_model *m);
void rp_reach_free(rp_model *m);

rp_model *rp_model_make(const void *const *arrays, const int64_t *lengths, const int64_t *scalars, rp_fault *fault);

#endif
