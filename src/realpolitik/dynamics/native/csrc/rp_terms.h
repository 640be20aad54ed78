/* Terms and utility: the program of nodes over a state, and what a state is worth to an actor in one period. */

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

static void step(const block *b, row *state, const rp_step *s, int exact)
{
    lane_real *restrict z = state[s->dst];
    if (s->op == RP_SHARE) {
        share(b->m, state, s->a, z);
        return;
    }
    const lane_real *x = *row_at(b, state, s->a), *y = *row_at(b, state, s->b);
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

/* Everything, exact comparisons exact: a period of the world. */
static void evaluate(const block *b, row *state)
{
    for (rp_i32 s = 0; s < b->m->steps; s++) step(b, state, &b->m->program[s], 1);
}

/* What matters with `left` advances to go, comparisons smooth: a step of a look-ahead path. */
static void evaluate_near(const block *b, row *state, const rp_reach *reach, int left)
{
    for (rp_i32 j = 0; j < reach->steps; j++)
        if (reach->step_far[j] <= left) step(b, state, &b->m->program[reach->step[j]], 0);
}

static inline void add_product(lane_real *restrict out, const lane_real *restrict u, const lane_real *restrict v)
{
    EACH_LANE out[i] += u[i] * v[i];
}

static inline void take_product(lane_real *restrict out, const lane_real *restrict u, const lane_real *restrict v)
{
    EACH_LANE out[i] -= u[i] * v[i];
}

/* U_a of a state whose terms are evaluated: interests, less prices, violated norms and crossed red lines. */
static void utility(const block *b, row *state, int a, lane_real *out)
{
    const rp_model *m = b->m;
    EACH_LANE out[i] = 0;
    for (rp_i32 j = m->interest_of_actor.start[a]; j < m->interest_of_actor.start[a + 1]; j++) {
        rp_i32 n = m->interest_of_actor.item[j];
        add_product(out, b->in_weight_of_interest[n], *node_at(b, state, m->interest_node[n]));
    }
    for (rp_i32 j = m->price_of_actor.start[a]; j < m->price_of_actor.start[a + 1]; j++) {
        rp_i32 n = m->price_of_actor.item[j];
        take_product(out, b->in_price[n], state[m->price_slot[n]]);
    }
    for (rp_i32 j = m->norm_of_actor.start[a]; j < m->norm_of_actor.start[a + 1]; j++) {
        rp_i32 n = m->norm_of_actor.item[j];
        take_product(out, b->in_norm_price[n], *node_at(b, state, m->norm_node[n]));
    }
    for (rp_i32 j = m->red_of_actor.start[a]; j < m->red_of_actor.start[a + 1]; j++) {
        rp_i32 n = m->red_of_actor.item[j];
        take_product(out, b->in_red_active[n], *node_at(b, state, m->red_node[n]));
    }
}
