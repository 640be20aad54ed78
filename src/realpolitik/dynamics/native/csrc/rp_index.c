/* The indices of a checked model: where rows stand, the program of terms, members of groups. */
#include <string.h>

#include "rp_reader.h"

static void group(rp_groups *g, int64_t groups, const rp_i32 *of, int64_t items)
{
    memset(g->start, 0, (size_t)(groups + 1) * sizeof(rp_i32));
    for (int64_t i = 0; i < items; i++) g->start[of[i] + 1]++;
    for (int64_t k = 0; k < groups; k++) g->start[k + 1] += g->start[k];
    for (int64_t i = 0; i < items; i++) g->item[g->start[of[i]]++] = (rp_i32)i;
    for (int64_t k = groups; k > 0; k--) g->start[k] = g->start[k - 1];
    g->start[0] = 0;
}

static rp_i32 row_of(const rp_model *m, rp_i32 q, rp_i32 *constant, rp_i32 *computed)
{
    rp_i32 a = m->node_a[q];
    switch (m->node_op[q]) {
    case RP_CONST: return ~(*constant)++;
    case RP_PARAM: return ~(m->consts + a);
    case RP_FACTOR: return m->factor_kind[a] == RP_DERIVED ? m->node_row[m->factor_node[a]] : (rp_i32)m->c.slots + a;
    case RP_SLOT: return a;
    default: return (*computed)++;
    }
}

static void index_rows(rp_model *m)
{
    const rp_counts *c = &m->c;
    rp_i32 constant = 0;
    m->consts = 0;
    for (rp_i32 q = 0; q < c->nodes; q++)
        if (m->node_op[q] == RP_CONST) m->row_const[m->consts++] = q;
    m->state_rows = (rp_i32)(c->slots + c->factors);
    for (rp_i32 q = 0; q < c->nodes; q++) m->node_row[q] = row_of(m, q, &constant, &m->state_rows);
    m->shared_rows = m->consts + (rp_i32)c->params;
    for (rp_i32 i = 0; i < c->factors; i++)
        m->factor_row[i] = m->factor_node[i] >= 0 ? m->node_row[m->factor_node[i]] : (rp_i32)c->slots + i;
}

static rp_step step_of(const rp_model *m, rp_i32 q)
{
    rp_step step = {m->node_op[q], m->node_row[q], 0, 0, m->node_c[q]};
    int unary = step.op == RP_NOT || step.op == RP_CLIP01;
    step.a = step.op == RP_SHARE ? m->node_a[q] : m->node_row[m->node_a[q]];
    step.b = step.op == RP_SHARE || unary ? 0 : m->node_row[m->node_b[q]];
    return step;
}

static void index_program(rp_model *m)
{
    m->steps = 0;
    for (rp_i32 q = 0; q < m->c.nodes; q++) {
        if (m->node_op[q] < RP_SHARE || m->node_op[q] == RP_PARAM) continue;
        m->step_node[m->steps] = q;
        m->program[m->steps++] = step_of(m, q);
    }
}

static void index_options(rp_model *m)
{
    for (int64_t k = 0; k < m->c.options; k++) {
        for (rp_i32 s = m->slot_start[k]; s < m->slot_start[k + 1]; s++) m->slot_option[s] = (rp_i32)k;
        for (rp_i32 j = m->party_start[k]; j < m->party_start[k + 1]; j++) m->party_option[j] = (rp_i32)k;
    }
}

static void index_effects(rp_model *m)
{
    for (int64_t g = 0; g < m->c.effects; g++) {
        rp_i32 f = m->effect_factor[g];
        if (m->factor_kind[f] == RP_DERIVED || (m->factor_kind[f] == RP_STOCK && !m->effect_sets[g])) continue;
        if (m->effect_sets[g]) m->factor_sets[f] = 1;
        else m->factor_shifts[f] = 1;
        if (!m->effect_sets[g] && m->shock_lasting[m->effect_shock[g]] > 0) m->lasting_shifts = 1;
    }
}

static void index_film(rp_model *m)
{
    const rp_counts *c = &m->c;
    rp_i32 factors = (rp_i32)c->factors, pulls = (rp_i32)c->pulls, shocks = (rp_i32)c->shocks;
    m->rows.anchor = m->state_rows;
    m->rows.shift = m->rows.anchor + factors;
    m->rows.y = m->rows.shift + factors;
    m->rows.yp = m->rows.y + (rp_i32)c->links;
    m->rows.before = m->rows.yp + pulls;
    m->rows.ended = m->rows.before + pulls;
    m->rows.probability = m->rows.ended + pulls;
    m->rows.grown = m->rows.probability + shocks;
    m->rows.all = m->rows.grown + shocks;
}

static void index_flags(rp_model *m)
{
    m->most_levels = m->most_foresight = 1;
    for (int64_t k = 0; k < m->c.options; k++) {
        rp_i32 levels = m->slot_start[k + 1] - m->slot_start[k];
        if (levels > m->most_levels) m->most_levels = levels;
        for (rp_i32 s = m->slot_start[k]; s < m->slot_start[k + 1]; s++)
            if (m->slot_requires[s] >= 0) m->option_requires[k] = 1;
    }
    for (int64_t a = 0; a < m->c.actors; a++) {
        if (m->actor_foresight[a] > m->most_foresight) m->most_foresight = m->actor_foresight[a];
    }
}

/* ---- the steps of imagined paths ---- */

static const rp_i32 COARSE[] = {0, 2, 5, 8, 12, 16, 20, 24};

/* The weight of U of the h-th period ahead in V. */
static rp_f64 weight_of_period(const rp_model *m, int64_t a, rp_i32 h)
{
    rp_f64 share_left = 1.0;
    for (rp_i32 n = 1; n < h; n++) share_left *= m->actor_discount[a];
    return h < m->actor_foresight[a] ? (1.0 - m->actor_discount[a]) * share_left : share_left;
}

/* Between steps utility is taken to change linearly. */
static void index_parts(const rp_model *m, rp_grid *g, int64_t a)
{
    rp_f64 *part = g->part + a * (RP_MOST_FORESIGHT + 1);
    rp_i32 s = 0;
    while (g->at[s] < m->actor_foresight[a]) s++;
    g->actor_steps[a] = s;
    for (rp_i32 h = 1; h <= m->actor_foresight[a]; h++) {
        for (s = 1; g->at[s] < h;) s++;
        rp_f64 weight = weight_of_period(m, a, h), late = g->at[s] - h;
        if (s == 1 || g->at[s] == h) part[s] += weight;
        else {
            late /= g->at[s] - g->at[s - 1];
            part[s] += (1.0 - late) * weight;
            part[s - 1] += late * weight;
        }
    }
}

static void index_grid(rp_model *m, rp_grid *g)
{
    for (int64_t a = 0; a < m->c.actors; a++) {
        rp_i32 *of_view = &g->view_steps[m->actor_view[a]];
        index_parts(m, g, a);
        if (g->actor_steps[a] > *of_view) *of_view = g->actor_steps[a];
    }
}

static void index_grids(rp_model *m)
{
    for (rp_i32 h = 0; h <= RP_MOST_FORESIGHT; h++) m->grid[RP_FINE_GRID].at[h] = h;
    for (rp_i32 h = 0; h < (rp_i32)(sizeof COARSE / sizeof *COARSE); h++) m->grid[RP_COARSE_GRID].at[h] = COARSE[h];
    for (int g = 0; g < RP_GRIDS; g++) index_grid(m, &m->grid[g]);
}

/* Effects of a factor, shock by shock, as they strike. */
static void group_effects(rp_model *m)
{
    rp_groups *g = &m->effect_of_factor;
    group(g, m->c.factors, m->effect_factor, m->c.effects);
    for (int64_t f = 0; f < m->c.factors; f++)
        for (rp_i32 j = g->start[f] + 1; j < g->start[f + 1]; j++) {
            rp_i32 moved = g->item[j], at = j;
            for (; at > g->start[f] && m->effect_shock[g->item[at - 1]] > m->effect_shock[moved]; at--)
                g->item[at] = g->item[at - 1];
            g->item[at] = moved;
        }
}

static void index_groups(rp_model *m)
{
    const rp_counts *c = &m->c;
    group(&m->link_of_factor, c->factors, m->link_target, c->links);
    group(&m->pull_of_factor, c->factors, m->pull_target, c->pulls);
    group(&m->flow_of_factor, c->factors, m->flow_target, c->flows);
    group_effects(m);
    group(&m->effect_of_shock, c->shocks, m->effect_shock, c->effects);
    group(&m->interest_of_actor, c->actors, m->interest_actor, c->interests);
    group(&m->red_of_actor, c->actors, m->red_actor, c->reds);
    group(&m->norm_of_actor, c->actors, m->norm_actor, c->norms);
    group(&m->price_of_actor, c->actors, m->price_actor, c->prices);
    group(&m->party_of_actor, c->actors, m->party_actor, c->parties);
    group(&m->promise_of_option, c->options, m->promise_option, c->promises);
    group(&m->exchange_of_option, c->options, m->leg_option, c->legs);
}

void rp_index(rp_model *m)
{
    index_rows(m);
    index_program(m);
    index_options(m);
    index_groups(m);
    index_effects(m);
    index_flags(m);
    index_grids(m);
    index_film(m);
}
