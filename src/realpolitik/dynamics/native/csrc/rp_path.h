/* How a state moves in a period, and what an actor expects of a path: the look-ahead.
 *
 *     y(t+1)   = y + gain (phi - y)
 *     free     = s(A + sum e (y - phi(0)) + shifts + eta)
 *     p        = exists max(0, (y - phi(0)) / (1 - phi(0))), 0 while ended
 *     target   = (1 - P) free + sum p g / max(1, sum p),  P = min(1, sum p)
 *     x(t+1)   = clip(x + alpha (target - x))
 *     V        = (1 - b) sum_{h < H} b^(h-1) U(t+h) + b^(H-1) U(t+H) */

#define RESTART ((lane_real)1e-6)
#define GROUP(g, of, j) for (rp_i32 j = (g).start[of]; j < (g).start[(of) + 1]; j++)

/* u += sum_l e_l (y_l - phi_l(0)) of the influences on factor f; y delayed, or the term of this period. */
static void add_swing(const block *b, const row *y, row *state, const row *phi0, int f, lane_real *restrict u)
{
    const rp_model *m = b->m;
    GROUP(m->link_of_factor, f, j) {
        rp_i32 l = m->link_of_factor.item[j];
        const lane_real *now = m->link_delayed[l] ? y[l] : *node_at(b, state, m->link_node[l]);
        const lane_real *e = b->in_effect[l], *start = phi0[l];
        EACH_LANE u[i] += e[i] * (now[i] - start[i]);
    }
}

/* Pulls that a shock ended run again once their term rises. */
static void restart_pulls(const block *b, mind *to, int f)
{
    const rp_model *m = b->m;
    GROUP(m->pull_of_factor, f, j) {
        rp_i32 q = m->pull_of_factor.item[j];
        const lane_real *phi = *node_at(b, to->state, m->pull_node[q]);
        lane_real *restrict ended = to->ended[q], *restrict before = to->before[q];
        EACH_LANE {
            ended[i] = phi[i] > before[i] + RESTART ? 0 : ended[i];
            before[i] = phi[i];
        }
    }
}

/* p of pull q */
static void pull_strength(const block *b, const mind *from, const mind *to, const mind *view, int q, lane_real *restrict p)
{
    const rp_model *m = b->m;
    const lane_real *y = m->pull_delayed[q] ? from->yp[q] : *node_at(b, to->state, m->pull_node[q]);
    const lane_real *start = view->phi0p[q], *per_room = view->per_room[q], *exists = b->in_pull_exists[q];
    EACH_LANE p[i] = exists[i] * greatest((y[i] - start[i]) * per_room[i], 0);
    if (!view->any_ended) return;
    const lane_real *ended = to->ended[q];
    EACH_LANE p[i] = ended[i] > 0 ? 0 : p[i];
}

static void pull_target(const block *b, const mind *from, const mind *to, const mind *view, int f, lane_real *restrict target)
{
    const rp_model *m = b->m;
    row total = {0}, drawn = {0}, p;
    GROUP(m->pull_of_factor, f, j) {
        rp_i32 q = m->pull_of_factor.item[j];
        const lane_real *goal = b->in_pull_to[q];
        pull_strength(b, from, to, view, q, p);
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

static void next_stock(const block *b, row *state, int f, lane_real *restrict next)
{
    const rp_model *m = b->m;
    const lane_real *x = state[m->c.slots + f];
    EACH_LANE next[i] = 0;
    GROUP(m->flow_of_factor, f, j) {
        rp_i32 n = m->flow_of_factor.item[j];
        const lane_real *rate = b->in_flow_rate[n], *phi = *node_at(b, state, m->flow_node[n]);
        EACH_LANE next[i] += rate[i] * phi[i];
    }
    EACH_LANE next[i] = unit(x[i] + next[i]);
    keep_way(m->factor_keeps[f], x, next);
}

static void next_level(const block *b, const mind *from, const mind *to, const mind *view, int f, const row *eta,
    lane_real *restrict next)
{
    const rp_model *m = b->m;
    const lane_real *x = to->state[m->c.slots + f], *alpha = b->in_alpha[f], *anchor = from->anchor[f];
    EACH_LANE next[i] = anchor[i];
    add_swing(b, from->y, to->state, view->phi0, f, next);
    const lane_real *shift = to->shift[f];
    if (m->factor_shifts[f]) EACH_LANE next[i] += shift[i];
    if (eta) {
        const lane_real *noise = eta[f];
        EACH_LANE next[i] += noise[i];
    }
    EACH_LANE next[i] = logistic(next[i]);
    if (m->pull_of_factor.start[f] < m->pull_of_factor.start[f + 1]) pull_target(b, from, to, view, f, next);
    keep_way(m->factor_keeps[f], x, next);
    EACH_LANE next[i] = unit(x[i] + alpha[i] * (next[i] - x[i]));
}

static inline void follow(lane_real *restrict out, const lane_real *y, const lane_real *gain, const lane_real *phi)
{
    EACH_LANE out[i] = y[i] + gain[i] * (phi[i] - y[i]);
}

/* Delays and the anchor of factor f move on; the state still holds the terms of the period that ends. */
static void carry(const block *b, const mind *from, mind *to, int f)
{
    const rp_model *m = b->m;
    GROUP(m->link_of_factor, f, j) {
        rp_i32 l = m->link_of_factor.item[j];
        if (m->link_delayed[l]) follow(to->y[l], from->y[l], b->in_link_gain[l], *node_at(b, to->state, m->link_node[l]));
    }
    GROUP(m->pull_of_factor, f, j) {
        rp_i32 q = m->pull_of_factor.item[j];
        if (m->pull_delayed[q]) follow(to->yp[q], from->yp[q], b->in_pull_gain[q], *node_at(b, to->state, m->pull_node[q]));
    }
    lane_real *out = to->anchor[f];
    const lane_real *anchor = from->anchor[f], *trend = b->in_trend[f];
    EACH_LANE out[i] = anchor[i] + trend[i];
}

/* One advance of the factors that matter with `left` advances to go after it. `view` has phi(0); `from` may be `to`. */
static void advance(block *b, const mind *from, mind *to, const mind *view, const rp_reach *reach, int left, const row *eta)
{
    const rp_model *m = b->m;
    for (rp_i32 j = 0; j < reach->factors; j++) {
        rp_i32 f = reach->factor[j];
        if (reach->factor_far[j] > left) continue;
        if (view->any_ended || to == view) restart_pulls(b, to, f);
        if (m->factor_kind[f] == RP_STOCK) next_stock(b, to->state, f, b->next_x[f]);
        else next_level(b, from, to, view, f, eta, b->next_x[f]);
    }
    for (rp_i32 j = 0; j < reach->factors; j++)
        if (reach->factor_far[j] <= left) carry(b, from, to, reach->factor[j]);
    for (rp_i32 j = 0; j < reach->factors; j++)
        if (reach->factor_far[j] <= left) memcpy(to->state[m->c.slots + reach->factor[j]], b->next_x[reach->factor[j]], sizeof(row));
}

/* ---- shocks expected on a path ---- */

/* Whether shock s can grow likelier in period t at all, whatever the lane. */
static int shock_may(const block *b, int s, int t)
{
    int made = b->known_shock[(int64_t)t * b->m->c.shocks + s];
    if (made != RP_FREE) return made;
    return b->plan->chance && (b->m->shock_on[s] < 0 || b->m->shock_on[s] == t);
}

/* By how much the probability that shock s has fired grows in period t; the state holds the terms of the step before. */
static void grow(block *b, row *state, int s, int t, lane_real *restrict out)
{
    const rp_model *m = b->m;
    lane_real *so_far = b->probability[s];
    if (b->known_shock[(int64_t)t * m->c.shocks + s] == 1) EACH_LANE out[i] = 1;
    else if (m->shock_node[s] < 0) memcpy(out, b->in_hazard[s], sizeof(row));
    else {
        const lane_real *phi = *node_at(b, state, m->shock_node[s]), *hazard = b->in_hazard[s];
        EACH_LANE out[i] = hazard[i] * phi[i];
    }
    const uint8_t *spent = b->spent[s];
    EACH_LANE {
        out[i] = spent[i] ? 0 : (1 - so_far[i]) * out[i];
        so_far[i] += out[i];
    }
}

static void forecast(block *b, row *state, int h)
{
    for (int s = 0; s < b->m->c.shocks; s++) {
        row *out = &b->grown[(int64_t)h * b->m->c.shocks + s];
        if (shock_may(b, s, b->t + h)) grow(b, state, s, b->t + h, *out);
        else memset(out, 0, sizeof *out);
    }
}

static void add_shift(lane_real *restrict shift, const lane_real *size, const lane_real *share, lane_real sign)
{
    EACH_LANE shift[i] += sign * size[i] * share[i];
}

/* A shift that already runs in the world, begun in period `then`, ends. */
static void end_shift(const block *b, mind *w, int s, int g, int then)
{
    const uint8_t *fired = b->fired_at[(int64_t)then * b->m->c.shocks + s];
    lane_real *shift = w->shift[b->m->effect_factor[g]];
    const lane_real *size = b->in_effect_size[g];
    EACH_LANE shift[i] -= fired[i] ? size[i] : 0;
}

static void strike_shift(block *b, mind *w, int view, int s, int g, int h)
{
    const rp_model *m = b->m;
    int f = m->effect_factor[g], lasting = m->shock_lasting[s];
    if (m->factor_kind[f] != RP_LEVEL || lasting == 0) return;
    add_shift(w->shift[f], b->in_effect_size[g], b->grown[(int64_t)h * m->c.shocks + s], 1);
    if (lasting < 0) return;
    if (h > lasting) add_shift(w->shift[f], b->in_effect_size[g], b->grown[(int64_t)(h - lasting) * m->c.shocks + s], -1);
    else if (b->t + h - lasting >= 0 && !hidden_factor(m, view, f)) end_shift(b, w, s, g, b->t + h - lasting);
}

static void strike_set(block *b, mind *w, int s, int g, int h)
{
    int f = b->m->effect_factor[g];
    if (b->m->factor_kind[f] == RP_DERIVED || b->known_factor[f] != RP_FREE) return;
    lane_real *x = w->state[b->m->c.slots + f];
    const lane_real *q = b->grown[(int64_t)h * b->m->c.shocks + s], *v = b->in_effect_size[g];
    EACH_LANE x[i] = (1 - q[i]) * x[i] + q[i] * v[i];
}

static void strike(block *b, mind *w, int view, int h)
{
    const rp_model *m = b->m;
    for (int s = 0; s < m->c.shocks; s++) GROUP(m->effect_of_shock, s, j) {
        int g = m->effect_of_shock.item[j];
        if (!m->effect_sets[g]) strike_shift(b, w, view, s, g, h);
        else if (shock_may(b, s, b->t + h)) strike_set(b, w, s, g, h);
    }
}

/* A := A + q (L(v) - sum e (y - phi(0)) - A) of a factor that a shock has set. */
static void anchor_anew(const block *b, mind *w, const mind *view, int g, const lane_real *q)
{
    int f = b->m->effect_factor[g];
    row swing = {0};
    add_swing(b, w->y, w->state, view->phi0, f, swing);
    lane_real *anchor = w->anchor[f];
    const lane_real *goal = b->logit_size[g];
    EACH_LANE anchor[i] = (1 - q[i]) * anchor[i] + q[i] * (goal[i] - swing[i]);
}

static void anchor_struck(block *b, mind *w, const mind *view, int h)
{
    const rp_model *m = b->m;
    for (int s = 0; s < m->c.shocks; s++) {
        if (!shock_may(b, s, b->t + h)) continue;
        GROUP(m->effect_of_shock, s, j) {
            int g = m->effect_of_shock.item[j];
            if (m->effect_sets[g] && m->factor_kind[m->effect_factor[g]] == RP_LEVEL)
                anchor_anew(b, w, view, g, b->grown[(int64_t)h * m->c.shocks + s]);
        }
    }
}

/* ---- the course of others' options on a path ---- */

static void answer_weights(block *b, const answer *others, int k, int h)
{
    const rp_model *m = b->m;
    lane_real on_the_way = h >= m->option_review[k] ? (lane_real)1 : (lane_real)h / (lane_real)m->option_review[k];
    const uint8_t *answers = others->answers[k], *fast = others->fast[k];
    for (rp_i32 s = m->slot_start[k]; s < m->slot_start[k + 1]; s++) {
        lane_real *restrict w = b->work.state[s];
        const lane_real *start = b->sight[s], *target = others->target[s];
        EACH_LANE {
            lane_real share = fast[i] ? 1 : on_the_way;
            w[i] = answers[i] ? start[i] + share * (target[i] - start[i]) : start[i];
        }
    }
}

static void note_triggers(block *b, const answer *others)
{
    for (int c = 0; c < b->m->c.promises; c++) {
        if (!any(others->acts[c])) continue;
        const lane_real *phi = *node_at(b, b->work.state, b->m->promise_node[c]);
        lane_real *most = b->most_trigger[c];
        EACH_LANE most[i] = greatest(most[i], phi[i]);
    }
}

static void promise_weights(block *b, const answer *others, int c)
{
    const rp_model *m = b->m;
    int k = m->promise_option[c], level = m->slot_start[k] + m->promise_level[c];
    const uint8_t *acts = others->acts[c];
    const lane_real *most = b->most_trigger[c], *likelihood = b->in_likelihood[c];
    for (rp_i32 s = m->slot_start[k]; s < m->slot_start[k + 1]; s++) {
        lane_real *w = b->work.state[s], goal = s == level ? 1 : 0;
        EACH_LANE {
            lane_real p = likelihood[i] * most[i];
            w[i] = acts[i] ? (1 - p) * w[i] + p * goal : w[i];
        }
    }
}

static void course(block *b, const answer *others, int h)
{
    const rp_model *m = b->m;
    for (int c = 0; c < m->c.promises; c++) {
        int k = m->promise_option[c], first = m->slot_start[k];
        memcpy(b->work.state + first, b->sight + first, (size_t)levels_of(m, k) * sizeof(row));
    }
    for (int k = 0; k < m->c.options; k++)
        if (others->touched[k]) answer_weights(b, others, k, h);
    for (int c = 0; c < m->c.promises; c++)
        if (any(others->acts[c])) promise_weights(b, others, c);
}

/* ---- the path ---- */

static void begin_path(block *b, const mind *view, const rp_reach *reach, const answer *others)
{
    const rp_model *m = b->m;
    mind *w = &b->work;
    for (rp_i32 j = 0; j < reach->factors; j++) {
        rp_i32 f = reach->factor[j];
        memcpy(w->state[m->c.slots + f], view->state[m->c.slots + f], sizeof(row));
        if (m->factor_shifts[f]) memcpy(w->shift[f], view->shift[f], sizeof(row));
    }
    if (view->any_ended) {
        memcpy(w->ended, view->ended, (size_t)m->c.pulls * sizeof(row));
        memcpy(w->before, view->before, (size_t)m->c.pulls * sizeof(row));
    }
    memset(b->probability, 0, (size_t)m->c.shocks * sizeof(row));
    if (!others) return;
    memset(b->most_trigger, 0, (size_t)m->c.promises * sizeof(row));
    memcpy(b->sight, w->state, (size_t)m->c.slots * sizeof(row));
}

static void hold_known(block *b, row *state)
{
    for (int f = 0; f < b->m->c.factors; f++)
        if (b->known_factor[f] != RP_FREE) EACH_LANE state[b->m->c.slots + f][i] = (lane_real)b->known_factor[f];
}

static void path_step(block *b, int v, const rp_reach *reach, int left, int h, const answer *others)
{
    mind *w = &b->work;
    const mind *view = &b->view[v];
    forecast(b, w->state, h);
    if (others) note_triggers(b, others);
    advance(b, h == 1 ? view : w, w, view, reach, left, NULL);
    strike(b, w, v, h);
    hold_known(b, w->state);
    if (others) course(b, others, h);
    evaluate_near(b, w->state, reach, left);
    anchor_struck(b, w, view, h);
}

/* V_a of the path that starts from the slots in b->work.state as actor a sees the rest; others answer, or stay (NULL).
 * Without answers the slots are left as they were. */
static void path(block *b, int a, const answer *others, lane_real *restrict value)
{
    const rp_model *m = b->m;
    const rp_reach *reach = others ? &m->reach_all[a] : &m->reach[a];
    int v = m->actor_view[a], foresight = m->actor_foresight[a];
    double discount = m->actor_discount[a], share = 1.0;
    row now;
    begin_path(b, &b->view[v], reach, others);
    evaluate_near(b, b->work.state, reach, foresight);
    EACH_LANE value[i] = 0;
    for (int h = 1; h <= foresight; h++) {
        path_step(b, v, reach, foresight - h, h, others);
        utility(b, b->work.state, a, now);
        lane_real part = (lane_real)(h < foresight ? (1.0 - discount) * share : share);
        EACH_LANE value[i] += part * now[i];
        share *= discount;
    }
}
