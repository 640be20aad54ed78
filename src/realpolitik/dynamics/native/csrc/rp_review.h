/* Step 4 of a period, and the period as a whole. */

static void put_one_back(block *b, int k, const int32_t *old)
{
    const rp_model *m = b->m;
    levels_row wish;
    int changed = 0;
    EACH_LANE changed |= b->level[k][i] != old[i];
    if (!changed) return;
    memcpy(wish, b->level[k], sizeof wish);
    memcpy(b->level[k], old, sizeof wish);
    for (int n = 0; n < m->c.options; n++) one_hot(b, n, b->level[n], b->screen);
    memcpy(b->screen + m->c.slots, b->view[0].state + m->c.slots, (size_t)m->c.factors * sizeof(row));
    evaluate(b, b->screen);
    EACH_LANE {
        int condition = m->slot_requires[m->slot_start[k] + wish[i]];
        if (condition < 0 || (*node_at(b, b->screen, condition))[i] >= (lane_real)0.5) b->level[k][i] = wish[i];
    }
}

/* Put decisions into force; drop, in file order, changes whose `requires` does not hold. */
static void apply(block *b)
{
    memcpy(b->level, b->next, (size_t)b->m->c.options * sizeof(levels_row));
    for (int k = 0; k < b->m->c.options; k++)
        if (b->m->option_requires[k]) put_one_back(b, k, b->settled[k]);
}

static void review(block *b)
{
    const rp_model *m = b->m;
    look(b);
    note_kept(b);
    memcpy(b->next, b->level, (size_t)m->c.options * sizeof(levels_row));
    memcpy(b->common, b->level, (size_t)m->c.options * sizeof(levels_row));
    memset(b->moved, 0, (size_t)m->c.options * sizeof(mask));
    restart_stage(b, &b->shared_stage);
    if (b->plan->depth && b->plan->screened && b->t % RP_SCREEN_AGAIN == 0) find_matter(b, &b->shared_stage);
    for (int k = 0; k < m->c.options; k++)
        if (due(b, k, b->due[k])) fancy(b, k);
    for (int a = 0; a < m->c.actors; a++) decide_alone(b, a);
    for (int k = 0; k < m->c.options; k++)
        if (parties_of(m, k) > 1 && any(b->due[k])) decide_jointly(b, k);
    for (int e = 0; e < m->c.exchanges; e++) decide_exchange(b, e);
    apply(b);
}

static void follow_replay(block *b)
{
    const rp_model *m = b->m;
    int64_t points = m->periods + 1;
    for (int k = 0; k < m->c.options; k++) {
        if (b->held_option[k] != RP_FREE) continue;
        EACH_LANE {
            int64_t r = b->first + (i < b->lanes ? i : b->lanes - 1);
            b->level[k][i] = b->plan->replay[(r * points + b->t) * m->c.options + k];
        }
    }
}

/* Exchanges that stood and no longer do call their other legs for the next period. */
static void note_standing(block *b)
{
    const rp_model *m = b->m;
    mask now;
    memset(b->recalled, 0, (size_t)m->c.options * sizeof(mask));
    for (int e = 0; e < m->c.exchanges; e++) {
        stands(b, e, b->level, now);
        GROUP_OF_LEGS(m, e, j) {
            int k = m->leg_option[j];
            EACH_LANE b->recalled[k][i] |= b->stood[e][i] && !now[i] && b->level[k][i] >= m->leg_level[j];
        }
        memcpy(b->stood[e], now, LANES);
    }
}

static void period(block *b, const rp_paths *paths)
{
    memset(b->lottery, 0, (size_t)b->m->c.promises * LANES);
    EACH_LANE b->margin[i] = ENDLESS;
    shocks_and_holds(b);
    memcpy(b->settled, b->level, (size_t)b->m->c.options * sizeof(levels_row));
    if (b->plan->replay) follow_replay(b);
    else if (b->plan->review) {
        crossings(b);
        commit(b);
        review(b);
    }
    look(b);
    note_standing(b);
    write_period(b, paths);
}
