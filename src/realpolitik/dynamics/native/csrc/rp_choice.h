/* What actors decide: promises that fall due, options of one party, joint options, exchanges.
 *
 *     S_a(l) = lambda_a (V_a[k = l] - [l != current] switch) + G(a, k, l) */

#define GOES_WITH(set) EACH_LANE if ((set)[i])

/* ---- promises and triggers ---- */

static void holds_at(const block *b, int a, int node, uint8_t *out)
{
    const lane_real *phi = *node_at(b, b->view[b->m->actor_view[a]].state, node);
    EACH_LANE out[i] = phi[i] >= (lane_real)0.5;
}

/* Which triggers hold now: of promises in promise_holds, of reviews brought forward in on_crossed. */
static void triggers(block *b)
{
    const rp_model *m = b->m;
    for (int c = 0; c < m->c.promises; c++)
        holds_at(b, m->promise_actor[m->promise_actor_start[c]], m->promise_node[c], b->promise_holds[c]);
    for (int k = 0; k < m->c.options; k++) {
        if (m->option_on[k] < 0) memset(b->on_crossed[k], 0, LANES);
        else holds_at(b, m->party_actor[m->party_start[k]], m->option_on[k], b->on_crossed[k]);
    }
}

/* What crossed upwards: on_crossed; of promises, in `lottery` as 1. */
static void crossings(block *b)
{
    triggers(b);
    for (int c = 0; c < b->m->c.promises; c++) EACH_LANE {
        b->lottery[c][i] = b->promise_holds[c][i] && !b->promise_before[c][i];
        b->promise_before[c][i] = b->promise_holds[c][i];
    }
    for (int k = 0; k < b->m->c.options; k++) EACH_LANE {
        uint8_t now = b->on_crossed[k][i];
        b->on_crossed[k][i] = now && !b->on_before[k][i];
        b->on_before[k][i] = now;
    }
}

static void honour(block *b, int c, int i)
{
    const rp_model *m = b->m;
    int k = m->promise_option[c], level = m->promise_level[c], now = b->level[k][i];
    b->until[c][i] = b->t + m->promise_periods[c];
    if (parties_of(m, k) > 1) b->honoured_now[k][i] = 1;
    else if (b->held_option[k] == RP_FREE && !(m->option_irreversible[k] && level < now)) b->level[k][i] = level;
}

/* Step 3: one lottery at each up-crossing. */
static void commit(block *b)
{
    const rp_model *m = b->m;
    wide_row u;
    memset(b->honoured_now, 0, (size_t)m->c.options * sizeof(mask));
    for (int c = 0; c < m->c.promises; c++) {
        if (!any((const uint8_t *)b->lottery[c])) continue;
        uniforms(b->keys.n, b->keys.r, m->key_promise[c], (uint32_t)b->t, &b->keys, u);
        GOES_WITH(b->lottery[c]) {
            b->lottery[c][i] = u[i] < (double)b->in_likelihood[c][i] ? 1 : -1;
            if (b->lottery[c][i] == 1) honour(b, c, i);
        }
    }
}

static void note_kept(block *b)
{
    const rp_model *m = b->m;
    memset(b->kept, 0, (size_t)m->c.options * sizeof(mask));
    for (int c = 0; c < m->c.promises; c++)
        if (parties_of(m, m->promise_option[c]) == 1)
            EACH_LANE b->kept[m->promise_option[c]][i] |= b->t < b->until[c][i];
}

/* ---- what is due ---- */

static int due(const block *b, int k, uint8_t *out)
{
    memset(out, 0, LANES);
    if (b->held_option[k] != RP_FREE) return 0;
    EACH_LANE out[i] = (b->t + b->phase[k][i]) % b->m->option_review[k] == 0;
    EACH_LANE out[i] |= b->on_crossed[k][i] | b->recalled[k][i] | b->honoured_now[k][i];
    EACH_LANE out[i] &= !b->kept[k][i];
    return any(out);
}

/* G of every level of every party to option k at this review. */
static void fancy(block *b, int k)
{
    const rp_model *m = b->m;
    double f = m->option_fickle[k], lasting = sqrt(1.0 - f), passing = sqrt(f);
    wide_row g;
    if (f == 0.0 || !b->plan->tastes) return;
    for (rp_i32 j = m->party_start[k]; j < m->party_start[k + 1]; j++)
        for (rp_i32 n = m->taste_start[j]; n < m->taste_start[j] + levels_of(m, k); n++) {
            gumbels(&b->keys, m->key_taste[n], (uint32_t)b->t, g);
            EACH_LANE b->liking[n][i] = (lane_real)(lasting * (double)b->taste[n][i] + passing * g[i]);
        }
}

static inline void closer(block *b, int i, lane_real gap)
{
    if (gap < b->margin[i]) b->margin[i] = gap;
}

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

/* ---- options of one party ---- */

typedef struct {
    int actor, own, *option;      /* its due options */
    int most_levels;
    int apart;                    /* whether the worth of no change differs by option */
    int restarted;                /* whether the own stage shows the levels in force */
    mask stale;                   /* lanes that differ from the shared stage by an earlier decision */
    row as_it_is;                 /* worth of no change from the shared stage, if not `apart` */
    row best, second;             /* of the decision at hand */
    levels_row pick;
} sitting;

/* In every lane the actor's due options, in the order of their numbers of chance; -1 after the last. */
static void arrange(block *b, const sitting *s)
{
    for (int n = 0; n < s->own; n++) {
        uniforms(b->keys.n, b->keys.r, b->m->key_order[s->option[n]], (uint32_t)b->t, &b->keys, b->lot[n]);
        EACH_LANE b->turn[n][i] = -1;
    }
    for (int i = 0; i < LANES; i++) {
        int count = 0;
        for (int n = 0; n < s->own; n++) {
            if (!b->due[s->option[n]][i]) continue;
            int at = count++;
            for (; at > 0 && b->lot[b->turn[at - 1][i]][i] > b->lot[n][i]; at--) b->turn[at][i] = b->turn[at - 1][i];
            b->turn[at][i] = n;
        }
    }
    for (int n = 0; n < s->own; n++) EACH_LANE if (b->turn[n][i] >= 0) b->turn[n][i] = s->option[b->turn[n][i]];
}

/* What every move of option k is worth from the shared stage: b->change by level. */
static void weigh_levels(block *b, sitting *s, int k)
{
    const rp_model *m = b->m;
    row *worth = b->change + m->slot_start[k], value;
    levels_row to;
    memset(b->moved[k], 1, LANES);
    if (s->apart) prospect(b, &b->shared_stage, s->actor, b->common, b->moved, value);
    else memcpy(value, s->as_it_is, sizeof value);
    EACH_LANE worth[b->common[k][i]][i] = value[i];
    for (int c = 1; c < levels_of(m, k); c++) {
        other_level(b->common[k], c, to);
        if (!open_anywhere(b->open_own + m->slot_start[k], to)) continue;
        memcpy(b->moving, b->common, (size_t)m->c.options * sizeof(levels_row));
        memcpy(b->moving[k], to, sizeof to);
        prospect(b, &b->shared_stage, s->actor, b->moving, b->moved, value);
        EACH_LANE worth[to[i]][i] = value[i];
    }
    memset(b->moved[k], 0, LANES);
}

static void weigh_everything(block *b, sitting *s)
{
    if (!s->apart) prospect(b, &b->shared_stage, s->actor, b->common, b->moved, s->as_it_is);
    for (int n = 0; n < s->own; n++) {
        int k = s->option[n];
        open_levels(b, k, b->common, b->common[k], b->open_own + b->m->slot_start[k]);
        weigh_levels(b, s, k);
    }
}

static lane_real score_of(const block *b, int k, int l, int i, lane_real value, int moves)
{
    int j = b->m->party_start[k];
    lane_real cost = moves ? b->in_switch[j][i] : 0;
    return b->in_steadiness[b->m->party_actor[j]][i] * (value - cost) + b->liking[b->m->taste_start[j] + l][i];
}

/* Whose turn it is, among lanes that have left the shared stage. */
static int take_turn(block *b, const sitting *s, const int32_t *turn)
{
    int found = 0;
    for (int n = 0; n < s->own; n++) EACH_LANE {
        b->moved[s->option[n]][i] = s->stale[i] && turn[i] == s->option[n];
        found |= b->moved[s->option[n]][i];
    }
    return found;
}

static void begin_decision(block *b, sitting *s, const int32_t *turn, const lane_real *as_it_is)
{
    for (int n = 0; n < s->own; n++) {
        int k = s->option[n];
        open_levels(b, k, b->force, b->force[k], b->open_own + b->m->slot_start[k]);
    }
    EACH_LANE {
        int k = turn[i];
        s->second[i] = -ENDLESS;
        if (k < 0) continue;
        s->pick[i] = b->force[k][i];
        lane_real value = s->stale[i] ? as_it_is[i] : b->change[b->m->slot_start[k] + s->pick[i]][i];
        s->best[i] = score_of(b, k, s->pick[i], i, value, 0);
    }
}

/* Move every lane's option to its c-th other level: b->moving; is any of these moves open, and in a stale lane? */
static int try_other(block *b, const sitting *s, const int32_t *turn, int c, uint8_t *tries)
{
    int stale = 0;
    memcpy(b->moving, b->force, (size_t)b->m->c.options * sizeof(levels_row));
    EACH_LANE {
        int k = turn[i];
        tries[i] = 0;
        if (k < 0 || c >= levels_of(b->m, k)) continue;
        int to = c - 1 < b->force[k][i] ? c - 1 : c;
        tries[i] = b->open_own[b->m->slot_start[k] + to][i];
        if (tries[i]) b->moving[k][i] = to;
        stale |= tries[i] && s->stale[i];
    }
    return stale;
}

static void weigh(block *b, sitting *s, const int32_t *turn, const uint8_t *tries, const lane_real *value)
{
    EACH_LANE {
        if (!tries[i]) continue;
        int k = turn[i], l = b->moving[k][i];
        lane_real worth = s->stale[i] ? value[i] : b->change[b->m->slot_start[k] + l][i];
        lane_real score = score_of(b, k, l, i, worth, 1);
        if (score > s->best[i]) {
            s->second[i] = s->best[i];
            s->best[i] = score;
            s->pick[i] = l;
        } else if (score > s->second[i]) s->second[i] = score;
    }
}

static void settle_decision(block *b, sitting *s, const int32_t *turn)
{
    EACH_LANE {
        int k = turn[i];
        if (k < 0) continue;
        closer(b, i, s->best[i] - s->second[i]);
        if (s->pick[i] != b->force[k][i]) {
            s->stale[i] = 1;
            s->restarted = 0;
        }
        b->force[k][i] = b->next[k][i] = s->pick[i];
    }
}

static void decide_turn(block *b, sitting *s, const int32_t *turn)
{
    row value = {0}, as_it_is = {0};
    mask tries;
    if (take_turn(b, s, turn)) {
        if (!s->restarted) restart_stage(b, &b->own_stage);
        s->restarted = 1;
        prospect(b, &b->own_stage, s->actor, b->force, b->moved, as_it_is);
    }
    begin_decision(b, s, turn, as_it_is);
    for (int c = 1; c < s->most_levels; c++) {
        if (try_other(b, s, turn, c, tries)) prospect(b, &b->own_stage, s->actor, b->moving, b->moved, value);
        weigh(b, s, turn, tries, value);
    }
    settle_decision(b, s, turn);
}

/* Whether the worth of no change depends on which option is up: one the actor does not see, or one promised. */
static int differs_by_option(const block *b, const sitting *s)
{
    const rp_model *m = b->m;
    for (int n = 0; n < s->own; n++) {
        int k = s->option[n];
        if (hidden_option(m, m->actor_view[s->actor], k)) return 1;
        if (b->plan->depth && m->promise_of_option.start[k] < m->promise_of_option.start[k + 1]) return 1;
    }
    return 0;
}

static void sit_down(block *b, sitting *s, int a)
{
    const rp_model *m = b->m;
    s->actor = a;
    s->option = b->own;
    s->own = s->restarted = 0;
    s->most_levels = 1;
    memset(s->stale, 0, LANES);
    GROUP(m->party_of_actor, a, j) {
        int k = m->party_option[m->party_of_actor.item[j]];
        if (parties_of(m, k) != 1 || !any(b->due[k])) continue;
        s->option[s->own++] = k;
        if (levels_of(m, k) > s->most_levels) s->most_levels = levels_of(m, k);
    }
    s->apart = differs_by_option(b, s);
}

static void decide_alone(block *b, int a)
{
    sitting s;
    sit_down(b, &s, a);
    if (!s.own) return;
    memcpy(b->force, b->level, (size_t)b->m->c.options * sizeof(levels_row));
    arrange(b, &s);
    weigh_everything(b, &s);
    for (int n = 0; n < s.own; n++) {
        int anybody = 0;
        EACH_LANE anybody |= b->turn[n][i] >= 0;
        if (anybody) decide_turn(b, &s, b->turn[n]);
    }
    take_turn(b, &s, b->nobody);
}

/* ---- joint options ---- */

static row *score_row(const block *b, int party, int level) { return &b->score[party * b->m->most_levels + level]; }

static void note_score(const block *b, int k, int p, const int32_t *to, const lane_real *value)
{
    const rp_model *m = b->m;
    int j = m->party_start[k] + p, a = m->party_actor[j];
    EACH_LANE {
        lane_real cost = to[i] != b->common[k][i] ? b->in_switch[j][i] : 0;
        (*score_row(b, p, to[i]))[i] = b->in_steadiness[a][i] * (value[i] - cost) + b->liking[m->taste_start[j] + to[i]][i];
    }
}

/* Answers that any party to option k needs for a move. */
static row *foresee_jointly(block *b, int k, levels_row *after)
{
    const rp_model *m = b->m;
    stage *s = &b->shared_stage;
    memset(b->wanted, 0, (size_t)m->c.options);
    for (rp_i32 j = m->party_start[k]; j < m->party_start[k + 1]; j++) {
        who_answers(b, m->party_actor[j], s->level, after, b->moved, &b->others);
        for (int n = 0; n < m->c.options; n++) b->wanted[n] |= b->others.touched[n];
    }
    if (after == s->level) {
        work_out_standing(b, s, b->wanted);
        return s->target;
    }
    work_out(b, s, after, b->moved, b->wanted, b->tried);
    return b->tried;
}

static void party_scores(block *b, int k, const int32_t *to, levels_row *after)
{
    const rp_model *m = b->m;
    row value, *target = b->plan->depth ? foresee_jointly(b, k, after) : NULL;
    for (int p = 0; p < parties_of(m, k); p++) {
        int a = m->party_actor[m->party_start[k] + p];
        if (!target) change(b, &b->shared_stage, a, after, b->moved, value);
        else {
            who_answers(b, a, b->common, after, b->moved, &b->others);
            b->others.target = target;
            foreseen_value(b, a, after, b->moved, value);
        }
        note_score(b, k, p, to, value);
    }
}

static void joint_scores(block *b, int k)
{
    const rp_model *m = b->m;
    levels_row to;
    party_scores(b, k, b->common[k], b->common);
    for (int c = 1; c < levels_of(m, k); c++) {
        other_level(b->common[k], c, to);
        if (!open_anywhere(b->open_own + m->slot_start[k], to)) continue;
        memcpy(b->moving, b->common, (size_t)m->c.options * sizeof(levels_row));
        memcpy(b->moving[k], to, sizeof to);
        party_scores(b, k, to, b->moving);
    }
}

/* Consent given by a promise that runs counts as preferring its level to everything; the last promise counts. */
static void count_consents(block *b, int k)
{
    const rp_model *m = b->m;
    for (int p = 0; p < parties_of(m, k); p++) EACH_LANE {
        int level = -1;
        GROUP(m->promise_of_option, k, j) {
            int c = m->promise_of_option.item[j];
            if (b->t >= b->until[c][i]) continue;
            for (rp_i32 n = m->promise_actor_start[c]; n < m->promise_actor_start[c + 1]; n++)
                if (m->promise_actor[n] == m->party_actor[m->party_start[k] + p]) level = m->promise_level[c];
        }
        if (level >= 0 && b->open_own[m->slot_start[k] + level][i]) (*score_row(b, p, level))[i] = ENDLESS;
    }
}

static int prefers(const block *b, int p, int level, int now, int i)
{
    return (*score_row(b, p, level))[i] > (*score_row(b, p, now))[i];
}

static int count_for(const block *b, int k, int level, int now, int i)
{
    int count = 0;
    for (int p = 0; p < parties_of(b->m, k); p++) count += prefers(b, p, level, now, i);
    return count;
}

/* Party p's best level other than the current one with at least `needed` assents; -1 if none. */
static int best_of(const block *b, int k, int p, int needed, int now, int i)
{
    const mask *open = b->open_own + b->m->slot_start[k];
    int best = -1;
    for (int l = 0; l < levels_of(b->m, k); l++) {
        if (l == now || !open[l][i] || (needed && count_for(b, k, l, now, i) < needed)) continue;
        if (best < 0 || (*score_row(b, p, l))[i] > (*score_row(b, p, best))[i]) best = l;
    }
    return best;
}

static int assented_and_preferred(const block *b, int k, int p, int needed, int now, int i)
{
    const mask *open = b->open_own + b->m->slot_start[k];
    for (int l = 0; l < levels_of(b->m, k); l++)
        if (l != now && open[l][i] && count_for(b, k, l, now, i) >= needed && prefers(b, p, l, now, i)) return 1;
    return 0;
}

static int entered(const block *b, int k, int now, int i)
{
    int parties = parties_of(b->m, k);
    if (b->m->option_enter[k] == RP_ENTER_IN_ORDER) {
        int proposed = best_of(b, k, 0, 0, now, i);
        return proposed >= 0 && count_for(b, k, proposed, now, i) == parties ? proposed : -1;
    }
    int needed = b->m->option_enter[k] == RP_ENTER_ALL ? parties : parties / 2 + 1;
    for (int p = 0; p < parties; p++)
        if (assented_and_preferred(b, k, p, needed, now, i)) return best_of(b, k, p, needed, now, i);
    return -1;
}

static int agreed(const block *b, int k, int now, int i)
{
    int level = entered(b, k, now, i);
    if (level >= 0 || now == 0 || !b->open_own[b->m->slot_start[k]][i]) return level >= 0 ? level : now;
    int leave = count_for(b, k, 0, now, i);
    return leave >= (b->m->option_leave[k] == RP_LEAVE_ALL ? parties_of(b->m, k) : 1) ? 0 : now;
}

static void joint_margin(block *b, int k, int now, int i)
{
    const mask *open = b->open_own + b->m->slot_start[k];
    int levels = levels_of(b->m, k);
    for (int p = 0; p < parties_of(b->m, k); p++)
        for (int l = 0; l < levels; l++) {
            lane_real one = (*score_row(b, p, l))[i];
            if (!open[l][i] || !(one < ENDLESS) || !((*score_row(b, p, now))[i] <= one)) continue;
            for (int r = 0; r < levels; r++) {
                lane_real other = (*score_row(b, p, r))[i];
                if (r != l && open[r][i] && other < ENDLESS) closer(b, i, one > other ? one - other : other - one);
            }
        }
}

static void decide_jointly(block *b, int k)
{
    const rp_model *m = b->m;
    int changed = 0;
    open_levels(b, k, b->common, b->common[k], b->open_own + m->slot_start[k]);
    EACH_LANE b->moved[k][i] = 1;
    joint_scores(b, k);
    memset(b->moved[k], 0, LANES);
    count_consents(b, k);
    GOES_WITH(b->due[k]) {
        int now = b->common[k][i], level = agreed(b, k, now, i);
        joint_margin(b, k, now, i);
        changed |= level != now;
        b->common[k][i] = b->next[k][i] = level;
    }
    if (changed) restart_stage(b, &b->shared_stage);
}

/* ---- exchanges ---- */

static int exchange_due(block *b, int e, uint8_t *out)
{
    const rp_model *m = b->m;
    stands(b, e, b->common, out);
    EACH_LANE out[i] = !out[i] && (b->t + b->phase[m->c.options + e][i]) % m->exchange_review[e] == 0;
    GROUP_OF_LEGS(m, e, j) {
        int k = m->leg_option[j], held = b->held_option[k] != RP_FREE;
        EACH_LANE out[i] &= !held && !b->kept[k][i];
    }
    return any(out);
}

/* Raise the legs below their names: b->moving, b->moved. */
static void raise_legs(block *b, int e)
{
    const rp_model *m = b->m;
    memcpy(b->moving, b->common, (size_t)m->c.options * sizeof(levels_row));
    GROUP_OF_LEGS(m, e, j) {
        int k = m->leg_option[j], level = m->leg_level[j];
        EACH_LANE if (b->moving[k][i] < level) {
            b->moving[k][i] = level;
            b->moved[k][i] = 1;
        }
    }
}

static void screen_legs(block *b, int e, uint8_t *due)
{
    const rp_model *m = b->m;
    GROUP_OF_LEGS(m, e, j) {
        int k = m->leg_option[j];
        mask *open = b->open_own + m->slot_start[k];
        open_levels(b, k, b->common, b->common[k], open);
        EACH_LANE due[i] &= !b->moved[k][i] || open[b->moving[k][i]][i];
    }
}

static int gives(const rp_model *m, int e, int a)
{
    GROUP_OF_LEGS(m, e, j) {
        int k = m->leg_option[j];
        for (rp_i32 n = m->party_start[k]; n < m->party_start[k + 1]; n++)
            if (m->party_actor[n] == a) return 1;
    }
    return 0;
}

static void own_switches(const block *b, int a, lane_real *cost)
{
    EACH_LANE cost[i] = 0;
    GROUP(b->m->party_of_actor, a, j) {
        int n = b->m->party_of_actor.item[j], k = b->m->party_option[n];
        EACH_LANE cost[i] += b->moved[k][i] ? b->in_switch[n][i] : 0;
    }
}

static void giver_gain(block *b, int a, lane_real *gain)
{
    row now, then, cost;
    prospect(b, &b->shared_stage, a, b->common, b->moved, now);
    prospect(b, &b->shared_stage, a, b->moving, b->moved, then);
    own_switches(b, a, cost);
    EACH_LANE gain[i] = b->in_steadiness[a][i] * (then[i] - now[i] - cost[i]);
}

static void form(block *b, int e, const uint8_t *due)
{
    const rp_model *m = b->m;
    row least_gain, worst_loss, gain;
    EACH_LANE least_gain[i] = worst_loss[i] = ENDLESS;
    EACH_LANE worst_loss[i] = -ENDLESS;
    for (int a = 0; a < m->c.actors; a++) {
        if (!gives(m, e, a)) continue;
        giver_gain(b, a, gain);
        EACH_LANE {
            least_gain[i] = least(gain[i], least_gain[i]);
            if (!(gain[i] > 0) && -gain[i] > worst_loss[i]) worst_loss[i] = -gain[i];
        }
    }
    int changed = 0;
    GOES_WITH(due) {
        int forms = least_gain[i] > 0;
        changed |= forms;
        closer(b, i, forms ? least_gain[i] : worst_loss[i]);
        GROUP_OF_LEGS(m, e, j) {
            int k = m->leg_option[j];
            if (forms && b->moved[k][i]) b->common[k][i] = b->next[k][i] = b->moving[k][i];
        }
    }
    if (changed) restart_stage(b, &b->shared_stage);
}

static void decide_exchange(block *b, int e)
{
    mask due;
    if (!exchange_due(b, e, due)) return;
    raise_legs(b, e);
    screen_legs(b, e, due);
    if (any(due)) form(b, e, due);
    GROUP_OF_LEGS(b->m, e, j) memset(b->moved[b->m->leg_option[j]], 0, LANES);
}

/* ---- step 4 ---- */

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
