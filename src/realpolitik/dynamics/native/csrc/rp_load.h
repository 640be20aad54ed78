/* The inputs of a block of draws, turned to rows. */

static void load_field(const block *b, row *to, const double *from, int64_t width)
{
    for (int64_t j = 0; j < width; j++) EACH_LANE {
        int64_t r = b->first + (i < b->lanes ? i : b->lanes - 1);
        to[j][i] = (lane_real)from[r * width + j];
    }
}

static void load_keys(block *b, const rp_draws *draws)
{
    EACH_LANE {
        int64_t r = b->first + (i < b->lanes ? i : b->lanes - 1);
        b->keys.n[i] = (uint32_t)draws->index[r];
        b->keys.r[i] = (uint32_t)draws->replica[r];
        b->keys.group[i] = (uint32_t)(draws->index[r] >> 6);
    }
    b->keys.seed_low = b->plan->seed_low;
    b->keys.seed_high = b->plan->seed_high;
}

static void load_shared(block *b)
{
    const rp_model *m = b->m;
    for (int j = 0; j < m->consts; j++) EACH_LANE b->shared[j][i] = (lane_real)m->node_c[m->row_const[j]];
    for (int64_t j = 0; j < m->c.params; j++) memcpy(b->shared[m->consts + j], b->in_param[j], sizeof(row));
    for (int64_t g = 0; g < m->c.effects; g++) EACH_LANE b->logit_size[g][i] = logit(b->in_effect_size[g][i]);
    for (int64_t j = 0; j < m->c.interests; j++) {
        double top = m->top_weight[m->interest_actor[j]];
        EACH_LANE b->in_weight_of_interest[j][i] = (lane_real)((double)b->in_weight_of_interest[j][i] / top);
    }
}

static void load_tastes(block *b)
{
    wide_row g;
    for (int64_t j = 0; j < b->m->c.tastes; j++) {
        gumbels(&b->keys, b->m->key_taste[j], RP_PERSISTENT, g);
        EACH_LANE b->liking[j][i] = b->taste[j][i] = (lane_real)(b->plan->tastes ? g[i] : 0.0);
    }
}

static void load_phases(block *b)
{
    const rp_model *m = b->m;
    wide_row u;
    for (int64_t j = 0; j < m->c.options + m->c.exchanges; j++) {
        int period = j < m->c.options ? m->option_review[j] : m->exchange_review[j - m->c.options];
        uniforms(b->keys.group, NULL, m->key_phase[j], 0, &b->keys, u);
        EACH_LANE b->phase[j][i] = (int32_t)(u[i] * (double)period);
    }
}

/* over[n] = 1 - (1 - over[1])^n */
static void load_spans(row *const *over, int64_t count)
{
    for (int64_t j = 0; j < count; j++) EACH_LANE {
        lane_real stays = 1 - over[1][j][i], left = stays;
        for (int n = 2; n <= RP_MOST_SPAN; n++) {
            left *= stays;
            over[n][j][i] = 1 - left;
        }
    }
}

static void load_grid(block *b)
{
    b->grid = &b->m->grid[b->plan->coarse ? RP_COARSE_GRID : RP_FINE_GRID];
    if (!b->plan->coarse) return;
    load_spans(b->alpha_over, b->m->c.factors);
    load_spans(b->link_gain_over, b->m->c.links);
    load_spans(b->pull_gain_over, b->m->c.pulls);
}

static void load(block *b, const rp_draws *draws, int64_t first, int64_t last)
{
    b->first = first;
    b->lanes = last - first < LANES ? (int)(last - first) : LANES;
    load_keys(b, draws);
    int field = 0;
#define RP_LOAD(name, length) load_field(b, b->in_##name, draws->arrays[field++], b->m->c.length);
    RP_DRAW_FIELDS(RP_LOAD)
#undef RP_LOAD
    load_shared(b);
    load_tastes(b);
    load_phases(b);
    load_grid(b);
}
