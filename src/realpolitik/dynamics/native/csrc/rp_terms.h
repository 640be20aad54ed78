/* Terms: what the program of nodes makes of a state. */

#if RP_SINGLE
#define SLACK 1e-6f /* single precision cannot tell apart what is closer */
#else
#define SLACK 1e-9
#endif
#define PER_WIDTH ((lane_real)20) /* 1 / 0.05, the width of a smooth comparison */

#define UNARY(expression) \
    do { \
        EACH_LANE { \
            lane_real p = x[i]; \
            z[i] = (expression); \
        } \
        return; \
    } while (0)
#define BINARY(expression) \
    do { \
        EACH_LANE { \
            lane_real p = x[i], q = y[i]; \
            z[i] = (expression); \
        } \
        return; \
    } while (0)

static void contest(lane_real *restrict z, const lane_real *restrict x, const lane_real *restrict y, double c)
{
    EACH_LANE {
        double a = power((double)x[i], c), d = power((double)y[i], c), sum = a + d;
        double share = a / (sum > 0.0 ? sum : 1.0);
        z[i] = (lane_real)(sum > 0.0 ? share : 0.5);
    }
}

static void share(const rp_model *m, const row *slots, int k, lane_real *restrict z)
{
    int levels = levels_of(m, k);
    lane_real per = levels > 1 ? (lane_real)1 / (lane_real)(levels - 1) : (lane_real)0;
    EACH_LANE z[i] = 0;
    for (int l = 1; l < levels; l++) {
        const lane_real *w = slots[m->slot_start[k] + l];
        lane_real size = levels - 1 == l ? (lane_real)1 : (lane_real)l * per;
        EACH_LANE z[i] += w[i] * size;
    }
}

static void apply_op(const rp_step *s, const lane_real *x, const lane_real *y, lane_real *restrict z, int exact)
{
    switch (s->op) {
    case RP_NOT: UNARY(1 - p);
    case RP_MUL: BINARY(p * q);
    case RP_ADD: BINARY(p + q);
    case RP_SUB: BINARY(p - q);
    case RP_OR: BINARY(1 - (1 - p) * (1 - q));
    case RP_MIN: BINARY(least(p, q));
    case RP_MAX: BINARY(greatest(p, q));
    case RP_CLIP01: UNARY(unit(p));
    case RP_CONTEST: contest(z, x, y, s->c); return;
    case RP_TRIGGER_ABOVE: if (exact) BINARY(p > q + SLACK ? 1 : 0); break;
    case RP_TRIGGER_AT_LEAST: if (exact) BINARY(p >= q - SLACK ? 1 : 0); break;
    default: break;
    }
    BINARY(logistic((p - q) * PER_WIDTH));
}

static void evaluate_one(const block *b, row *state, const rp_step *s)
{
    if (s->op == RP_SHARE) share(b->m, state, s->a, state[s->dst]);
    else apply_op(s, *row_at(b, state, s->a), *row_at(b, state, s->b), state[s->dst], 1);
}

/* Every term of a period of the world, exact comparisons exact. */
static void evaluate(const block *b, row *state)
{
    for (rp_i32 n = 0; n < b->m->steps; n++) evaluate_one(b, state, &b->m->program[n]);
}

/* What the conditions of option k take. */
static void evaluate_conditions(const block *b, row *state, int k)
{
    const rp_groups *g = &b->m->condition_of_option;
    for (rp_i32 j = g->start[k]; j < g->start[k + 1]; j++) evaluate_one(b, state, &b->m->program[g->item[j]]);
}
