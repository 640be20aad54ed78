/* Every array the kernel is given, once: X(name, type, length).
 *
 * The order of these lists is the order in which Python packs the arrays (it asks for the names, see rp_table_field).
 * Lengths are written in the counts of rp_counts; see realpolitik/dynamics/tables.py for meanings and axes. */
#ifndef RP_FIELDS_H
#define RP_FIELDS_H

#define RP_TABLE_FIELDS(X) \
    X(node_op, U8, nodes) \
    X(node_a, I32, nodes) \
    X(node_b, I32, nodes) \
    X(node_c, F64, nodes) \
    X(factor_kind, U8, factors) \
    X(factor_keeps, U8, factors) \
    X(factor_node, I32, factors) \
    X(link_node, I32, links) \
    X(link_target, I32, links) \
    X(link_delayed, U8, links) \
    X(pull_node, I32, pulls) \
    X(pull_target, I32, pulls) \
    X(pull_delayed, U8, pulls) \
    X(flow_node, I32, flows) \
    X(flow_target, I32, flows) \
    X(slot_start, I32, options + 1) \
    X(option_now, I32, options) \
    X(option_review, I32, options) \
    X(option_on, I32, options) \
    X(option_irreversible, U8, options) \
    X(option_fickle, F64, options) \
    X(option_enter, U8, options) \
    X(option_leave, U8, options) \
    X(slot_requires, I32, slots) \
    X(party_start, I32, options + 1) \
    X(party_actor, I32, parties) \
    X(price_actor, I32, prices) \
    X(price_slot, I32, prices) \
    X(norm_actor, I32, norms) \
    X(norm_node, I32, norms) \
    X(interest_actor, I32, interests) \
    X(interest_node, I32, interests) \
    X(red_actor, I32, reds) \
    X(red_node, I32, reds) \
    X(actor_foresight, I32, actors) \
    X(actor_discount, F64, actors) \
    X(actor_view, I32, actors) \
    X(top_weight, F64, actors) \
    X(view_hidden_factor, U8, views * c->factors) \
    X(view_hidden_option, U8, views * c->options) \
    X(factor_seen_as, I32, factors) \
    X(option_seen_as, I32, options) \
    X(factor_central, F64, factors) \
    X(promise_option, I32, promises) \
    X(promise_level, I32, promises) \
    X(promise_node, I32, promises) \
    X(promise_periods, I32, promises) \
    X(promise_actor_start, I32, promises + 1) \
    X(promise_actor, I32, promisers) \
    X(shock_on, I32, shocks) \
    X(shock_node, I32, shocks) \
    X(shock_once, U8, shocks) \
    X(shock_lasting, I32, shocks) \
    X(effect_shock, I32, effects) \
    X(effect_factor, I32, effects) \
    X(effect_sets, U8, effects) \
    X(leg_start, I32, exchanges + 1) \
    X(leg_option, I32, legs) \
    X(leg_level, I32, legs) \
    X(exchange_review, I32, exchanges) \
    X(key_factor, U32, factors) \
    X(key_taste, U32, tastes) \
    X(taste_start, I32, parties + 1) \
    X(key_phase, U32, options + c->exchanges) \
    X(key_promise, U32, promises) \
    X(key_shock, U32, shocks) \
    X(key_order, U32, options)

/* Draws, all float64 of shape (rows, length) except the two keys of chance. */
#define RP_DRAW_FIELDS(X) \
    X(start, factors) \
    X(alpha, factors) \
    X(rho, factors) \
    X(sigma, factors) \
    X(trend, factors) \
    X(effect, links) \
    X(link_gain, links) \
    X(pull_to, pulls) \
    X(pull_exists, pulls) \
    X(pull_gain, pulls) \
    X(flow_rate, flows) \
    X(param, params) \
    X(weight_of_interest, interests) \
    X(red_active, reds) \
    X(price, prices) \
    X(norm_price, norms) \
    X(switch, parties) \
    X(steadiness, actors) \
    X(likelihood, promises) \
    X(hazard, shocks) \
    X(effect_size, effects)

#endif
