/* What a move is worth to an actor, at either depth. */

/* Work out the answers that actor a needs for a move (after = level: if nothing moves); who they are stays in b->others. */
static void foresee(block *b, stage *s, int a, levels_row *after, const mask *moved)
{
    who_answers(b, a, s->level, after, moved, &b->others);
    if (after == s->level) {
        work_out_standing(b, s, b->others.touched);
        b->others.target = s->target;
        return;
    }
    work_out(b, s, after, moved, b->others.touched, b->tried);
    b->others.target = b->tried;
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
    foresee(b, s, a, after, moved);
    foreseen_value(b, a, after, moved, value);
}
