/* Promises that fall due, triggers, and what is to be reviewed (step 3 of a period). */

#define GOES_WITH(set) EACH_LANE if ((set)[i])

static void holds_at(const block *b, int a, int node, uint8_t *out)
{
    const lane_real *phi = *node_at(b, b->view[b->m->actor_view[a]].state, node);
    EACH_LANE out[i] = phi[i] >= (lane_real)0.5;
}

/* Which triggers hold now: of promises in promise_holds, of reviews brought forward in on_crossed. */
static void triggers(block *b)
{
    const rp_model *m = b->m;
    for (int c = 0; c < m->c.promises; c++)
        holds_at(b, m->promise_actor[m->promise_actor_start[c]], m->promise_node[c], b->promise_holds[c]);
    for (int k = 0; k < m->c.options; k++) {
        if (m->option_on[k] < 0) memset(b->on_crossed[k], 0, LANES);
        else holds_at(b, m->party_actor[m->party_start[k]], m->option_on[k], b->on_crossed[k]);
    }
}

/* What crossed upwards: on_crossed; of promises, in `lottery` as 1. */
static void crossings(block *b)
{
    triggers(b);
    for (int c = 0; c < b->m->c.promises; c++) EACH_LANE {
        b->lottery[c][i] = b->promise_holds[c][i] && !b->promise_before[c][i];
        b->promise_before[c][i] = b->promise_holds[c][i];
    }
    for (int k = 0; k < b->m->c.options; k++) EACH_LANE {
        uint8_t now = b->on_crossed[k][i];
        b->on_crossed[k][i] = now && !b->on_before[k][i];
        b->on_before[k][i] = now;
    }
}

static void honour(block *b, int c, int i)
{
    const rp_model *m = b->m;
    int k = m->promise_option[c], level = m->promise_level[c], now = b->level[k][i];
    b->until[c][i] = b->t + m->promise_periods[c];
    if (parties_of(m, k) > 1) b->honoured_now[k][i] = 1;
    else if (b->held_option[k] == RP_FREE && !(m->option_irreversible[k] && level < now)) b->level[k][i] = level;
}

/* Step 3: one lottery at each up-crossing. */
static void commit(block *b)
{
    const rp_model *m = b->m;
    wide_row u;
    memset(b->honoured_now, 0, (size_t)m->c.options * sizeof(mask));
    for (int c = 0; c < m->c.promises; c++) {
        if (!any((const uint8_t *)b->lottery[c])) continue;
        uniforms(b->keys.n, b->keys.r, m->key_promise[c], (uint32_t)b->t, &b->keys, u);
        GOES_WITH(b->lottery[c]) {
            b->lottery[c][i] = u[i] < (double)b->in_likelihood[c][i] ? 1 : -1;
            if (b->lottery[c][i] == 1) honour(b, c, i);
        }
    }
}

static void note_kept(block *b)
{
    const rp_model *m = b->m;
    memset(b->kept, 0, (size_t)m->c.options * sizeof(mask));
    for (int c = 0; c < m->c.promises; c++)
        if (parties_of(m, m->promise_option[c]) == 1)
            EACH_LANE b->kept[m->promise_option[c]][i] |= b->t < b->until[c][i];
}

/* ---- what is due ---- */

static int due(const block *b, int k, uint8_t *out)
{
    memset(out, 0, LANES);
    if (b->held_option[k] != RP_FREE) return 0;
    EACH_LANE out[i] = (b->t + b->phase[k][i]) % b->m->option_review[k] == 0;
    EACH_LANE out[i] |= b->on_crossed[k][i] | b->recalled[k][i] | b->honoured_now[k][i];
    EACH_LANE out[i] &= !b->kept[k][i];
    return any(out);
}

/* G of every level of every party to option k at this review. */
static void fancy(block *b, int k)
{
    const rp_model *m = b->m;
    double f = m->option_fickle[k], lasting = sqrt(1.0 - f), passing = sqrt(f);
    wide_row g;
    if (f == 0.0 || !b->plan->tastes) return;
    for (rp_i32 j = m->party_start[k]; j < m->party_start[k + 1]; j++)
        for (rp_i32 n = m->taste_start[j]; n < m->taste_start[j] + levels_of(m, k); n++) {
            gumbels(&b->keys, m->key_taste[n], (uint32_t)b->t, g);
            EACH_LANE b->liking[n][i] = (lane_real)(lasting * (double)b->taste[n][i] + passing * g[i]);
        }
}

static inline void closer(block *b, int i, lane_real gap)
{
    if (gap < b->margin[i]) b->margin[i] = gap;
}
