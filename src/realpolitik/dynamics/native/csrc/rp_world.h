/* What happens in a period apart from decisions: holds, shocks, what each view sees, the advance. */

static void one_hot(const block *b, int k, const int32_t *level, row *slots)
{
    int first = b->m->slot_start[k], levels = levels_of(b->m, k);
    for (int l = 0; l < levels; l++) {
        lane_real *w = slots[first + l];
        EACH_LANE w[i] = level[i] == l ? 1 : 0;
    }
}

/* ---- holds ---- */

static int lasts(const rp_plan *p, int64_t j, int t) { return p->start[j] <= t && (p->end[j] < 0 || t < p->end[j]); }

static void holds_now(block *b)
{
    const rp_model *m = b->m;
    const rp_plan *p = b->plan;
    for (int f = 0; f < m->c.factors; f++) b->held_factor[f] = b->known_factor[f] = RP_FREE;
    for (int k = 0; k < m->c.options; k++) b->held_option[k] = b->known_option[k] = RP_FREE;
    for (int64_t j = 0; j < p->holds; j++) {
        if (!lasts(p, j, b->t) || p->held[j] == RP_HELD_SHOCK) continue;
        int option = p->held[j] == RP_HELD_OPTION, of = p->index[j];
        if (option) b->held_option[of] = (int)p->value[j];
        else b->held_factor[of] = p->value[j];
        if (p->secret[j]) continue;
        if (option) b->known_option[of] = (int)p->value[j];
        else b->known_factor[of] = p->value[j];
    }
}

static int shock_made(const rp_plan *p, int s, int t, int public)
{
    int made = RP_FREE;
    for (int64_t j = 0; j < p->holds; j++) {
        if (p->held[j] != RP_HELD_SHOCK || p->index[j] != s || (public && p->secret[j])) continue;
        if (p->value[j] >= 0.5 && p->start[j] == t) return 1;
        if (p->value[j] < 0.5 && lasts(p, j, t)) made = 0;
    }
    return made;
}

static void holds_of_shocks(block *b)
{
    int64_t shocks = b->m->c.shocks;
    for (int t = 0; t < b->m->periods + 2 + RP_MOST_FORESIGHT; t++)
        for (int s = 0; s < shocks; s++) {
            b->held_shock[t * shocks + s] = (int8_t)shock_made(b->plan, s, t, 0);
            b->known_shock[t * shocks + s] = (int8_t)shock_made(b->plan, s, t, 1);
        }
}

/* ---- what views see ---- */

/* clip(c + x_F - x_F(0), c, 1), or c without anything to see it by */
static void shown(const block *b, int seen_as, const lane_real *c, lane_real *out)
{
    if (seen_as < 0) {
        EACH_LANE out[i] = c[i];
        return;
    }
    const lane_real *now = *level_of_factor(b, b->view[0].state, seen_as), *start = b->started[seen_as];
    EACH_LANE out[i] = least(greatest(c[i] + now[i] - start[i], c[i]), 1);
}

static void see_factors(block *b, int v)
{
    const rp_model *m = b->m;
    row *slots = b->view[v].state, *x = slots + m->c.slots, *truth = b->view[0].state + m->c.slots;
    for (int f = 0; f < m->c.factors; f++) {
        if (m->factor_kind[f] == RP_DERIVED) continue;
        if (!hidden_factor(m, v, f)) memcpy(x[f], truth[f], sizeof(row));
        else if (b->known_factor[f] != RP_FREE) EACH_LANE x[f][i] = (lane_real)b->known_factor[f];
        else shown(b, m->factor_seen_as[f], b->central[f], x[f]);
    }
}

static void see_hidden_option(block *b, int v, int k)
{
    const rp_model *m = b->m;
    int levels = levels_of(m, k), at = b->known_option[k] != RP_FREE ? b->known_option[k] : m->option_now[k];
    row *slots = b->view[v].state + m->slot_start[k];
    row central, place;
    if (b->known_option[k] != RP_FREE || m->option_seen_as[k] < 0 || levels < 2) {
        for (int l = 0; l < levels; l++) EACH_LANE slots[l][i] = l == at ? 1 : 0;
        return;
    }
    EACH_LANE central[i] = (lane_real)m->option_now[k] / (lane_real)(levels - 1);
    shown(b, m->option_seen_as[k], central, place);
    for (int l = 0; l < levels; l++) EACH_LANE {
        lane_real off = place[i] * (lane_real)(levels - 1) - (lane_real)l;
        slots[l][i] = greatest(1 - (off < 0 ? -off : off), 0);
    }
}

static void see_options(block *b, int v)
{
    for (int k = 0; k < b->m->c.options; k++)
        if (hidden_option(b->m, v, k)) see_hidden_option(b, v, k);
        else one_hot(b, k, b->level[k], b->view[v].state);
}

/* Terms brought up to date: the true ones, then those of every view. */
static void look(block *b)
{
    for (int k = 0; k < b->m->c.options; k++) one_hot(b, k, b->level[k], b->view[0].state);
    evaluate(b, b->view[0].state);
    for (int v = 1; v < b->m->c.views; v++) {
        see_factors(b, v);
        see_options(b, v);
        evaluate(b, b->view[v].state);
    }
}

/* ---- the start ---- */

static void start_view(block *b, int v)
{
    const rp_model *m = b->m;
    mind *d = &b->view[v];
    for (int f = 0; f < m->c.factors; f++) EACH_LANE {
        d->anchor[f][i] = logit(d->state[m->c.slots + f][i]);
        d->shift[f][i] = 0;
    }
    for (int l = 0; l < m->c.links; l++) {
        memcpy(d->y[l], *node_at(b, d->state, m->link_node[l]), sizeof(row));
        EACH_LANE d->anchor[m->link_target[l]][i] -= b->in_effect[l][i] * d->y[l][i];
    }
    for (int q = 0; q < m->c.pulls; q++) {
        memcpy(d->phi0p[q], *node_at(b, d->state, m->pull_node[q]), sizeof(row));
        memcpy(d->yp[q], d->phi0p[q], sizeof(row));
        memcpy(d->before[q], d->phi0p[q], sizeof(row));
        EACH_LANE {
            lane_real start = d->phi0p[q][i];
            d->per_room[q][i] = start < 1 ? 1 / (1 - start) : 0;
            d->ended[q][i] = 0;
        }
    }
    d->any_ended = 0;
}

static void start_factors(block *b)
{
    const rp_model *m = b->m;
    for (int f = 0; f < m->c.factors; f++) {
        lane_real low = m->factor_kind[f] == RP_LEVEL ? (lane_real)0.005 : 0;
        lane_real *x = b->view[0].state[m->c.slots + f];
        EACH_LANE x[i] = least(greatest(b->in_start[f][i], low), 1 - low);
        EACH_LANE b->central[f][i] = least(greatest((lane_real)m->factor_central[f], low), 1 - low);
    }
}

static void triggers(block *b);
static int stands(const block *b, int e, levels_row *level, uint8_t *out);

static void start(block *b)
{
    const rp_model *m = b->m;
    b->t = -1;
    holds_of_shocks(b);
    holds_now(b);
    for (int k = 0; k < m->c.options; k++) EACH_LANE b->level[k][i] = m->option_now[k];
    start_factors(b);
    look(b);
    for (int f = 0; f < m->c.factors; f++) memcpy(b->started[f], *level_of_factor(b, b->view[0].state, f), sizeof(row));
    look(b);
    for (int v = 0; v < m->c.views; v++) start_view(b, v);
    triggers(b);
    for (int c = 0; c < m->c.promises; c++) {
        memcpy(b->promise_before[c], b->promise_holds[c], LANES);
        EACH_LANE b->until[c][i] = -1;
    }
    for (int k = 0; k < m->c.options; k++) memcpy(b->on_before[k], b->on_crossed[k], LANES);
    for (int e = 0; e < m->c.exchanges; e++) stands(b, e, b->level, b->stood[e]);
    memset(b->eta, 0, (size_t)m->c.factors * sizeof(row));
    memset(b->spent, 0, (size_t)m->c.shocks * sizeof(mask));
    memset(b->running, 0, (size_t)m->c.shocks * sizeof(row));
    memset(b->recalled, 0, (size_t)m->c.options * sizeof(mask));
}

/* ---- shocks ---- */

static void fire_by_chance(block *b, int s, uint8_t *fired)
{
    const rp_model *m = b->m;
    wide_row u;
    memset(fired, 0, LANES);
    if (!b->plan->chance || (m->shock_on[s] >= 0 && m->shock_on[s] != b->t)) return;
    uniforms(b->keys.n, b->keys.r, m->key_shock[s], (uint32_t)b->t, &b->keys, u);
    EACH_LANE fired[i] = u[i] < (double)b->in_hazard[s][i] && !b->spent[s][i];
    if (m->shock_node[s] < 0) return;
    const lane_real *phi = *node_at(b, b->view[0].state, m->shock_node[s]);
    EACH_LANE fired[i] = fired[i] && phi[i] >= (lane_real)0.5;
}

static void fire(block *b, int s)
{
    const rp_model *m = b->m;
    mask *history = b->fired_at + s;
    uint8_t *fired = history[(int64_t)b->t * m->c.shocks];
    int made = b->held_shock[(int64_t)b->t * m->c.shocks + s], lasting = m->shock_lasting[s];
    if (made == RP_FREE) fire_by_chance(b, s, fired);
    else memset(fired, made, LANES);
    if (m->shock_once[s]) EACH_LANE b->spent[s][i] |= fired[i];
    if (lasting != 0) EACH_LANE b->running[s][i] += fired[i] ? 1 : 0;
    if (lasting <= 0 || b->t - lasting < 0) return;
    const uint8_t *old = history[(int64_t)(b->t - lasting) * m->c.shocks];
    EACH_LANE b->running[s][i] -= old[i] ? 1 : 0;
}

static void set_factors(block *b, int s)
{
    const rp_model *m = b->m;
    const uint8_t *fired = b->fired_at[(int64_t)b->t * m->c.shocks + s];
    GROUP(m->effect_of_shock, s, j) {
        int g = m->effect_of_shock.item[j], f = m->effect_factor[g];
        if (!m->effect_sets[g] || m->factor_kind[f] == RP_DERIVED || b->held_factor[f] != RP_FREE) continue;
        lane_real *x = b->view[0].state[m->c.slots + f];
        EACH_LANE x[i] = fired[i] ? b->in_effect_size[g][i] : x[i];
    }
}

static void sum_shifts(block *b, int v)
{
    const rp_model *m = b->m;
    mind *d = &b->view[v];
    for (int f = 0; f < m->c.factors; f++)
        if (m->factor_shifts[f]) memset(d->shift[f], 0, sizeof(row));
    for (int g = 0; g < m->c.effects; g++) {
        int f = m->effect_factor[g];
        if (m->effect_sets[g] || m->factor_kind[f] != RP_LEVEL || hidden_factor(m, v, f)) continue;
        const lane_real *size = b->in_effect_size[g], *running = b->running[m->effect_shock[g]];
        EACH_LANE d->shift[f][i] += size[i] * running[i];
    }
}

/* A view's present state as step 0 of a path of one step. */
static layer present(block *b, walk *w, int v)
{
    const rp_model *m = b->m;
    mind *d = &b->view[v];
    layer at = {m->always, b->ring, b->ring_mask, d->state};
    memcpy(b->ring, d->state, (size_t)m->state_rows * sizeof(row));
    w->v = v;
    w->view = d;
    w->reaches = m->grid[RP_FINE_GRID].at;
    w->track = 1;
    return at;
}

static void settle_in_view(block *b, int v, int s, int g)
{
    const rp_model *m = b->m;
    mind *d = &b->view[v];
    const uint8_t *fired = b->fired_at[(int64_t)b->t * m->c.shocks + s];
    int f = m->effect_factor[g];
    lane_real *anchor = d->anchor[f];
    const lane_real *goal = b->logit_size[g];
    row swing = {0};
    walk w;
    layer at = present(b, &w, v);
    w.at = &at;
    begin_factor(b, &w, f);
    add_swing(b, &w, 0, f, swing);
    EACH_LANE anchor[i] = fired[i] ? goal[i] - swing[i] : anchor[i];
    GROUP(m->pull_of_factor, f, j) {
        lane_real *ended = d->ended[m->pull_of_factor.item[j]];
        EACH_LANE ended[i] = fired[i] ? 1 : ended[i];
        d->any_ended = 1;
    }
}

static void settle(block *b)
{
    const rp_model *m = b->m;
    for (int s = 0; s < m->c.shocks; s++) {
        if (!any(b->fired_at[(int64_t)b->t * m->c.shocks + s])) continue;
        GROUP(m->effect_of_shock, s, j) {
            int g = m->effect_of_shock.item[j], f = m->effect_factor[g];
            if (!m->effect_sets[g] || m->factor_kind[f] != RP_LEVEL) continue;
            for (int v = 0; v < m->c.views; v++)
                if (!hidden_factor(m, v, f)) settle_in_view(b, v, s, g);
        }
    }
}

/* Steps 1 and 2 of a period. */
static void shocks_and_holds(block *b)
{
    const rp_model *m = b->m;
    row *state = b->view[0].state;
    holds_now(b);
    for (int k = 0; k < m->c.options; k++)
        if (b->held_option[k] != RP_FREE) EACH_LANE b->level[k][i] = b->held_option[k];
    for (int f = 0; f < m->c.factors; f++)
        if (b->held_factor[f] != RP_FREE) EACH_LANE state[m->c.slots + f][i] = (lane_real)b->held_factor[f];
    for (int k = 0; k < m->c.options; k++) one_hot(b, k, b->level[k], state);
    if (m->c.shocks) evaluate(b, state);
    for (int s = 0; s < m->c.shocks; s++) fire(b, s);
    for (int s = 0; s < m->c.shocks; s++) set_factors(b, s);
    for (int v = 0; v < m->c.views; v++) sum_shifts(b, v);
    look(b);
    settle(b);
}

/* ---- the end of a period ---- */

static void note_ended(block *b, mind *d)
{
    d->any_ended = 0;
    for (int q = 0; q < b->m->c.pulls; q++) EACH_LANE d->any_ended |= d->ended[q][i] > 0;
}

static void disturb(block *b)
{
    const rp_model *m = b->m;
    wide_row xi;
    for (int f = 0; f < m->c.factors; f++) {
        int noisy = 0;
        EACH_LANE noisy |= b->in_sigma[f][i] != 0;
        if (!noisy) continue;
        normals(&b->keys, m->key_factor[f], (uint32_t)(b->t + 1), xi);
        EACH_LANE {
            lane_real rho = b->in_rho[f][i], sigma = b->in_sigma[f][i];
            lane_real moved = rho * b->eta[f][i] + (lane_real)sqrt(1.0 - (double)(rho * rho)) * sigma * (lane_real)xi[i];
            b->eta[f][i] = sigma != 0 ? moved : 0;
        }
    }
}

/* Put back what factor f remembers after the advance. */
static void keep_factor(const block *b, const walk *w, mind *d, int f)
{
    const rp_model *m = b->m;
    memcpy(d->state[m->c.slots + f], own_row(b, w->at, 1, (rp_i32)m->c.slots + f), sizeof(row));
    memcpy(d->anchor[f], own_row(b, w->at, 1, m->rows.anchor + f), sizeof(row));
    GROUP(m->link_of_factor, f, j) {
        rp_i32 l = m->link_of_factor.item[j];
        if (m->link_delayed[l]) memcpy(d->y[l], own_row(b, w->at, 1, m->rows.y + l), sizeof(row));
    }
    GROUP(m->pull_of_factor, f, j) {
        rp_i32 q = m->pull_of_factor.item[j];
        if (m->pull_delayed[q]) memcpy(d->yp[q], own_row(b, w->at, 1, m->rows.yp + q), sizeof(row));
        memcpy(d->ended[q], own_row(b, w->at, 1, m->rows.ended + q), sizeof(row));
        memcpy(d->before[q], own_row(b, w->at, 1, m->rows.before + q), sizeof(row));
    }
}

static void advance_view(block *b, int v)
{
    const rp_model *m = b->m;
    walk w;
    layer at = present(b, &w, v);
    w.at = &at;
    for (int f = 0; f < m->c.factors; f++)
        if (m->factor_kind[f] != RP_DERIVED) begin_factor(b, &w, f);
    for (int f = 0; f < m->c.factors; f++)
        if (m->factor_kind[f] != RP_DERIVED) move_factor(b, &w, 1, f, v == 0 ? b->eta : NULL);
    for (int f = 0; f < m->c.factors; f++)
        if (m->factor_kind[f] != RP_DERIVED) keep_factor(b, &w, &b->view[v], f);
    note_ended(b, &b->view[v]);
}

/* Step 6. */
static void advance_world(block *b)
{
    for (int v = 0; v < b->m->c.views; v++) advance_view(b, v);
    if (b->plan->chance) disturb(b);
}
