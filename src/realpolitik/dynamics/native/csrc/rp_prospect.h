/* What a move is worth to an actor, at either depth. */

static void nobody_needs(block *b) { memset(b->needed, 0, (size_t)b->m->c.options * sizeof(mask)); }

/* Who answers a move in the eyes of actor a: b->others; and where that matters: added to b->needed. */
static void call_on(block *b, stage *s, int a, levels_row *after, const mask *moved)
{
    who_answers(b, a, s->level, after, moved, &b->others);
    if (b->plan->screened) work_out_standing(b, &b->shared_stage, b->others.touched);
    note_needed(b, a, &b->others);
}

/* V_a of a move, answers included, once they are worked out. */
static void foreseen_value(block *b, int a, levels_row *after, const mask *moved, lane_real *value)
{
    see_levels(b, b->m->actor_view[a], after, moved, b->slots);
    answered_path(b, b->slots, a, &b->others, value);
}

/* What a move (or none: after = level) is worth to actor a: at depth 0 as a change of V_a, at depth 1 as V_a. */
static void prospect(block *b, stage *s, int a, levels_row *after, const mask *moved, lane_real *value)
{
    if (!b->plan->depth) {
        change(b, s, a, after, moved, value);
        return;
    }
    nobody_needs(b);
    call_on(b, s, a, after, moved);
    b->others.target = answers_to(b, s, after, moved, b->others.touched);
    foreseen_value(b, a, after, moved, value);
}

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
    foreseen_value(b, a, after, b->moved, value);
}
