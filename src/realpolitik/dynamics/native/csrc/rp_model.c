/* The table reader: copies the arrays into one block of memory, checks every length, index, order and number, and
 * refuses a malformed table with a reason; only then are indices made from it. Nothing unchecked is ever followed. */
#include <stdlib.h>
#include <string.h>

#include "rp_reader.h"

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
    for (int g = 0; g < RP_GRIDS; g++) {
        m->grid[g].need = take(a, (size_t)c->actors * sizeof(rp_need));
        m->grid[g].need_all = take(a, (size_t)c->actors * sizeof(rp_need));
        m->grid[g].need_view = take(a, (size_t)c->views * sizeof(rp_need));
        m->grid[g].actor_steps = take(a, (size_t)c->actors * sizeof(rp_i32));
        m->grid[g].view_steps = take(a, (size_t)c->views * sizeof(rp_i32));
        m->grid[g].part = take(a, (size_t)c->actors * (RP_MOST_FORESIGHT + 1) * sizeof(rp_f64));
    }
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
    if (!rp_fits(m, fault)) {
        rp_model_free(m);
        return NULL;
    }
    rp_index(m);
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
