/* What matters to whom, and when: which rows a look-ahead needs, and which rows a move of an option can change.
 *
 * Backwards from an actor's interests: operands at the same distance, causes of a factor one advance further (two through
 * a delay), the condition of a shock one further than what it moves. Forwards from an option's slots likewise. Leaving out
 * what is too far either way changes no bit of what is computed. */
#include <stdlib.h>
#include <string.h>

#include "rp_model.h"

#define FAR 1000
#define GROUP(g, of, j) for (rp_i32 j = (g).start[of]; j < (g).start[(of) + 1]; j++)

typedef struct {
    rp_i32 *node, *factor, *option;
    int changed;
    const rp_grid *grid;
} reaching;

static void nearer(reaching *r, rp_i32 *far, rp_i32 distance)
{
    if (distance >= *far || distance > RP_MOST_FORESIGHT) return;
    *far = distance;
    r->changed = 1;
}

/* ---- backwards: what an actor needs ---- */

static void through_factor(const rp_model *m, reaching *r, rp_i32 f, rp_i32 d)
{
    if (m->factor_kind[f] == RP_DERIVED) nearer(r, &r->node[m->factor_node[f]], d);
    else nearer(r, &r->factor[f], d);
}

static void through_node(const rp_model *m, reaching *r, rp_i32 q)
{
    rp_i32 d = r->node[q], a = m->node_a[q];
    if (d > RP_MOST_FORESIGHT) return;
    switch (m->node_op[q]) {
    case RP_CONST: case RP_PARAM: return;
    case RP_FACTOR: through_factor(m, r, a, d); return;
    case RP_SLOT: nearer(r, &r->option[m->slot_option[a]], d); return;
    case RP_SHARE: nearer(r, &r->option[a], d); return;
    case RP_NOT: case RP_CLIP01: nearer(r, &r->node[a], d); return;
    default: nearer(r, &r->node[a], d); nearer(r, &r->node[m->node_b[q]], d);
    }
}

static void behind_factor(const rp_model *m, reaching *r, rp_i32 f)
{
    rp_i32 d = r->factor[f];
    if (d > RP_MOST_FORESIGHT) return;
    GROUP(m->link_of_factor, f, j) {
        rp_i32 l = m->link_of_factor.item[j];
        int later = m->link_delayed[l] && !m->factor_sets[f] && r->grid == &m->grid[RP_FINE_GRID];
        nearer(r, &r->node[m->link_node[l]], d + 1 + later);
    }
    GROUP(m->pull_of_factor, f, j) nearer(r, &r->node[m->pull_node[m->pull_of_factor.item[j]]], d + 1);
    GROUP(m->flow_of_factor, f, j) nearer(r, &r->node[m->flow_node[m->flow_of_factor.item[j]]], d + 1);
    GROUP(m->effect_of_factor, f, j) {
        rp_i32 condition = m->shock_node[m->effect_shock[m->effect_of_factor.item[j]]];
        if (condition >= 0) nearer(r, &r->node[condition], d + 1);
    }
}

static void behind_promises(const rp_model *m, reaching *r)
{
    for (int64_t c = 0; c < m->c.promises; c++)
        nearer(r, &r->node[m->promise_node[c]], r->option[m->promise_option[c]] + 1);
}

static void begin_at_interests(const rp_model *m, reaching *r, rp_i32 a)
{
    for (int64_t n = 0; n < m->c.interests; n++)
        if (m->interest_actor[n] == a) nearer(r, &r->node[m->interest_node[n]], 0);
    for (int64_t n = 0; n < m->c.reds; n++)
        if (m->red_actor[n] == a) nearer(r, &r->node[m->red_node[n]], 0);
    for (int64_t n = 0; n < m->c.norms; n++)
        if (m->norm_actor[n] == a) nearer(r, &r->node[m->norm_node[n]], 0);
    for (int64_t n = 0; n < m->c.prices; n++)
        if (m->price_actor[n] == a) nearer(r, &r->option[m->slot_option[m->price_slot[n]]], 0);
}

static void walk_back(const rp_model *m, reaching *r, int promises)
{
    do {
        r->changed = 0;
        for (rp_i32 q = (rp_i32)m->c.nodes - 1; q >= 0; q--) through_node(m, r, q);
        for (rp_i32 f = 0; f < m->c.factors; f++) behind_factor(m, r, f);
        if (promises) behind_promises(m, r);
    } while (r->changed);
}

static int keep(const rp_model *m, const rp_i32 *node_last, const rp_i32 *factor_last, rp_need *out)
{
    size_t room = (size_t)(2 * (m->steps + m->c.factors) + 1) * sizeof(rp_i32);
    out->steps = out->factors = 0;
    out->step = malloc(room);
    if (!out->step) return 0;
    out->step_last = out->step + m->steps;
    out->factor = out->step_last + m->steps;
    out->factor_last = out->factor + m->c.factors;
    for (rp_i32 s = 0; s < m->steps; s++) {
        if (node_last[m->step_node[s]] < 0) continue;
        out->step[out->steps] = s;
        out->step_last[out->steps++] = node_last[m->step_node[s]];
    }
    for (rp_i32 f = 0; f < m->c.factors; f++) {
        if (m->factor_kind[f] == RP_DERIVED || factor_last[f] < 0) continue;
        out->factor[out->factors] = f;
        out->factor_last[out->factors++] = factor_last[f];
    }
    return 1;
}

static void fill(rp_i32 *v, int64_t n, rp_i32 value)
{
    for (int64_t i = 0; i < n; i++) v[i] = value;
}

/* Distances to the last steps at which they matter, given a foresight; -1: never. */
static void to_last(rp_i32 *far, int64_t n, rp_i32 foresight)
{
    for (int64_t i = 0; i < n; i++) far[i] = far[i] <= foresight ? foresight - far[i] : -1;
}

static void reach_back(const rp_model *m, reaching *r, rp_i32 a, int promises)
{
    fill(r->node, m->c.nodes + m->c.factors + m->c.options, FAR);
    begin_at_interests(m, r, a);
    walk_back(m, r, promises);
    to_last(r->node, m->c.nodes, r->grid->actor_steps[a]);
    to_last(r->factor, m->c.factors, r->grid->actor_steps[a]);
}

static void at_least(rp_i32 *most, const rp_i32 *v, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        if (v[i] > most[i]) most[i] = v[i];
}

static int needs_of_view(const rp_model *m, reaching *r, rp_i32 *most, rp_i32 v)
{
    fill(most, m->c.nodes + m->c.factors, -1);
    for (rp_i32 a = 0; a < m->c.actors; a++) {
        if (m->actor_view[a] != v) continue;
        reach_back(m, r, a, 0);
        at_least(most, r->node, m->c.nodes + m->c.factors);
    }
    return keep(m, most, most + m->c.nodes, &r->grid->need_view[v]);
}

static int needs(const rp_model *m, reaching *r, rp_i32 *most)
{
    for (rp_i32 a = 0; a < m->c.actors; a++) {
        reach_back(m, r, a, 0);
        if (!keep(m, r->node, r->factor, &r->grid->need[a])) return 0;
        reach_back(m, r, a, 1);
        if (!keep(m, r->node, r->factor, &r->grid->need_all[a])) return 0;
    }
    for (rp_i32 v = 0; v < m->c.views; v++)
        if (!needs_of_view(m, r, most, v)) return 0;
    return 1;
}

/* ---- what the conditions of options take ---- */

static void behind_conditions(const rp_model *m, reaching *r, rp_i32 k)
{
    fill(r->node, m->c.nodes + m->c.factors + m->c.options, FAR);
    for (rp_i32 s = m->slot_start[k]; s < m->slot_start[k + 1]; s++)
        if (m->slot_requires[s] >= 0) nearer(r, &r->node[m->slot_requires[s]], 0);
    do {
        r->changed = 0;
        for (rp_i32 q = (rp_i32)m->c.nodes - 1; q >= 0; q--) through_node(m, r, q);
    } while (r->changed);
}

static int conditions(rp_model *m, reaching *r)
{
    rp_groups *g = &m->condition_of_option;
    int64_t asking = 0;
    for (int64_t k = 0; k < m->c.options; k++) asking += m->option_requires[k];
    g->start = malloc((size_t)(m->c.options + 1) * sizeof(rp_i32));
    g->item = malloc((size_t)(asking * m->steps + 1) * sizeof(rp_i32));
    if (!g->start || !g->item) return 0;
    g->start[0] = 0;
    for (rp_i32 k = 0; k < m->c.options; k++) {
        g->start[k + 1] = g->start[k];
        if (!m->option_requires[k]) continue;
        behind_conditions(m, r, k);
        for (rp_i32 s = 0; s < m->steps; s++)
            if (r->node[m->step_node[s]] < FAR) g->item[g->start[k + 1]++] = s;
    }
    return 1;
}

/* ---- forwards: what a move of an option can change ---- */

static rp_i32 after_operands(const rp_model *m, const reaching *r, rp_i32 q, rp_i32 k, rp_i32 begin)
{
    rp_i32 a = m->node_a[q], b = m->node_b[q];
    switch (m->node_op[q]) {
    case RP_CONST: case RP_PARAM: return FAR;
    case RP_FACTOR: return m->factor_kind[a] == RP_DERIVED ? r->node[m->factor_node[a]] : r->factor[a];
    case RP_SLOT: return m->slot_option[a] == k ? begin : FAR;
    case RP_SHARE: return a == k ? begin : FAR;
    case RP_NOT: case RP_CLIP01: return r->node[a];
    default: return r->node[a] < r->node[b] ? r->node[a] : r->node[b];
    }
}

static rp_i32 sooner(rp_i32 a, rp_i32 b) { return a < b ? a : b; }

/* The first step at which a factor, or anything it remembers, can change. Where a shock can set it, its anchor is
 * drawn from terms of the same step. */
static rp_i32 after_causes(const rp_model *m, const reaching *r, rp_i32 f)
{
    rp_i32 first = FAR, later = m->factor_sets[f] ? 0 : 1;
    GROUP(m->link_of_factor, f, j) first = sooner(first, r->node[m->link_node[m->link_of_factor.item[j]]] + later);
    GROUP(m->pull_of_factor, f, j) first = sooner(first, r->node[m->pull_node[m->pull_of_factor.item[j]]] + 1);
    GROUP(m->flow_of_factor, f, j) first = sooner(first, r->node[m->flow_node[m->flow_of_factor.item[j]]] + 1);
    GROUP(m->effect_of_factor, f, j) {
        rp_i32 condition = m->shock_node[m->effect_shock[m->effect_of_factor.item[j]]];
        if (condition >= 0) first = sooner(first, r->node[condition] + 1);
    }
    return first < 1 ? 1 : first;
}

/* Option k moves at step `begin`. */
static void walk_forth(const rp_model *m, reaching *r, rp_i32 k, rp_i32 begin)
{
    fill(r->node, m->c.nodes + m->c.factors, FAR);
    do {
        r->changed = 0;
        for (rp_i32 q = 0; q < m->c.nodes; q++) nearer(r, &r->node[q], after_operands(m, r, q, k, begin));
        for (rp_i32 f = 0; f < m->c.factors; f++)
            if (m->factor_kind[f] != RP_DERIVED) nearer(r, &r->factor[f], after_causes(m, r, f));
    } while (r->changed);
}

static void note_down(rp_u8 *down, rp_i32 row, rp_i32 first) { down[row] = first > RP_MOST_FORESIGHT ? RP_NEVER : (rp_u8)first; }

static void note_factor(const rp_model *m, rp_u8 *down, rp_i32 f, rp_i32 first)
{
    note_down(down, (rp_i32)m->c.slots + f, first);
    note_down(down, m->rows.anchor + f, first);
    note_down(down, m->rows.shift + f, first);
    GROUP(m->link_of_factor, f, j) note_down(down, m->rows.y + m->link_of_factor.item[j], first);
    GROUP(m->pull_of_factor, f, j) {
        note_down(down, m->rows.yp + m->pull_of_factor.item[j], first);
        note_down(down, m->rows.before + m->pull_of_factor.item[j], first);
        note_down(down, m->rows.ended + m->pull_of_factor.item[j], first);
    }
}

static void reach_forth(const rp_model *m, reaching *r, rp_i32 k, rp_i32 begin, rp_u8 *down)
{
    walk_forth(m, r, k, begin);
    memset(down, RP_NEVER, (size_t)m->rows.all);
    for (rp_i32 s = m->slot_start[k]; s < m->slot_start[k + 1]; s++) down[s] = (rp_u8)begin;
    for (rp_i32 s = 0; s < m->steps; s++) note_down(down, m->program[s].dst, r->node[m->step_node[s]]);
    for (rp_i32 f = 0; f < m->c.factors; f++)
        if (m->factor_kind[f] != RP_DERIVED) note_factor(m, down, f, r->factor[f]);
    for (rp_i32 s = 0; s < m->c.shocks; s++) {
        rp_i32 first = m->shock_node[s] < 0 ? FAR : r->node[m->shock_node[s]] + 1;
        note_down(down, m->rows.probability + s, first);
        note_down(down, m->rows.grown + s, first);
    }
}

/* ---- making and freeing ---- */

static void needs_free(rp_need *need, int64_t count)
{
    for (int64_t n = 0; need && n < count; n++) free(need[n].step);
}

void rp_reach_free(rp_model *m)
{
    for (int g = 0; g < RP_GRIDS; g++) {
        needs_free(m->grid[g].need, m->c.actors);
        needs_free(m->grid[g].need_all, m->c.actors);
        needs_free(m->grid[g].need_view, m->c.views);
    }
    free(m->condition_of_option.start);
    free(m->condition_of_option.item);
    free(m->down);
    free(m->later);
    free(m->always);
}

int rp_reach_make(rp_model *m)
{
    int64_t each = m->c.nodes + m->c.factors + m->c.options + 1;
    rp_i32 *room = malloc((size_t)(2 * each) * sizeof(rp_i32));
    m->down = malloc((size_t)(m->c.options * m->rows.all + 1));
    m->later = malloc((size_t)(m->c.options * m->rows.all + 1));
    m->always = calloc(1, (size_t)m->rows.all + 1);
    if (!room || !m->down || !m->later || !m->always) {
        free(room);
        return 0;
    }
    reaching r = {room, room + m->c.nodes, room + m->c.nodes + m->c.factors, 0, NULL};
    for (rp_i32 k = 0; k < m->c.options; k++) {
        reach_forth(m, &r, k, 0, m->down + (int64_t)k * m->rows.all);
        reach_forth(m, &r, k, 1, m->later + (int64_t)k * m->rows.all);
    }
    int fine = conditions(m, &r);
    for (int g = 0; g < RP_GRIDS && fine; g++) {
        r.grid = &m->grid[g];
        fine = needs(m, &r, room + each);
    }
    free(room);
    return fine;
}
