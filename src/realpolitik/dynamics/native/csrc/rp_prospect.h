/* What a move is worth to an actor, at either depth.
 *
 * With answers screened a move is first weighed as if everybody answered as they would if nothing moved. Its own answers are
 * worked out in the lanes in which they could turn the decision: where its lead or lag is less than all that they could
 * be worth together. */

static void nobody_needs(block *b)
{
    memset(b->needed, 0, (size_t)b->m->c.options * sizeof(mask));
    memset(b->doubt, 0, sizeof b->doubt);
    memset(b->sure, 0, LANES);
}

/* Who answers a move in the eyes of actor a: b->others; and where that matters: added to b->needed. */
static void call_on(block *b, stage *s, int a, levels_row *after, const mask *moved)
{
    who_answers(b, a, s->level, after, moved, &b->others);
    if (b->plan->screened) work_out_standing(b, &b->shared_stage, b->others.touched);
    note_needed(b, a, after, &b->others);
}

/* V_a of a move, answers included, once they are worked out. */
static void foreseen_value(block *b, const stage *s, int a, levels_row *after, const mask *moved, lane_real *value)
{
    basis *of = &b->told[s == &b->own_stage ? b->bases : a % b->bases];
    see_levels(b, b->m->actor_view[a], after, moved, b->slots);
    answered_path(b, b->slots, a, &b->others, s->version, of, value);
}

/* V_a of a move to which everybody answers as if nothing moved. */
static void unanswered_value(block *b, stage *s, int a, levels_row *after, const mask *moved, lane_real *value)
{
    if (s == &b->own_stage) work_out_own(b, s, b->others.touched);
    b->others.target = s->target;
    foreseen_value(b, s, a, after, moved, value);
}

/* Of b->needed keep the lanes in `open`; is anything left? */
static int still_needed(block *b, const uint8_t *open)
{
    int left = 0;
    for (int k = 0; k < b->m->c.options; k++) {
        uint8_t *restrict needed = b->needed[k];
        EACH_LANE needed[i] &= open[i];
        left |= any(needed);
    }
    return left;
}

/* What a move (or none: after = level) is worth to actor a: at depth 0 as a change of V_a, at depth 1 as V_a. It is
 * weighed against `rival` (NULL: nothing): lambda V_a at which it would be as good as the best so far. */
static void prospect(block *b, stage *s, int a, levels_row *after, const mask *moved, const lane_real *rival, lane_real *value)
{
    const lane_real *steadiness = b->in_steadiness[a];
    mask open;
    if (!b->plan->depth) {
        change(b, s, a, after, moved, value);
        return;
    }
    nobody_needs(b);
    call_on(b, s, a, after, moved);
    if (rival && b->plan->screened) {
        unanswered_value(b, s, a, after, moved, value);
        EACH_LANE {
            lane_real lead = steadiness[i] * value[i] - rival[i];
            open[i] = b->sure[i] | (lead * lead < b->doubt[i]);
        }
        if (!still_needed(b, open)) return;
    }
    b->others.target = answers_to(b, s, after, moved, b->others.touched);
    foreseen_value(b, s, a, after, moved, value);
}

/* ---- moves of several actors ---- */

/* Answers that any of some actors needs for a move from the shared stage; worked out once for all of them. */
static row *foresee_jointly(block *b, const rp_i32 *actor, int actors, levels_row *after)
{
    stage *s = &b->shared_stage;
    nobody_needs(b);
    memset(b->wanted, 0, (size_t)b->m->c.options);
    for (int p = 0; p < actors; p++) {
        call_on(b, s, actor[p], after, b->moved);
        for (int n = 0; n < b->m->c.options; n++) b->wanted[n] |= b->others.touched[n];
    }
    return answers_to(b, s, after, b->moved, b->wanted);
}

/* What a move from the shared stage is worth to one of these actors; `target` is what foresee_jointly found (NULL at depth 0). */
static void joint_prospect(block *b, row *target, int a, levels_row *after, lane_real *value)
{
    if (!target) {
        change(b, &b->shared_stage, a, after, b->moved, value);
        return;
    }
    who_answers(b, a, b->shared_stage.level, after, b->moved, &b->others);
    b->others.target = target;
    foreseen_value(b, &b->shared_stage, a, after, b->moved, value);
}

/* A joint move being weighed as if everybody answered as they would if nothing moved. */
typedef struct {
    int unanimous;                /* whether one clear refusal settles it */
    mask doubtful, refused;
} sounding;

static void begin_sounding(block *b, sounding *s, int unanimous)
{
    s->unanimous = unanimous;
    memset(s->doubtful, 0, LANES);
    memset(s->refused, 0, LANES);
    memset(b->needed, 0, (size_t)b->m->c.options * sizeof(mask));
    memset(b->wanted, 0, (size_t)b->m->c.options);
}

/* One party's V_a, and whether answers could turn its mind. */
static void sound(block *b, sounding *s, int a, levels_row *after, const lane_real *rival, lane_real *value)
{
    const lane_real *steadiness = b->in_steadiness[a];
    memset(b->doubt, 0, sizeof b->doubt);
    memset(b->sure, 0, LANES);
    call_on(b, &b->shared_stage, a, after, b->moved);
    for (int n = 0; n < b->m->c.options; n++) b->wanted[n] |= b->others.touched[n];
    unanswered_value(b, &b->shared_stage, a, after, b->moved, value);
    EACH_LANE {
        lane_real lead = steadiness[i] * value[i] - rival[i], doubt = b->doubt[i];
        s->doubtful[i] |= b->sure[i] | (lead * lead < doubt);
        s->refused[i] |= !b->sure[i] & (lead < 0) & (lead * lead >= doubt);
    }
}

/* The answers to the move where they could turn the decision; NULL: nowhere. */
static row *after_sounding(block *b, sounding *s, levels_row *after)
{
    mask open;
    EACH_LANE open[i] = s->doubtful[i] & !(s->unanimous & s->refused[i]);
    return still_needed(b, open) ? answers_to(b, &b->shared_stage, after, b->moved, b->wanted) : NULL;
}
