/* What each actor's look-ahead needs, and how soon: the fewest advances after which a node or factor can touch utility.
 *
 * Walked backwards from interests: operands at the same distance, causes of a factor one advance further (two through a
 * delay), the condition of a shock one further than what it moves. Leaving out what is too far changes no bit. */
#include <stdlib.h>
#include <string.h>

#include "rp_model.h"

#define FAR 1000

typedef struct {
    rp_i32 *node, *factor, *option;
    int changed;
} reaching;

static void nearer(reaching *r, rp_i32 *far, rp_i32 distance)
{
    if (distance >= *far || distance > RP_MOST_FORESIGHT) return;
    *far = distance;
    r->changed = 1;
}

static void through_factor(const rp_model *m, reaching *r, rp_i32 i, rp_i32 d)
{
    if (m->factor_kind[i] == RP_DERIVED) nearer(r, &r->node[m->factor_node[i]], d);
    else nearer(r, &r->factor[i], d);
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

static void behind_factor(const rp_model *m, reaching *r, rp_i32 i)
{
    rp_i32 d = r->factor[i];
    if (d > RP_MOST_FORESIGHT) return;
    const rp_groups *links = &m->link_of_factor, *pulls = &m->pull_of_factor, *flows = &m->flow_of_factor;
    for (rp_i32 j = links->start[i]; j < links->start[i + 1]; j++) {
        rp_i32 l = links->item[j];
        nearer(r, &r->node[m->link_node[l]], d + 1 + m->link_delayed[l]);
    }
    for (rp_i32 j = pulls->start[i]; j < pulls->start[i + 1]; j++) nearer(r, &r->node[m->pull_node[pulls->item[j]]], d + 1);
    for (rp_i32 j = flows->start[i]; j < flows->start[i + 1]; j++) nearer(r, &r->node[m->flow_node[flows->item[j]]], d + 1);
    const rp_groups *effects = &m->effect_of_factor;
    for (rp_i32 j = effects->start[i]; j < effects->start[i + 1]; j++) {
        rp_i32 condition = m->shock_node[m->effect_shock[effects->item[j]]];
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
    for (int64_t i = 0; i < m->c.interests; i++)
        if (m->interest_actor[i] == a) nearer(r, &r->node[m->interest_node[i]], 0);
    for (int64_t i = 0; i < m->c.reds; i++)
        if (m->red_actor[i] == a) nearer(r, &r->node[m->red_node[i]], 0);
    for (int64_t i = 0; i < m->c.norms; i++)
        if (m->norm_actor[i] == a) nearer(r, &r->node[m->norm_node[i]], 0);
    for (int64_t i = 0; i < m->c.prices; i++)
        if (m->price_actor[i] == a) nearer(r, &r->option[m->slot_option[m->price_slot[i]]], 0);
}

static void walk(const rp_model *m, reaching *r, int promises)
{
    do {
        r->changed = 0;
        for (rp_i32 q = (rp_i32)m->c.nodes - 1; q >= 0; q--) through_node(m, r, q);
        for (rp_i32 i = 0; i < m->c.factors; i++) behind_factor(m, r, i);
        if (promises) behind_promises(m, r);
    } while (r->changed);
}

static rp_i32 node_of_step(const rp_model *m, rp_i32 s) { return m->step_node[s]; }

static int keep(const rp_model *m, const reaching *r, rp_reach *out)
{
    out->steps = out->factors = 0;
    size_t bytes = (size_t)(2 * (m->steps + m->c.factors) + 1) * sizeof(rp_i32);
    out->step = malloc(bytes);
    if (!out->step) return 0;
    out->step_far = out->step + m->steps;
    out->factor = out->step_far + m->steps;
    out->factor_far = out->factor + m->c.factors;
    for (rp_i32 s = 0; s < m->steps; s++) {
        rp_i32 far = r->node[node_of_step(m, s)];
        if (far > RP_MOST_FORESIGHT) continue;
        out->step[out->steps] = s;
        out->step_far[out->steps++] = far;
    }
    for (rp_i32 i = 0; i < m->c.factors; i++) {
        if (m->factor_kind[i] == RP_DERIVED || r->factor[i] > RP_MOST_FORESIGHT) continue;
        out->factor[out->factors] = i;
        out->factor_far[out->factors++] = r->factor[i];
    }
    return 1;
}

static void fill(rp_i32 *v, int64_t n, rp_i32 value)
{
    for (int64_t i = 0; i < n; i++) v[i] = value;
}

static int reach_of(const rp_model *m, reaching *r, rp_i32 a, int promises, rp_reach *out)
{
    rp_i32 first = a < m->c.actors ? FAR : 0;
    fill(r->node, m->c.nodes, first);
    fill(r->factor, m->c.factors, first);
    fill(r->option, m->c.options, first);
    if (a < m->c.actors) {
        begin_at_interests(m, r, a);
        walk(m, r, promises);
    }
    return keep(m, r, out);
}

void rp_reach_free(rp_model *m)
{
    for (int64_t a = 0; m->reach && a <= m->c.actors; a++) {
        free(m->reach[a].step);
        free(m->reach_all[a].step);
    }
}

int rp_reach_make(rp_model *m)
{
    reaching r;
    r.node = malloc((size_t)(m->c.nodes + m->c.factors + m->c.options + 1) * sizeof(rp_i32));
    if (!r.node) return 0;
    r.factor = r.node + m->c.nodes;
    r.option = r.factor + m->c.factors;
    int fine = 1;
    for (rp_i32 a = 0; fine && a <= m->c.actors; a++)
        fine = reach_of(m, &r, a, 0, &m->reach[a]) && reach_of(m, &r, a, 1, &m->reach_all[a]);
    free(r.node);
    return fine;
}
