/* What an actor expects of a path: the look-ahead.
 *
 *     V = (1 - b) sum_{h < H} b^(h-1) U(t+h) + b^(H-1) U(t+H) */

/* ---- the course of others' options on a path ---- */

static void answer_weights(block *b, const answer *others, row *slots, int k, int ahead)
{
    const rp_model *m = b->m;
    int there = ahead >= m->option_review[k];
    lane_real on_the_way = there ? (lane_real)1 : (lane_real)ahead / (lane_real)m->option_review[k];
    const uint8_t *answers = others->answers[k], *fast = others->fast[k];
    row share;
    EACH_LANE share[i] = answers[i] ? (fast[i] ? (lane_real)1 : on_the_way) : (lane_real)0;
    for (rp_i32 s = m->slot_start[k]; s < m->slot_start[k + 1]; s++) {
        lane_real *restrict weight = slots[s];
        const lane_real *start = b->sight[s], *target = others->target[s];
        EACH_LANE weight[i] = start[i] + share[i] * (target[i] - start[i]);
    }
}

static void note_triggers(block *b, const answer *others, const walk *w, int h)
{
    for (int c = 0; c < b->m->c.promises; c++) {
        if (!any(others->acts[c])) continue;
        const lane_real *phi = node(b, w->at, h - 1, b->m->promise_node[c]);
        lane_real *most = b->most_trigger[c];
        EACH_LANE most[i] = greatest(most[i], phi[i]);
    }
}

static void promise_weights(block *b, const answer *others, row *slots, int c)
{
    const rp_model *m = b->m;
    int k = m->promise_option[c], level = m->slot_start[k] + m->promise_level[c];
    const uint8_t *acts = others->acts[c];
    const lane_real *most = b->most_trigger[c], *likelihood = b->in_likelihood[c];
    for (rp_i32 s = m->slot_start[k]; s < m->slot_start[k + 1]; s++) {
        lane_real *restrict weight = slots[s], goal = s == level ? 1 : 0;
        EACH_LANE {
            lane_real p = likelihood[i] * most[i];
            weight[i] = acts[i] ? (1 - p) * weight[i] + p * goal : weight[i];
        }
    }
}

/* Where the others' options stand `ahead` periods from now. */
static void course(block *b, const answer *others, row *slots, int ahead)
{
    const rp_model *m = b->m;
    for (int c = 0; c < m->c.promises; c++) {
        int k = m->promise_option[c], first = m->slot_start[k];
        memcpy(slots + first, b->sight + first, (size_t)levels_of(m, k) * sizeof(row));
    }
    for (int k = 0; k < m->c.options; k++)
        if (others->touched[k]) answer_weights(b, others, slots, k, ahead);
    for (int c = 0; c < m->c.promises; c++)
        if (any(others->acts[c])) promise_weights(b, others, slots, c);
}

/* ---- utility ---- */

static void add_term(const block *b, const layer *l, int h, rp_i32 r, const lane_real *weight, lane_real sign, lane_real *restrict u)
{
    const lane_real *phi = term(b, l, h, r);
    EACH_LANE u[i] += sign * weight[i] * phi[i];
}

/* The same of this layer less the layer below, where they can differ. */
static void add_change(const block *b, const layer *l, int h, rp_i32 r, const lane_real *weight, lane_real sign, lane_real *restrict u)
{
    if (r < 0 || l->down[r] > h) return;
    const lane_real *phi = term(b, l, h, r), *was = term(b, l + 1, h, r);
    EACH_LANE u[i] += sign * weight[i] * (phi[i] - was[i]);
}

typedef void add_up(const block *b, const layer *l, int h, rp_i32 r, const lane_real *weight, lane_real sign, lane_real *restrict u);

/* U_a at step h: interests, less prices, violated norms and crossed red lines. */
static inline void sum_utility(const block *b, const layer *l, int h, int a, add_up *add, lane_real *u)
{
    const rp_model *m = b->m;
    EACH_LANE u[i] = 0;
    GROUP(m->interest_of_actor, a, j) {
        rp_i32 n = m->interest_of_actor.item[j];
        add(b, l, h, m->node_row[m->interest_node[n]], b->in_weight_of_interest[n], 1, u);
    }
    GROUP(m->price_of_actor, a, j) {
        rp_i32 n = m->price_of_actor.item[j];
        add(b, l, h, m->price_slot[n], b->in_price[n], -1, u);
    }
    GROUP(m->norm_of_actor, a, j) {
        rp_i32 n = m->norm_of_actor.item[j];
        add(b, l, h, m->node_row[m->norm_node[n]], b->in_norm_price[n], -1, u);
    }
    GROUP(m->red_of_actor, a, j) {
        rp_i32 n = m->red_of_actor.item[j];
        add(b, l, h, m->node_row[m->red_node[n]], b->in_red_active[n], -1, u);
    }
}

static void utility(const block *b, const layer *l, int h, int a, lane_real *u) { sum_utility(b, l, h, a, add_term, u); }

static void utility_change(const block *b, const layer *l, int h, int a, lane_real *u) { sum_utility(b, l, h, a, add_change, u); }

/* ---- walking a path ---- */

/* What of `need` the first layer can change. */
static void plan_walk(block *b, walk *w, const rp_need *need)
{
    const rp_u8 *down = w->at->down;
    w->step = b->todo;
    w->steps = w->factors = 0;
    w->step_last = w->step + need->steps;
    for (rp_i32 j = 0; j < need->steps; j++) {
        if (down[b->m->program[need->step[j]].dst] > need->step_last[j]) continue;
        w->step[w->steps] = need->step[j];
        w->step_last[w->steps++] = need->step_last[j];
    }
    w->factor = w->step_last + need->steps;
    w->factor_last = w->factor + need->factors;
    for (rp_i32 j = 0; j < need->factors; j++) {
        if (down[b->m->c.slots + need->factor[j]] > need->factor_last[j]) continue;
        w->factor[w->factors] = need->factor[j];
        w->factor_last[w->factors++] = need->factor_last[j];
    }
}

static void evaluate_step(const block *b, const walk *w, int h)
{
    for (int j = 0; j < w->steps; j++) {
        const rp_step *s = &b->m->program[w->step[j]];
        if (w->step_last[j] < h || w->at->down[s->dst] > h) continue;
        lane_real *z = *own_row(b, w->at, h, s->dst);
        if (s->op == RP_SHARE) share(b->m, w->at->slots, s->a, z);
        else apply_op(s, term(b, w->at, h, s->a), term(b, w->at, h, s->b), z, 0);
    }
}

static inline int moves_at(const block *b, const walk *w, int j, int h)
{
    return w->factor_last[j] >= h && w->at->down[b->m->c.slots + w->factor[j]] <= h;
}

static void walk_step(block *b, const walk *w, int h, const answer *others)
{
    forecast(b, w, h);
    if (others) note_triggers(b, others, w, h);
    for (int j = 0; j < w->factors; j++) {
        if (!moves_at(b, w, j, h)) continue;
        move_factor(b, w, h, w->factor[j], NULL);
        strike(b, w, h, w->factor[j]);
    }
    if (others) course(b, others, w->at->slots, w->reaches[h]);
    evaluate_step(b, w, h);
    for (int j = 0; j < w->factors; j++)
        if (b->m->factor_sets[w->factor[j]] && moves_at(b, w, j, h)) anchor_anew(b, w, h, w->factor[j]);
}

/* Put what factor f remembers at step 0 from a view. */
static void begin_factor(const block *b, const walk *w, int f)
{
    const rp_model *m = b->m;
    const mind *view = w->view;
    memcpy(own_row(b, w->at, 0, (rp_i32)m->c.slots + f), view->state[m->c.slots + f], sizeof(row));
    memcpy(own_row(b, w->at, 0, m->rows.anchor + f), view->anchor[f], sizeof(row));
    if (m->factor_shifts[f]) memcpy(own_row(b, w->at, 0, m->rows.shift + f), view->shift[f], sizeof(row));
    GROUP(m->link_of_factor, f, j) {
        rp_i32 l = m->link_of_factor.item[j];
        if (m->link_delayed[l]) memcpy(own_row(b, w->at, 0, m->rows.y + l), view->y[l], sizeof(row));
    }
    GROUP(m->pull_of_factor, f, j) {
        rp_i32 q = m->pull_of_factor.item[j];
        if (m->pull_delayed[q]) memcpy(own_row(b, w->at, 0, m->rows.yp + q), view->yp[q], sizeof(row));
        if (!w->track) continue;
        memcpy(own_row(b, w->at, 0, m->rows.ended + q), view->ended[q], sizeof(row));
        memcpy(own_row(b, w->at, 0, m->rows.before + q), view->before[q], sizeof(row));
    }
}

static void begin_walk(block *b, walk *w, const layer *at, int v, const rp_need *need)
{
    w->at = at;
    w->v = v;
    w->view = &b->view[v];
    w->reaches = b->grid->at;
    w->track = w->view->any_ended;
    plan_walk(b, w, need);
    if (at->down != b->m->always) return;
    for (int j = 0; j < w->factors; j++) begin_factor(b, w, w->factor[j]);
    memset(own_row(b, at, 0, b->m->rows.probability), 0, (size_t)b->m->c.shocks * sizeof(row));
}

/* A path kept for others to stand on. */
static void film(block *b, const layer *at, int v)
{
    walk w;
    int most = b->grid->view_steps[v];
    begin_walk(b, &w, at, v, &b->grid->need_view[v]);
    evaluate_step(b, &w, 0);
    for (int h = 1; h <= most; h++) walk_step(b, &w, h, NULL);
}

/* V_a of a path along which others answer. Where they stay (NULL), on a layer below: by how much it is more than that of
 * the path below. */
static void path(block *b, const layer *at, int a, const answer *others, lane_real *restrict value)
{
    const rp_model *m = b->m;
    int v = m->actor_view[a], steps = b->grid->actor_steps[a], whole = others || at->down == m->always;
    const double *parts = b->grid->part + a * (RP_MOST_FORESIGHT + 1);
    walk w;
    row now;
    begin_walk(b, &w, at, v, others ? &b->grid->need_all[a] : &b->grid->need[a]);
    evaluate_step(b, &w, 0);
    EACH_LANE value[i] = 0;
    for (int h = 0; h <= steps; h++) {
        if (h) walk_step(b, &w, h, others);
        if (parts[h] == 0.0) continue;
        if (whole) utility(b, at, h, a, now);
        else utility_change(b, at, h, a, now);
        lane_real part = (lane_real)parts[h];
        EACH_LANE value[i] += part * now[i];
    }
}

/* By how much V of every actor of view v is more on a path than on that of the layer below; others stay. */
static void changes(block *b, const layer *at, int v, row *value)
{
    const rp_model *m = b->m;
    walk w;
    row now;
    begin_walk(b, &w, at, v, &b->grid->need_view[v]);
    evaluate_step(b, &w, 0);
    memset(value, 0, (size_t)m->c.actors * sizeof(row));
    for (int h = 0; h <= b->grid->view_steps[v]; h++) {
        if (h) walk_step(b, &w, h, NULL);
        for (int a = 0; a < m->c.actors; a++) {
            lane_real part = (lane_real)b->grid->part[a * (RP_MOST_FORESIGHT + 1) + h], *sum = value[a];
            if (m->actor_view[a] != v || h > b->grid->actor_steps[a] || part == 0) continue;
            utility_change(b, at, h, a, now);
            EACH_LANE sum[i] += part * now[i];
        }
    }
}

/* ---- paths along which others answer ---- */

/* Rows that change `delay` steps later than `of` says change too. */
static void depart(const block *b, const rp_u8 *restrict of, int delay)
{
    rp_u8 *restrict departs = b->departs, later = (rp_u8)delay;
    int rows = b->m->rows.all;
    for (int r = 0; r < rows; r++) {
        rp_u8 first = of[r] < RP_NEVER - RP_MOST_FORESIGHT ? (rp_u8)(of[r] + later) : RP_NEVER;
        departs[r] = first < departs[r] ? first : departs[r];
    }
}

static int same_rows(const row *one, const row *other, int first, int count)
{
    return !memcmp(one + first, other + first, (size_t)count * sizeof(row));
}

static int answers_alike(const block *b, const answer *others, const basis *of, int k)
{
    if (memcmp(others->answers[k], of->answers[k], LANES) || memcmp(others->fast[k], of->fast[k], LANES)) return 0;
    return !others->touched[k] || same_rows(others->target, of->target, b->m->slot_start[k], levels_of(b->m, k));
}

/* Promises whose trigger can differ change where their option goes; that may change other triggers. */
static void depart_by_promises(const block *b, const answer *others, const basis *of)
{
    const rp_model *m = b->m;
    for (int changed = 1; changed;) {
        changed = 0;
        for (int c = 0; c < m->c.promises; c++) {
            rp_i32 r = m->node_row[m->promise_node[c]], k = m->promise_option[c];
            rp_u8 *slot = b->departs + m->slot_start[k];
            int first = memcmp(others->acts[c], of->acts[c], LANES) ? 1 : RP_NEVER;
            if (first > 1 && any(others->acts[c]) && r >= 0 && b->departs[r] < RP_MOST_FORESIGHT) first = b->departs[r] + 1;
            if (first >= *slot) continue;
            depart(b, m->later + k * (int64_t)m->rows.all, first - 1);
            changed = 1;
        }
    }
}

/* From which step on the path about to be walked can differ from the one kept: b->departs. */
static void find_departures(const block *b, const answer *others, const basis *of)
{
    const rp_model *m = b->m;
    memset(b->departs, RP_NEVER, (size_t)m->rows.all);
    for (int k = 0; k < m->c.options; k++) {
        int64_t at = k * (int64_t)m->rows.all;
        if (!same_rows(b->sight, of->slots, m->slot_start[k], levels_of(m, k))) depart(b, m->down + at, 0);
        else if (!answers_alike(b, others, of, k)) depart(b, m->later + at, 0);
    }
    depart_by_promises(b, others, of);
}

static void keep_basis(const block *b, const answer *others, int64_t version, int a, basis *of)
{
    const rp_model *m = b->m;
    of->version = version;
    of->actor = a;
    memcpy(of->slots, b->sight, (size_t)m->c.slots * sizeof(row));
    memcpy(of->target, others->target, (size_t)m->c.slots * sizeof(row));
    memcpy(of->answers, others->answers, (size_t)m->c.options * sizeof(mask));
    memcpy(of->fast, others->fast, (size_t)m->c.options * sizeof(mask));
    memcpy(of->acts, others->acts, (size_t)m->c.promises * sizeof(mask));
}

/* V_a of a path along which others answer; `slots` are its start, and are changed. It is laid on the first such path of the
 * same actor from the same stage; if it is the first, it is kept. */
static void answered_path(block *b, row *slots, int a, const answer *others, int64_t version, basis *of, lane_real *value)
{
    layer first = {b->m->always, of->rows, -1, of->slots};
    memset(b->most_trigger, 0, (size_t)b->m->c.promises * sizeof(row));
    memcpy(b->sight, slots, (size_t)b->m->c.slots * sizeof(row));
    if (of->version != version || of->actor != a) {
        keep_basis(b, others, version, a, of);
        first.slots = slots;
        path(b, &first, a, others, value);
        return;
    }
    layer at[2] = {{b->departs, b->ring, b->ring_mask, slots}, first};
    find_departures(b, others, of);
    path(b, at, a, others, value);
}
