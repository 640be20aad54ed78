/* The checks of the table reader: nothing that they have not passed is ever followed. */
#include "rp_reader.h"

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

int rp_fits(const rp_model *m, rp_fault *fault)
{
    return terms_fit(m, fault) && options_fit(m, fault) && interests_fit(m, fault) && views_fit(m, fault)
        && happenings_fit(m, fault);
}
