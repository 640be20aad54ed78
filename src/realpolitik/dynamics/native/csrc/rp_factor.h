/* How factors move in a period, and what shocks that are only expected do to them.
 *
 *     y(t+1)   = y + gain (phi - y)
 *     free     = s(A + sum e (y - phi(0)) + shifts + eta)
 *     p        = exists max(0, (y - phi(0)) / (1 - phi(0))), 0 while ended
 *     target   = (1 - P) free + sum p g / max(1, sum p),  P = min(1, sum p)
 *     x(t+1)   = clip(x + alpha (target - x))
 *
 * A path is kept as layers. The first layer has the rows that a move can change, from the step on at which it can; every
 * other row is read from the layers below, down to one that has all. A path that differs from another by one move is so
 * evaluated only where it differs, and comes out with the same bits as if it had been evaluated whole. */

#define RESTART ((lane_real)1e-6)
#define GROUP(g, of, j) for (rp_i32 j = (g).start[of]; j < (g).start[(of) + 1]; j++)

typedef struct {
    const rp_u8 *down;  /* by row: the first step from which this layer has it */
    row *rows;          /* step h at rows + (h & mask) * all */
    int mask;
    row *slots;
} layer;

/* A path about to be evaluated: its layers, whose view it starts from, and what is to be evaluated. */
typedef struct {
    const layer *at;
    const mind *view;
    const rp_i32 *reaches;  /* by step: the period it reaches */
    int v, steps, factors;
    rp_i32 *step, *step_last, *factor, *factor_last;
    int track;          /* whether ended pulls are followed */
} walk;

/* How many periods step h spans. */
static inline int span(const walk *w, int h) { return w->reaches[h] - w->reaches[h - 1]; }

static inline row *own_row(const block *b, const layer *l, int h, rp_i32 r)
{
    return &l->rows[(int64_t)(h & l->mask) * b->m->rows.all + r];
}

static inline row *film_row(const block *b, const layer *l, int h, rp_i32 r)
{
    while (l->down[r] > h) l++;
    return own_row(b, l, h, r);
}

/* Everything that factor f remembers at step h stands in one layer: where that layer's rows of the step begin. */
static inline row *bundle(const block *b, const layer *l, int h, int f)
{
    return film_row(b, l, h, (rp_i32)b->m->c.slots + f) - (b->m->c.slots + f);
}

/* The row of a term at step h of a path. */
static inline const lane_real *term(const block *b, const layer *l, int h, rp_i32 r)
{
    if (r < 0) return b->shared[~r];
    if (r < b->m->c.slots) return l->slots[r];
    return *film_row(b, l, h, r);
}

static inline const lane_real *node(const block *b, const layer *l, int h, rp_i32 q)
{
    return term(b, l, h, b->m->node_row[q]);
}

/* ---- one factor from step h - 1 to step h ---- */

/* u += sum_l e_l y_l of the influences on factor f at step h; y delayed, or the term itself. Anchors are kept less
 * sum_l e_l phi_l(0). */
static void add_swing(const block *b, const walk *w, int h, int f, lane_real *restrict u)
{
    const rp_model *m = b->m;
    const row *y = bundle(b, w->at, h, f) + m->rows.y;
    GROUP(m->link_of_factor, f, j) {
        rp_i32 l = m->link_of_factor.item[j];
        const lane_real *now = m->link_delayed[l] ? y[l] : node(b, w->at, h, m->link_node[l]);
        const lane_real *e = b->in_effect[l];
        EACH_LANE u[i] += e[i] * now[i];
    }
}

/* The same over a step of several periods, as it stands before the last of them: y follows what its term was at h - 1. */
static void add_late_swing(const block *b, const walk *w, int h, int f, lane_real *restrict u)
{
    const rp_model *m = b->m;
    const row *y = bundle(b, w->at, h - 1, f) + m->rows.y, *gain = b->link_gain_over[span(w, h) - 1];
    GROUP(m->link_of_factor, f, j) {
        rp_i32 l = m->link_of_factor.item[j];
        const lane_real *phi = node(b, w->at, h - 1, m->link_node[l]), *e = b->in_effect[l];
        if (!m->link_delayed[l]) EACH_LANE u[i] += e[i] * phi[i];
        else {
            const lane_real *was = y[l], *g = gain[l];
            EACH_LANE u[i] += e[i] * (was[i] + g[i] * (phi[i] - was[i]));
        }
    }
}

/* Pulls that a shock ended run again once their term rises. */
static void restart_pulls(const block *b, const walk *w, int h, int f)
{
    const rp_model *m = b->m;
    const row *last = bundle(b, w->at, h - 1, f);
    GROUP(m->pull_of_factor, f, j) {
        rp_i32 q = m->pull_of_factor.item[j];
        const lane_real *phi = node(b, w->at, h - 1, m->pull_node[q]);
        const lane_real *was = last[m->rows.ended + q], *old = last[m->rows.before + q];
        lane_real *ended = *own_row(b, w->at, h, m->rows.ended + q), *before = *own_row(b, w->at, h, m->rows.before + q);
        EACH_LANE ended[i] = phi[i] > old[i] + RESTART ? 0 : was[i];
        EACH_LANE before[i] = phi[i];
    }
}

/* p of pull q in the advance to step h */
static void pull_strength(const block *b, const walk *w, int h, int q, lane_real *restrict p)
{
    const rp_model *m = b->m;
    const lane_real *y = m->pull_delayed[q] ? *film_row(b, w->at, h - 1, m->rows.yp + q) : node(b, w->at, h - 1, m->pull_node[q]);
    const lane_real *start = w->view->phi0p[q], *per_room = w->view->per_room[q], *exists = b->in_pull_exists[q];
    if (m->pull_delayed[q] && span(w, h) > 1) {
        const lane_real *phi = node(b, w->at, h - 1, m->pull_node[q]), *g = b->pull_gain_over[span(w, h) - 1][q];
        EACH_LANE p[i] = exists[i] * greatest((y[i] + g[i] * (phi[i] - y[i]) - start[i]) * per_room[i], 0);
    } else EACH_LANE p[i] = exists[i] * greatest((y[i] - start[i]) * per_room[i], 0);
    if (!w->track) return;
    const lane_real *ended = *own_row(b, w->at, h, m->rows.ended + q);
    EACH_LANE p[i] = ended[i] > 0 ? 0 : p[i];
}

static void pull_target(const block *b, const walk *w, int h, int f, lane_real *restrict target)
{
    const rp_model *m = b->m;
    row total = {0}, drawn = {0}, p;
    GROUP(m->pull_of_factor, f, j) {
        rp_i32 q = m->pull_of_factor.item[j];
        const lane_real *goal = b->in_pull_to[q];
        pull_strength(b, w, h, q, p);
        EACH_LANE {
            total[i] += p[i];
            drawn[i] += p[i] * goal[i];
        }
    }
    EACH_LANE target[i] = (1 - least(total[i], 1)) * target[i] + drawn[i] / greatest(total[i], 1);
}

static void keep_way(int keeps, const lane_real *restrict x, lane_real *restrict next)
{
    if (keeps == RP_RISES) EACH_LANE next[i] = greatest(next[i], x[i]);
    if (keeps == RP_FALLS) EACH_LANE next[i] = least(next[i], x[i]);
    if (keeps == RP_BOTH) EACH_LANE next[i] = x[i];
}

static void next_stock(const block *b, const walk *w, int h, int f, lane_real *restrict next)
{
    const rp_model *m = b->m;
    const lane_real *x = *film_row(b, w->at, h - 1, (rp_i32)m->c.slots + f);
    EACH_LANE next[i] = 0;
    GROUP(m->flow_of_factor, f, j) {
        rp_i32 n = m->flow_of_factor.item[j];
        const lane_real *rate = b->in_flow_rate[n], *phi = node(b, w->at, h - 1, m->flow_node[n]);
        EACH_LANE next[i] += rate[i] * phi[i];
    }
    if (span(w, h) > 1) EACH_LANE next[i] *= (lane_real)span(w, h);
    EACH_LANE next[i] = unit(x[i] + next[i]);
    keep_way(m->factor_keeps[f], x, next);
}

static void next_level(const block *b, const walk *w, int h, int f, const row *eta, lane_real *restrict next)
{
    const rp_model *m = b->m;
    const row *last = bundle(b, w->at, h - 1, f);
    const lane_real *x = last[m->c.slots + f], *alpha = b->alpha_over[span(w, h)][f], *anchor = last[m->rows.anchor + f];
    EACH_LANE next[i] = anchor[i];
    if (span(w, h) == 1) add_swing(b, w, h - 1, f, next);
    else {
        const lane_real *trend = b->in_trend[f];
        EACH_LANE next[i] += (lane_real)(span(w, h) - 1) * trend[i];
        add_late_swing(b, w, h, f, next);
    }
    if (m->factor_shifts[f]) {
        const lane_real *shift = last[m->rows.shift + f];
        EACH_LANE next[i] += shift[i];
    }
    if (eta) {
        const lane_real *noise = eta[f];
        EACH_LANE next[i] += noise[i];
    }
    EACH_LANE next[i] = logistic(next[i]);
    if (m->pull_of_factor.start[f] < m->pull_of_factor.start[f + 1]) pull_target(b, w, h, f, next);
    keep_way(m->factor_keeps[f], x, next);
    EACH_LANE next[i] = unit(x[i] + alpha[i] * (next[i] - x[i]));
}

static inline void follow(lane_real *restrict out, const lane_real *y, const lane_real *gain, const lane_real *phi)
{
    EACH_LANE out[i] = y[i] + gain[i] * (phi[i] - y[i]);
}

/* Delays and the anchor of factor f move on. */
static void carry(const block *b, const walk *w, int h, int f)
{
    const rp_model *m = b->m;
    const row *last = bundle(b, w->at, h - 1, f);
    row *now = own_row(b, w->at, h, 0), *link_gain = b->link_gain_over[span(w, h)], *pull_gain = b->pull_gain_over[span(w, h)];
    GROUP(m->link_of_factor, f, j) {
        rp_i32 l = m->link_of_factor.item[j], r = m->rows.y + l;
        if (m->link_delayed[l]) follow(now[r], last[r], link_gain[l], node(b, w->at, h - 1, m->link_node[l]));
    }
    GROUP(m->pull_of_factor, f, j) {
        rp_i32 q = m->pull_of_factor.item[j], r = m->rows.yp + q;
        if (m->pull_delayed[q]) follow(now[r], last[r], pull_gain[q], node(b, w->at, h - 1, m->pull_node[q]));
    }
    lane_real *restrict out = now[m->rows.anchor + f];
    const lane_real *anchor = last[m->rows.anchor + f], *trend = b->in_trend[f];
    if (span(w, h) == 1) EACH_LANE out[i] = anchor[i] + trend[i];
    else EACH_LANE out[i] = anchor[i] + (lane_real)span(w, h) * trend[i];
}

static void move_factor(const block *b, const walk *w, int h, int f, const row *eta)
{
    if (w->track) restart_pulls(b, w, h, f);
    lane_real *next = *own_row(b, w->at, h, (rp_i32)b->m->c.slots + f);
    if (b->m->factor_kind[f] == RP_STOCK) next_stock(b, w, h, f, next);
    else next_level(b, w, h, f, eta, next);
    carry(b, w, h, f);
}

/* ---- shocks expected on a path ---- */

/* Whether shock s can grow likelier in period t at all, whatever the lane. */
static int shock_may(const block *b, int s, int t)
{
    int made = b->known_shock[(int64_t)t * b->m->c.shocks + s];
    if (made != RP_FREE) return made;
    return b->plan->chance && (b->m->shock_on[s] < 0 || b->m->shock_on[s] == t);
}

/* In how many of the periods of step h shock s can grow likelier; -1: in one of them it is made to fire. */
static int shock_chances(const block *b, const walk *w, int s, int h)
{
    int count = 0;
    for (int t = b->t + w->reaches[h - 1] + 1; t <= b->t + w->reaches[h]; t++) {
        if (b->known_shock[(int64_t)t * b->m->c.shocks + s] == 1) return -1;
        count += shock_may(b, s, t);
    }
    return count;
}

/* 1 - (1 - p)^n */
static void over_periods(lane_real *restrict p, int n)
{
    row stays;
    EACH_LANE stays[i] = 1 - p[i];
    for (int k = 1; k < n; k++) EACH_LANE stays[i] *= 1 - p[i];
    EACH_LANE p[i] = 1 - stays[i];
}

/* By how much the probability that shock s has fired grows in step h, in which it has `chances`. */
static void grow(const block *b, const walk *w, int h, int s, int chances)
{
    const rp_model *m = b->m;
    lane_real *out = *own_row(b, w->at, h, m->rows.grown + s), *total = *own_row(b, w->at, h, m->rows.probability + s);
    const lane_real *so_far = *film_row(b, w->at, h - 1, m->rows.probability + s), *hazard = b->in_hazard[s];
    const uint8_t *spent = b->spent[s];
    EACH_LANE out[i] = chances < 0 ? 1 : hazard[i];
    if (chances > 0 && m->shock_node[s] >= 0) {
        const lane_real *phi = node(b, w->at, h - 1, m->shock_node[s]);
        EACH_LANE out[i] = hazard[i] * phi[i];
    }
    if (chances > 1) over_periods(out, chances);
    EACH_LANE out[i] = spent[i] ? 0 : (1 - so_far[i]) * out[i];
    EACH_LANE total[i] = so_far[i] + out[i];
}

static void forecast(const block *b, const walk *w, int h)
{
    const rp_model *m = b->m;
    for (int s = 0; s < m->c.shocks; s++) {
        if (w->at->down[m->rows.grown + s] > h) continue;
        int chances = shock_chances(b, w, s, h);
        if (chances) {
            grow(b, w, h, s, chances);
            continue;
        }
        memset(own_row(b, w->at, h, m->rows.grown + s), 0, sizeof(row));
        memcpy(own_row(b, w->at, h, m->rows.probability + s), film_row(b, w->at, h - 1, m->rows.probability + s), sizeof(row));
    }
}

/* What is left of a shift that already runs in the world, begun in period `then`: it ends. */
static void end_shift(const block *b, int s, int g, int then, lane_real *restrict shift)
{
    const uint8_t *fired = b->fired_at[(int64_t)then * b->m->c.shocks + s];
    const lane_real *size = b->in_effect_size[g];
    EACH_LANE shift[i] -= fired[i] ? size[i] : 0;
}

/* Shifts that end in step h: those that began on the path in one of its steps, and those that run in the world. */
static void end_shifts(const block *b, const walk *w, int h, int g, lane_real *restrict shift)
{
    const rp_model *m = b->m;
    int s = m->effect_shock[g], lasting = m->shock_lasting[s], from = w->reaches[h - 1] - lasting;
    const lane_real *size = b->in_effect_size[g];
    for (int n = h; n >= 1; n--) {
        if (w->reaches[n] <= from || w->reaches[n] > w->reaches[h] - lasting || !shock_chances(b, w, s, n)) continue;
        const lane_real *grown = *film_row(b, w->at, n, m->rows.grown + s);
        EACH_LANE shift[i] -= size[i] * grown[i];
    }
    if (hidden_factor(m, w->v, m->effect_factor[g])) return;
    for (int then = from + 1; then <= w->reaches[h] - lasting && then <= 0; then++)
        if (b->t + then >= 0) end_shift(b, s, g, b->t + then, shift);
}

static void strike_shift(const block *b, const walk *w, int h, int g, lane_real *restrict shift)
{
    const rp_model *m = b->m;
    int s = m->effect_shock[g], lasting = m->shock_lasting[s];
    const lane_real *size = b->in_effect_size[g];
    if (lasting == 0) return;
    if (shock_chances(b, w, s, h)) {
        const lane_real *grown = *film_row(b, w->at, h, m->rows.grown + s);
        EACH_LANE shift[i] += size[i] * grown[i];
    }
    if (lasting > 0) end_shifts(b, w, h, g, shift);
}

static void strike_set(const block *b, const walk *w, int h, int g, lane_real *restrict x)
{
    const lane_real *q = *film_row(b, w->at, h, b->m->rows.grown + b->m->effect_shock[g]), *v = b->in_effect_size[g];
    EACH_LANE x[i] = (1 - q[i]) * x[i] + q[i] * v[i];
}

/* Shocks strike factor f at step h; a factor publicly held stays where it is held. */
static void strike(const block *b, const walk *w, int h, int f)
{
    const rp_model *m = b->m;
    lane_real *x = *own_row(b, w->at, h, (rp_i32)m->c.slots + f);
    if (m->factor_shifts[f]) {
        lane_real *shift = *own_row(b, w->at, h, m->rows.shift + f);
        memcpy(shift, film_row(b, w->at, h - 1, m->rows.shift + f), sizeof(row));
        GROUP(m->effect_of_factor, f, j)
            if (!m->effect_sets[m->effect_of_factor.item[j]]) strike_shift(b, w, h, m->effect_of_factor.item[j], shift);
    }
    if (m->factor_sets[f]) GROUP(m->effect_of_factor, f, j) {
        int g = m->effect_of_factor.item[j];
        if (m->effect_sets[g] && shock_chances(b, w, m->effect_shock[g], h)) strike_set(b, w, h, g, x);
    }
    if (b->known_factor[f] != RP_FREE) EACH_LANE x[i] = (lane_real)b->known_factor[f];
}

/* A := A + q (L(v) - sum e (y - phi(0)) - A), anchors kept less sum e phi(0), of a factor that shocks may have set at step h. */
static void anchor_anew(const block *b, const walk *w, int h, int f)
{
    const rp_model *m = b->m;
    lane_real *anchor = *own_row(b, w->at, h, m->rows.anchor + f);
    row swing = {0};
    int known = 0;
    GROUP(m->effect_of_factor, f, j) {
        int g = m->effect_of_factor.item[j];
        if (!m->effect_sets[g] || !shock_chances(b, w, m->effect_shock[g], h)) continue;
        if (!known) add_swing(b, w, h, f, swing);
        known = 1;
        const lane_real *q = *film_row(b, w->at, h, m->rows.grown + m->effect_shock[g]), *goal = b->logit_size[g];
        EACH_LANE anchor[i] = (1 - q[i]) * anchor[i] + q[i] * (goal[i] - swing[i]);
    }
}
