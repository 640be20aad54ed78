/* What is written of a period (step 5). */

/* One zero, whatever its sign. */
static double plain(double x) { return bits64(x) == 0x8000000000000000u ? 0.0 : x; }

static void write_reals(const block *b, double *to, int64_t width, int64_t j, const lane_real *from)
{
    int64_t points = b->m->periods + 1;
    for (int i = 0; i < b->lanes; i++) to[((b->first + i) * points + b->t) * width + j] = plain((double)from[i]);
}

static void write_margins(const block *b, double *to)
{
    int64_t points = b->m->periods + 1;
    for (int i = 0; i < b->lanes; i++)
        to[(b->first + i) * points + b->t] = b->margin[i] < ENDLESS ? (double)b->margin[i] : double_of(0x7FF0000000000000u);
}

static void write_bytes(const block *b, int8_t *to, int64_t width, int64_t j, const int8_t *from)
{
    int64_t points = b->m->periods + 1;
    for (int i = 0; i < b->lanes; i++) to[((b->first + i) * points + b->t) * width + j] = from[i];
}

static void write_levels(const block *b, int8_t *to)
{
    int8_t small[LANES];
    for (int64_t k = 0; k < b->m->c.options; k++) {
        EACH_LANE small[i] = (int8_t)b->level[k][i];
        write_bytes(b, to, b->m->c.options, k, small);
    }
}

static void write_utilities(block *b, double *to)
{
    row u, *state = b->view[0].state;
    layer now = {b->m->always, state, 0, state};
    for (int a = 0; a < b->m->c.actors; a++) {
        utility(b, &now, 0, a, u);
        write_reals(b, to, b->m->c.actors, a, u);
    }
}

/* Step 5: what stands at the end of the period. */
static void write_period(block *b, const rp_paths *p)
{
    const rp_counts *c = &b->m->c;
    row *state = b->view[0].state;
    for (int64_t f = 0; p->factors && f < c->factors; f++)
        write_reals(b, p->factors, c->factors, f, *level_of_factor(b, state, (rp_i32)f));
    if (p->levels) write_levels(b, p->levels);
    if (p->utility) write_utilities(b, p->utility);
    if (p->margin) write_margins(b, p->margin);
    for (int64_t s = 0; p->fired && s < c->shocks; s++)
        write_bytes(b, (int8_t *)p->fired, c->shocks, s, (const int8_t *)b->fired_at[b->t * c->shocks + s]);
    for (int64_t j = 0; p->honoured && j < c->promises; j++) write_bytes(b, p->honoured, c->promises, j, b->lottery[j]);
    for (int64_t e = 0; p->formed && e < c->exchanges; e++)
        write_bytes(b, (int8_t *)p->formed, c->exchanges, e, (const int8_t *)b->stood[e]);
}
