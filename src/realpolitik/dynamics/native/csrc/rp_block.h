/* One block of draws: its inputs turned to rows, the state of the world and of every view, and room to think in.
 *
 * All of it lives in one workspace that Python allocates once per thread; nothing is allocated while running. */
#include "rp_api.h"
#include "rp_lanes.h"
#include "rp_chance.h"

#define ENDLESS ((lane_real)1e30) /* more than any score or margin; infinite where it is written */

typedef int32_t levels_row[LANES];
typedef uint8_t mask[LANES];

/* One copy of the factor state: the world's, a view's, or the one a look-ahead path works on. */
typedef struct {
    row *state;                   /* slots, factors, computed nodes (rows as in rp_model) */
    row *anchor, *shift;          /* by factor; A less sum e phi(0) of its influences */
    row *y;                       /* by link: delayed term */
    row *yp, *phi0p, *per_room;   /* by pull: the same, the term at the start, and 1 / (1 - phi0), 0 where phi0 = 1 */
    row *ended, *before;          /* by pull: 1 while ended by a shock; the term in the previous advance */
    int any_ended;
} mind;

/* What others answer to a move: target weights by slot, who answers and how fast, promises that act. */
typedef struct {
    row *target;                  /* by slot */
    mask *answers, *fast;         /* by option */
    mask *acts;                   /* by promise */
    uint8_t *touched;             /* by option: does it answer in any lane? */
} answer;

/* A path in full, for others to stand on: its slots, and its rows by step. */
typedef struct {
    row *slots, *rows;
    int ready;
} reel;

/* Levels in force that decisions start from: the paths if nothing moves, what others then answer, and by what odds. */
typedef struct {
    levels_row *level;
    reel *reels;
    row *target, *odds;
    uint8_t *known;
} stage;

enum { RP_FREE = -1 };            /* in the tables of holds */

typedef struct {
    const rp_model *m;
    const rp_plan *plan;
    lane_keys keys;
    int lanes;                    /* lanes in use; the rest repeat the last draw */
    int t;
    int64_t first;                /* row of lane 0 */

    row *shared;                  /* constants, then parameters */
#define RP_DECLARE(name, length) row *in_##name;
    RP_DRAW_FIELDS(RP_DECLARE)
#undef RP_DECLARE
    row *logit_size;              /* by effect: L(size) */
    row *taste;                   /* persistent tastes by key */
    row *started;                 /* by factor: true level at the factual start */
    row *central;                 /* by factor: central start, clipped */

    row *eta;
    levels_row *level, *settled, *next, *common; /* by option: now; after step 1; being decided; seen by joint decisions */
    levels_row *until;            /* by promise: first period in which it is no longer kept */
    mask *fired_at;               /* (T + 1, shocks) */
    mask *spent;
    row *running;                 /* by shock: shifts of it that run */
    mask *on_before, *on_crossed; /* by option */
    mask *promise_before, *promise_holds; /* by promise */
    mask *honoured_now;           /* by option: a joint option's promise was just honoured */
    mask *stood, *recalled;       /* by exchange; by option: legs to be reviewed next */
    levels_row *phase;            /* by option, then exchange */
    int8_t (*lottery)[LANES];     /* by promise: outcome of this period */
    row margin;

    /* holds in force, the same for every lane */
    double *held_factor, *known_factor;   /* value or RP_FREE */
    int *held_option, *known_option;      /* level or RP_FREE */
    int8_t *held_shock, *known_shock;     /* (T + 2 + most foresight, shocks): 1 fires, 0 held back, RP_FREE */

    mind *view;                   /* view[0] is the world */
    stage shared_stage, own_stage; /* after commitments and joint decisions; after an actor's own earlier decisions */
    reel *moved_reel;              /* by view: after a move */
    row *ring, *slots;            /* the path being walked, and its slots */
    int ring_mask;
    rp_i32 *todo;
    rp_u8 *down;                  /* rows that a move can change, where it is several options' */
    row *most_trigger;
    row *screen;                  /* a state to evaluate conditions on */
    row *sight;                   /* slots at the start of a path with answers */
    row *score;                   /* (parties of one option, levels) */
    row *odds;                    /* by party and level (rows as tastes): lambda D of a reply */
    mask *open;                   /* by slot: levels a reply can go to */
    levels_row *force, *moving;   /* by option: levels in force for a decision, and with its move */
    levels_row *turn;             /* which option at which place in an actor's order */
    wide_row *lot;
    mask *open_own;               /* by slot: levels the decision at hand can choose */
    mask *moved, *kept, *due;     /* by option */
    int *own;                     /* an actor's due options */
    levels_row nobody;
    answer others;
    row *tried;                   /* by slot: answers to a move */
    row *change;                  /* by slot: what a move to it changes for the actor at hand */
    row *liking;                  /* tastes at this review */
    uint8_t *wanted, *missing;    /* by option */
} block;

static inline row *row_at(const block *b, row *state, rp_i32 r) { return r < 0 ? &b->shared[~r] : &state[r]; }

static inline row *node_at(const block *b, row *state, rp_i32 q) { return row_at(b, state, b->m->node_row[q]); }

static inline row *level_of_factor(const block *b, row *state, rp_i32 i) { return row_at(b, state, b->m->factor_row[i]); }

static inline int levels_of(const rp_model *m, int k) { return m->slot_start[k + 1] - m->slot_start[k]; }

static inline int parties_of(const rp_model *m, int k) { return m->party_start[k + 1] - m->party_start[k]; }

static inline int hidden_factor(const rp_model *m, int v, int i) { return m->view_hidden_factor[v * m->c.factors + i]; }

static inline int hidden_option(const rp_model *m, int v, int k) { return m->view_hidden_option[v * m->c.options + k]; }

static inline int any(const uint8_t *set)
{
    int found = 0;
    EACH_LANE found |= set[i];
    return found;
}

#define GROUP_OF_LEGS(m, e, j) for (rp_i32 j = (m)->leg_start[e]; j < (m)->leg_start[(e) + 1]; j++)

/* ---- the workspace ---- */

typedef struct {
    char *base;
    size_t used;
} workspace;

/* Under the address sanitizer every part of the workspace is fenced off from the next. */
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define FENCE 64
#define OPEN_TO(start, bytes) __asan_unpoison_memory_region(start, bytes)
#define FENCE_OFF(start, bytes) __asan_poison_memory_region(start, bytes)
#else
#define FENCE 0
#define OPEN_TO(start, bytes) ((void)0)
#define FENCE_OFF(start, bytes) ((void)0)
#endif

static void *carve(workspace *w, int64_t count, size_t size)
{
    void *here = w->base ? w->base + w->used : NULL;
    size_t bytes = (size_t)(count > 0 ? count : 1) * size, padded = (bytes + 63) & ~(size_t)63;
    if (here) {
        OPEN_TO(here, bytes);
        FENCE_OFF((char *)here + bytes, padded - bytes + FENCE);
    }
    w->used += padded + FENCE;
    return here;
}

#define ROWS(n) carve(w, n, sizeof(row))
#define MASKS(n) carve(w, n, sizeof(mask))
#define LEVELS(n) carve(w, n, sizeof(levels_row))

static void carve_mind(workspace *w, const rp_model *m, mind *d)
{
    const rp_counts *c = &m->c;
    d->state = ROWS(m->state_rows);
    d->anchor = ROWS(c->factors);
    d->shift = ROWS(c->factors);
    d->y = ROWS(c->links);
    d->yp = ROWS(c->pulls);
    d->phi0p = ROWS(c->pulls);
    d->per_room = ROWS(c->pulls);
    d->ended = ROWS(c->pulls);
    d->before = ROWS(c->pulls);
}

static void carve_answer(workspace *w, const rp_model *m, answer *r)
{
    r->answers = MASKS(m->c.options);
    r->fast = MASKS(m->c.options);
    r->acts = MASKS(m->c.promises);
    r->touched = carve(w, m->c.options, 1);
}

static void carve_inputs(workspace *w, const rp_model *m, block *b)
{
    const rp_counts *c = &m->c;
    b->shared = ROWS(m->shared_rows);
#define RP_CARVE(name, length) b->in_##name = ROWS(c->length);
    RP_DRAW_FIELDS(RP_CARVE)
#undef RP_CARVE
    b->logit_size = ROWS(c->effects);
    b->taste = ROWS(c->tastes);
    b->started = ROWS(c->factors);
    b->central = ROWS(c->factors);
}

static void carve_world(workspace *w, const rp_model *m, block *b)
{
    const rp_counts *c = &m->c;
    int64_t ahead = m->periods + 2 + RP_MOST_FORESIGHT;
    b->eta = ROWS(c->factors);
    b->level = LEVELS(c->options);
    b->settled = LEVELS(c->options);
    b->next = LEVELS(c->options);
    b->common = LEVELS(c->options);
    b->until = LEVELS(c->promises);
    b->phase = LEVELS(c->options + c->exchanges);
    b->fired_at = MASKS((m->periods + 1) * c->shocks);
    b->spent = MASKS(c->shocks);
    b->running = ROWS(c->shocks);
    b->on_before = MASKS(c->options);
    b->on_crossed = MASKS(c->options);
    b->honoured_now = MASKS(c->options);
    b->recalled = MASKS(c->options);
    b->promise_before = MASKS(c->promises);
    b->promise_holds = MASKS(c->promises);
    b->stood = MASKS(c->exchanges);
    b->lottery = carve(w, c->promises, LANES);
    b->held_factor = carve(w, c->factors, sizeof(double));
    b->known_factor = carve(w, c->factors, sizeof(double));
    b->held_option = carve(w, c->options, sizeof(int));
    b->known_option = carve(w, c->options, sizeof(int));
    b->held_shock = carve(w, ahead * c->shocks, 1);
    b->known_shock = carve(w, ahead * c->shocks, 1);
}

static int most_parties(const rp_model *m)
{
    int most = 1;
    for (int k = 0; k < m->c.options; k++)
        if (parties_of(m, k) > most) most = parties_of(m, k);
    return most;
}

static void carve_reels(workspace *w, const rp_model *m, reel *reels, int own_rows)
{
    int64_t rows = (int64_t)(m->most_foresight + 1) * m->rows.all;
    row *common = own_rows ? NULL : ROWS(rows);
    for (int64_t v = 0; v < m->c.views; v++) {
        row *slots = ROWS(m->c.slots), *film = own_rows ? ROWS(rows) : common;
        if (!w->base) continue;
        reels[v].slots = slots;
        reels[v].rows = film;
        reels[v].ready = 0;
    }
}

static void carve_stage(workspace *w, const rp_model *m, stage *s, int own_rows, int depth)
{
    s->reels = carve(w, m->c.views, sizeof(reel));
    carve_reels(w, m, s->reels, own_rows);
    if (!depth) return;
    s->target = ROWS(m->c.slots);
    s->odds = ROWS(m->c.tastes);
    s->known = carve(w, m->c.options, 1);
}

static void carve_paths(workspace *w, const rp_model *m, block *b, int depth)
{
    b->ring_mask = m->lasting_shifts ? 31 : 1;
    b->ring = ROWS((int64_t)(b->ring_mask + 1) * m->rows.all);
    b->slots = ROWS(m->c.slots);
    b->todo = carve(w, 2 * (m->steps + m->c.factors), sizeof(rp_i32));
    b->down = carve(w, m->rows.all, 1);
    carve_stage(w, m, &b->shared_stage, 1, depth);
    carve_stage(w, m, &b->own_stage, depth, depth);
    b->shared_stage.level = b->common;
    b->own_stage.level = b->force;
    if (!depth) return;
    b->moved_reel = carve(w, m->c.views, sizeof(reel));
    carve_reels(w, m, b->moved_reel, 1);
}

static void carve_decisions(workspace *w, const rp_model *m, block *b)
{
    const rp_counts *c = &m->c;
    b->screen = ROWS(m->state_rows);
    b->score = ROWS((int64_t)most_parties(m) * m->most_levels);
    b->change = ROWS(c->slots);
    b->liking = ROWS(c->tastes);
    b->force = LEVELS(c->options);
    b->moving = LEVELS(c->options);
    b->turn = LEVELS(c->options);
    b->lot = carve(w, c->options, sizeof(wide_row));
    b->open_own = MASKS(c->slots);
    b->moved = MASKS(c->options);
    b->kept = MASKS(c->options);
    b->due = MASKS(c->options);
    b->own = carve(w, c->options, sizeof(int));
    EACH_LANE b->nobody[i] = -1;
}

static void carve_replies(workspace *w, const rp_model *m, block *b)
{
    const rp_counts *c = &m->c;
    b->most_trigger = ROWS(c->promises);
    b->sight = ROWS(c->slots);
    b->odds = ROWS(c->tastes);
    b->tried = ROWS(c->slots);
    b->open = MASKS(c->slots);
    b->wanted = carve(w, c->options, 1);
    b->missing = carve(w, c->options, 1);
    carve_answer(w, m, &b->others);
}

static int64_t carve_all(const rp_model *m, block *b, int depth, char *base)
{
    workspace whole = {base, 0}, *w = &whole;
    b->m = m;
    carve_inputs(w, m, b);
    carve_world(w, m, b);
    carve_decisions(w, m, b);
    carve_paths(w, m, b, depth);
    if (depth) carve_replies(w, m, b);
    b->view = carve(w, m->c.views, sizeof(mind));
    for (int64_t v = 0; v < m->c.views; v++) {
        mind unused;
        carve_mind(w, m, base ? &b->view[v] : &unused);
    }
    return (int64_t)whole.used + 64;
}

/* Give the whole workspace back. */
static void release(char *base, int64_t bytes)
{
    OPEN_TO(base, (size_t)bytes);
    (void)base;
    (void)bytes;
}

/* ---- inputs ---- */

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
}
