/* The table reader: copies the arrays into one block of memory, checks every length, index, order and number, and
 * refuses a malformed table with a reason; only then are indices made from it. Nothing unchecked is ever followed. */
#include "rp_model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RP_ENUM(name, type, length) FIELD_##name,
enum rp_field { RP_TABLE_FIELDS(RP_ENUM) FIELDS };
#undef RP_ENUM

static int refuse(rp_fault *fault, int reason, int field, int64_t element)
{
    fault->reason = reason;
    fault->field = field;
    fault->element = element;
    return 0;
}

/* ---- counts and lengths ---- */

static void count(rp_counts *c, const int64_t *lengths, const int64_t *scalars)
{
    c->nodes = lengths[FIELD_node_op];
    c->factors = lengths[FIELD_factor_kind];
    c->links = lengths[FIELD_link_node];
    c->pulls = lengths[FIELD_pull_node];
    c->flows = lengths[FIELD_flow_node];
    c->options = lengths[FIELD_option_now];
    c->slots = lengths[FIELD_slot_requires];
    c->parties = lengths[FIELD_party_actor];
    c->prices = lengths[FIELD_price_actor];
    c->norms = lengths[FIELD_norm_actor];
    c->interests = lengths[FIELD_interest_actor];
    c->reds = lengths[FIELD_red_actor];
    c->actors = lengths[FIELD_actor_foresight];
    c->promises = lengths[FIELD_promise_option];
    c->promisers = lengths[FIELD_promise_actor];
    c->shocks = lengths[FIELD_shock_on];
    c->effects = lengths[FIELD_effect_shock];
    c->exchanges = lengths[FIELD_exchange_review];
    c->legs = lengths[FIELD_leg_option];
    c->tastes = lengths[FIELD_key_taste];
    c->views = scalars[1];
    c->params = scalars[2];
}

static int counts_fit(const rp_counts *c, const int64_t *lengths, const int64_t *scalars, rp_fault *fault)
{
    for (int i = 0; i < FIELDS; i++)
        if (lengths[i] < 0 || lengths[i] > RP_MOST_COUNT) return refuse(fault, RP_BAD_COUNT, i, lengths[i]);
    if (scalars[0] < 0 || scalars[0] > RP_MOST_PERIODS) return refuse(fault, RP_BAD_COUNT, -1, scalars[0]);
    if (c->views < 1 || c->views > 4096) return refuse(fault, RP_BAD_COUNT, -1, c->views);
    if (c->params < 0 || c->params > RP_MOST_COUNT) return refuse(fault, RP_BAD_COUNT, -1, c->params);
#define RP_LENGTH(name, type, length) \
    if (lengths[FIELD_##name] != c->length) return refuse(fault, RP_BAD_LENGTH, FIELD_##name, lengths[FIELD_##name]);
    RP_TABLE_FIELDS(RP_LENGTH)
#undef RP_LENGTH
    return 1;
}

/* ---- memory: one block for copies and indices ---- */

typedef struct {
    char *next;
    size_t used;
} arena;

static void *take(arena *a, size_t bytes)
{
    void *here = a->next ? a->next + a->used : NULL;
    a->used += (bytes + 63) & ~(size_t)63;
    return here;
}

static void groups_take(arena *a, rp_groups *g, int64_t groups, int64_t items)
{
    g->start = take(a, (size_t)(groups + 1) * sizeof(rp_i32));
    g->item = take(a, (size_t)items * sizeof(rp_i32));
}

static void index_take(rp_model *m, arena *a)
{
    const rp_counts *c = &m->c;
    m->node_row = take(a, (size_t)c->nodes * sizeof(rp_i32));
    m->row_const = take(a, (size_t)c->nodes * sizeof(rp_i32));
    m->program = take(a, (size_t)c->nodes * sizeof(rp_step));
    m->step_node = take(a, (size_t)c->nodes * sizeof(rp_i32));
    m->factor_row = take(a, (size_t)c->factors * sizeof(rp_i32));
    m->factor_shifts = take(a, (size_t)c->factors);
    m->option_requires = take(a, (size_t)c->options);
    m->factor_sets = take(a, (size_t)c->factors);
    m->need = take(a, (size_t)(c->actors + 1) * sizeof(rp_need));
    m->need_all = take(a, (size_t)(c->actors + 1) * sizeof(rp_need));
    m->view_foresight = take(a, (size_t)c->views * sizeof(rp_i32));
    m->need_view = take(a, (size_t)c->views * sizeof(rp_need));
    m->slot_option = take(a, (size_t)c->slots * sizeof(rp_i32));
    m->party_option = take(a, (size_t)c->parties * sizeof(rp_i32));
    groups_take(a, &m->link_of_factor, c->factors, c->links);
    groups_take(a, &m->pull_of_factor, c->factors, c->pulls);
    groups_take(a, &m->flow_of_factor, c->factors, c->flows);
    groups_take(a, &m->effect_of_factor, c->factors, c->effects);
    groups_take(a, &m->effect_of_shock, c->shocks, c->effects);
    groups_take(a, &m->interest_of_actor, c->actors, c->interests);
    groups_take(a, &m->red_of_actor, c->actors, c->reds);
    groups_take(a, &m->norm_of_actor, c->actors, c->norms);
    groups_take(a, &m->price_of_actor, c->actors, c->prices);
    groups_take(a, &m->party_of_actor, c->actors, c->parties);
    groups_take(a, &m->promise_of_option, c->options, c->promises);
    groups_take(a, &m->exchange_of_option, c->options, c->legs);
}

static void copies_take(rp_model *m, arena *a, const void *const *arrays)
{
    const rp_counts *c = &m->c;
#define RP_COPY(name, type, length) \
    do { \
        size_t bytes = (size_t)(c->length) * sizeof(RP_TYPE_##type); \
        void *copy = take(a, bytes); \
        if (copy && bytes) memcpy(copy, arrays[FIELD_##name], bytes); \
        m->name = copy; \
    } while (0);
    RP_TABLE_FIELDS(RP_COPY)
#undef RP_COPY
}

/* ---- checks ---- */

static int within(const rp_i32 *v, int64_t n, int64_t low, int64_t high, int field, rp_fault *fault)
{
    for (int64_t i = 0; i < n; i++)
        if (v[i] < low || v[i] >= high) return refuse(fault, RP_BAD_RANGE, field, i);
    return 1;
}

static int codes_within(const rp_u8 *v, int64_t n, int high, int field, rp_fault *fault)
{
    for (int64_t i = 0; i < n; i++)
        if (v[i] >= high) return refuse(fault, RP_BAD_RANGE, field, i);
    return 1;
}

static int numbers_within(const rp_f64 *v, int64_t n, double low, double high, int field, rp_fault *fault)
{
    for (int64_t i = 0; i < n; i++)
        if (!rp_finite(v[i]) || v[i] < low || v[i] > high) return refuse(fault, RP_BAD_NUMBER, field, i);
    return 1;
}

static int starts_ordered(const rp_i32 *v, int64_t groups, int64_t total, int least, int field, rp_fault *fault)
{
    if (v[0] != 0) return refuse(fault, RP_BAD_ORDER, field, 0);
    for (int64_t i = 0; i < groups; i++)
        if (v[i + 1] < v[i] + least || v[i + 1] > total) return refuse(fault, RP_BAD_ORDER, field, i + 1);
    return v[groups] == total ? 1 : refuse(fault, RP_BAD_ORDER, field, groups);
}

static int64_t most_of_operand(const rp_model *m, int64_t q, int second)
{
    switch (m->node_op[q]) {
    case RP_CONST: return -1;
    case RP_FACTOR: return second ? -1 : m->c.factors;
    case RP_SLOT: return second ? -1 : m->c.slots;
    case RP_SHARE: return second ? -1 : m->c.options;
    case RP_PARAM: return second ? -1 : m->c.params;
    case RP_NOT: case RP_CLIP01: return second ? -1 : q;
    default: return q;
    }
}

static int nodes_ordered(const rp_model *m, rp_fault *fault)
{
    for (int64_t q = 0; q < m->c.nodes; q++) {
        int64_t a = most_of_operand(m, q, 0), b = most_of_operand(m, q, 1);
        if (a >= 0 && (m->node_a[q] < 0 || m->node_a[q] >= a)) return refuse(fault, RP_BAD_RANGE, FIELD_node_a, q);
        if (b >= 0 && (m->node_b[q] < 0 || m->node_b[q] >= b)) return refuse(fault, RP_BAD_RANGE, FIELD_node_b, q);
    }
    return 1;
}

static int derived_have_formulas(const rp_model *m, rp_fault *fault)
{
    for (int64_t i = 0; i < m->c.factors; i++) {
        int derived = m->factor_kind[i] == RP_DERIVED;
        if (derived != (m->factor_node[i] >= 0)) return refuse(fault, RP_BAD_RANGE, FIELD_factor_node, i);
    }
    for (int64_t q = 0; q < m->c.nodes; q++)
        if (m->node_op[q] == RP_FACTOR && m->factor_node[m->node_a[q]] >= q)
            return refuse(fault, RP_BAD_ORDER, FIELD_node_a, q);
    return 1;
}

#define IN(name, count, low, high) within(m->name, c->count, low, high, FIELD_##name, fault)
#define CODE(name, count, high) codes_within(m->name, c->count, high, FIELD_##name, fault)
#define NUMBER(name, count, low, high) numbers_within(m->name, c->count, low, high, FIELD_##name, fault)
#define STARTS(name, groups, total, least) \
    starts_ordered(m->name, c->groups, c->total, least, FIELD_##name, fault)

static int terms_fit(const rp_model *m, rp_fault *fault)
{
    const rp_counts *c = &m->c;
    return CODE(node_op, nodes, RP_OPS) && NUMBER(node_c, nodes, -1e9, 1e9) && nodes_ordered(m, fault)
        && CODE(factor_kind, factors, 3) && CODE(factor_keeps, factors, 4)
        && IN(factor_node, factors, -1, c->nodes) && derived_have_formulas(m, fault)
        && IN(link_node, links, 0, c->nodes) && IN(link_target, links, 0, c->factors) && CODE(link_delayed, links, 2)
        && IN(pull_node, pulls, 0, c->nodes) && IN(pull_target, pulls, 0, c->factors) && CODE(pull_delayed, pulls, 2)
        && IN(flow_node, flows, 0, c->nodes) && IN(flow_target, flows, 0, c->factors);
}

static int levels_fit(const rp_model *m, rp_fault *fault)
{
    for (int64_t k = 0; k < m->c.options; k++) {
        rp_i32 levels = m->slot_start[k + 1] - m->slot_start[k];
        if (levels > RP_MOST_LEVELS) return refuse(fault, RP_BAD_COUNT, FIELD_slot_start, k);
        if (m->option_now[k] < 0 || m->option_now[k] >= levels) return refuse(fault, RP_BAD_RANGE, FIELD_option_now, k);
        for (rp_i32 j = m->party_start[k]; j < m->party_start[k + 1]; j++)
            if (m->taste_start[j + 1] - m->taste_start[j] < levels)
                return refuse(fault, RP_BAD_ORDER, FIELD_taste_start, j);
    }
    return 1;
}

static int options_fit(const rp_model *m, rp_fault *fault)
{
    const rp_counts *c = &m->c;
    return STARTS(slot_start, options, slots, 1) && IN(option_review, options, 1, RP_MOST_PERIODS)
        && IN(option_on, options, -1, c->nodes) && CODE(option_irreversible, options, 2)
        && NUMBER(option_fickle, options, 0.0, 1.0) && CODE(option_enter, options, 3) && CODE(option_leave, options, 2)
        && IN(slot_requires, slots, -1, c->nodes) && STARTS(party_start, options, parties, 1)
        && IN(party_actor, parties, 0, c->actors) && STARTS(taste_start, parties, tastes, 1) && levels_fit(m, fault);
}

static int interests_fit(const rp_model *m, rp_fault *fault)
{
    const rp_counts *c = &m->c;
    return IN(price_actor, prices, 0, c->actors) && IN(price_slot, prices, 0, c->slots)
        && IN(norm_actor, norms, 0, c->actors) && IN(norm_node, norms, 0, c->nodes)
        && IN(interest_actor, interests, 0, c->actors) && IN(interest_node, interests, 0, c->nodes)
        && IN(red_actor, reds, 0, c->actors) && IN(red_node, reds, 0, c->nodes)
        && IN(actor_foresight, actors, 1, RP_MOST_FORESIGHT + 1) && NUMBER(actor_discount, actors, 0.0, 1.0)
        && IN(actor_view, actors, 0, c->views) && NUMBER(top_weight, actors, 1e-12, 1e12);
}

static int views_fit(const rp_model *m, rp_fault *fault)
{
    const rp_counts *c = &m->c;
    return codes_within(m->view_hidden_factor, c->views * c->factors, 2, FIELD_view_hidden_factor, fault)
        && codes_within(m->view_hidden_option, c->views * c->options, 2, FIELD_view_hidden_option, fault)
        && IN(factor_seen_as, factors, -1, c->factors) && IN(option_seen_as, options, -1, c->factors)
        && NUMBER(factor_central, factors, 0.0, 1.0);
}

static int named_levels_exist(const rp_model *m, const rp_i32 *option, const rp_i32 *level, int64_t n, int least,
    int field, rp_fault *fault)
{
    for (int64_t i = 0; i < n; i++) {
        rp_i32 k = option[i];
        if (level[i] < least || level[i] >= m->slot_start[k + 1] - m->slot_start[k])
            return refuse(fault, RP_BAD_RANGE, field, i);
    }
    return 1;
}

static int happenings_fit(const rp_model *m, rp_fault *fault)
{
    const rp_counts *c = &m->c;
    return IN(promise_option, promises, 0, c->options)
        && named_levels_exist(m, m->promise_option, m->promise_level, c->promises, 0, FIELD_promise_level, fault)
        && IN(promise_node, promises, 0, c->nodes) && IN(promise_periods, promises, 1, RP_MOST_PERIODS)
        && STARTS(promise_actor_start, promises, promisers, 1) && IN(promise_actor, promisers, 0, c->actors)
        && IN(shock_on, shocks, -1, INT32_MAX) && IN(shock_node, shocks, -1, c->nodes) && CODE(shock_once, shocks, 2)
        && IN(shock_lasting, shocks, -1, RP_MOST_PERIODS) && IN(effect_shock, effects, 0, c->shocks)
        && IN(effect_factor, effects, 0, c->factors) && CODE(effect_sets, effects, 2)
        && STARTS(leg_start, exchanges, legs, 1) && IN(leg_option, legs, 0, c->options)
        && named_levels_exist(m, m->leg_option, m->leg_level, c->legs, 1, FIELD_leg_level, fault)
        && IN(exchange_review, exchanges, 1, RP_MOST_PERIODS);
}

static int fits(const rp_model *m, rp_fault *fault)
{
    return terms_fit(m, fault) && options_fit(m, fault) && interests_fit(m, fault) && views_fit(m, fault)
        && happenings_fit(m, fault);
}

/* ---- indices ---- */

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
        rp_i32 foresight = m->actor_foresight[a], *of_view = &m->view_foresight[m->actor_view[a]];
        if (foresight > m->most_foresight) m->most_foresight = foresight;
        if (foresight > *of_view) *of_view = foresight;
    }
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

/* ---- making and freeing ---- */

static rp_model *filled(const rp_model *sized, size_t bytes, const void *const *arrays, rp_fault *fault)
{
    rp_model *m = malloc(sizeof *m);
    char *block = calloc(1, bytes + 64);
    if (!m || !block) {
        free(m);
        free(block);
        refuse(fault, RP_NO_MEMORY, -1, (int64_t)bytes);
        return NULL;
    }
    *m = *sized;
    m->arena = block;
    arena whole = {block, (64 - (size_t)((uintptr_t)block & 63)) & 63};
    copies_take(m, &whole, arrays);
    index_take(m, &whole);
    return m;
}

void rp_model_free(rp_model *m)
{
    if (!m) return;
    rp_reach_free(m);
    free(m->arena);
    free(m);
}

rp_model *rp_model_make(const void *const *arrays, const int64_t *lengths, const int64_t *scalars, rp_fault *fault)
{
    rp_model sized;
    memset(&sized, 0, sizeof sized);
    count(&sized.c, lengths, scalars);
    if (!counts_fit(&sized.c, lengths, scalars, fault)) return NULL;
    sized.periods = (rp_i32)scalars[0];
    arena measure = {NULL, 0};
    copies_take(&sized, &measure, arrays);
    index_take(&sized, &measure);
    rp_model *m = filled(&sized, measure.used, arrays, fault);
    if (!m) return NULL;
    if (!fits(m, fault)) {
        rp_model_free(m);
        return NULL;
    }
    index_rows(m);
    index_program(m);
    index_options(m);
    index_groups(m);
    index_effects(m);
    index_flags(m);
    index_film(m);
    if (!rp_reach_make(m)) {
        refuse(fault, RP_NO_MEMORY, -1, -1);
        rp_model_free(m);
        return NULL;
    }
    refuse(fault, RP_FINE, -1, -1);
    return m;
}

/* ---- names ---- */

static const char *const FIELD_NAMES[] = {
#define RP_NAME(name, type, length) #name,
    RP_TABLE_FIELDS(RP_NAME)
#undef RP_NAME
};
static const char *const FIELD_TYPES[] = {
#define RP_NAME(name, type, length) #type,
    RP_TABLE_FIELDS(RP_NAME)
#undef RP_NAME
};

int rp_table_fields(void) { return FIELDS; }
const char *rp_table_field(int i) { return i >= 0 && i < FIELDS ? FIELD_NAMES[i] : ""; }
const char *rp_table_type(int i) { return i >= 0 && i < FIELDS ? FIELD_TYPES[i] : ""; }
