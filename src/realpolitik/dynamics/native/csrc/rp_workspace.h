/* The workspace: carved into everything a block needs; measured by the same functions, with no memory behind. */

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
    b->alpha_over[1] = b->in_alpha;
    b->link_gain_over[1] = b->in_link_gain;
    b->pull_gain_over[1] = b->in_pull_gain;
    for (int n = 2; n <= RP_MOST_SPAN; n++) {
        b->alpha_over[n] = ROWS(c->factors);
        b->link_gain_over[n] = ROWS(c->links);
        b->pull_gain_over[n] = ROWS(c->pulls);
    }
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
    s->open = MASKS(m->c.slots);
    s->known = carve(w, m->c.options, 1);
    s->partly = carve(w, m->c.options, 1);
    s->room = ROWS(m->c.options);
}

#define RP_BASES_BYTES (32 << 20) /* room for paths with answers, at most */

static void carve_bases(workspace *w, const rp_model *m, block *b)
{
    int64_t rows = (int64_t)(m->most_foresight + 1) * m->rows.all, room = RP_BASES_BYTES / (rows * (int64_t)sizeof(row));
    b->bases = (int)(room < 1 ? 1 : room > m->c.actors ? m->c.actors : room);
    b->told = carve(w, b->bases + 1, sizeof(basis));
    for (int n = 0; n <= b->bases; n++) {
        basis of = {0, -1, ROWS(rows), ROWS(m->c.slots), ROWS(m->c.slots), MASKS(m->c.options), MASKS(m->c.options), MASKS(m->c.promises)};
        if (w->base) b->told[n] = of;
    }
    b->departs = carve(w, m->rows.all, 1);
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
    carve_bases(w, m, b);
    b->moved_reel = carve(w, m->c.views, sizeof(reel));
    carve_reels(w, m, b->moved_reel, 1);
}

static void carve_decisions(workspace *w, const rp_model *m, block *b)
{
    const rp_counts *c = &m->c;
    b->screen = ROWS(m->state_rows);
    b->score = ROWS((int64_t)most_parties(m) * m->most_levels);
    b->change = ROWS(c->slots);
    b->gained = ROWS(c->actors);
    b->trial = ROWS(c->actors);
    b->giver = carve(w, c->actors, sizeof(rp_i32));
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
    b->needed = MASKS(c->options);
    b->matter = ROWS(c->actors * c->options);
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
