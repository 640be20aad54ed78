/* Options of one party: an actor decides its due options one after another, seeing its own earlier decisions.
 *
 *     S_a(l) = lambda_a (V_a[k = l] - [l != current] switch) + G(a, k, l)
 *
 * Every move is weighed from the shared stage first. Lanes in which the actor has already changed something are then weighed
 * again, from its own stage. */

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

static lane_real score_of(const block *b, int k, int l, int i, lane_real value, int moves)
{
    int j = b->m->party_start[k];
    lane_real cost = moves ? b->in_switch[j][i] : 0;
    return b->in_steadiness[b->m->party_actor[j]][i] * (value - cost) + b->liking[b->m->taste_start[j] + l][i];
}

/* What every move of option k is worth from the shared stage: b->change by level. */
static void weigh_levels(block *b, sitting *s, int k)
{
    const rp_model *m = b->m;
    row *worth = b->change + m->slot_start[k], value, best, rival;
    levels_row to;
    memset(b->moved[k], 1, LANES);
    memcpy(b->concern, b->due[k], LANES);
    if (s->apart) prospect(b, &b->shared_stage, s->actor, b->common, b->moved, NULL, value);
    else memcpy(value, s->as_it_is, sizeof value);
    EACH_LANE {
        worth[b->common[k][i]][i] = value[i];
        best[i] = score_of(b, k, b->common[k][i], i, value[i], 0);
    }
    for (int c = 1; c < levels_of(m, k); c++) {
        other_level(b->common[k], c, to);
        if (!open_anywhere(b->open_own + m->slot_start[k], to)) continue;
        memcpy(b->moving, b->common, (size_t)m->c.options * sizeof(levels_row));
        memcpy(b->moving[k], to, sizeof to);
        EACH_LANE rival[i] = best[i] - score_of(b, k, to[i], i, 0, 1);
        prospect(b, &b->shared_stage, s->actor, b->moving, b->moved, rival, value);
        EACH_LANE {
            worth[to[i]][i] = value[i];
            best[i] = greatest(score_of(b, k, to[i], i, value[i], 1), best[i]);
        }
    }
    memset(b->moved[k], 0, LANES);
}

static void weigh_everything(block *b, sitting *s)
{
    memset(b->concern, 1, LANES);
    if (!s->apart) prospect(b, &b->shared_stage, s->actor, b->common, b->moved, NULL, s->as_it_is);
    for (int n = 0; n < s->own; n++) {
        int k = s->option[n];
        open_levels(b, k, b->common, b->common[k], b->open_own + b->m->slot_start[k]);
        weigh_levels(b, s, k);
    }
}

/* Whose turn it is, among lanes that have left the shared stage. */
static int take_turn(block *b, const sitting *s, const int32_t *turn)
{
    int found = 0;
    memset(b->concern, 0, LANES);
    for (int n = 0; n < s->own; n++) EACH_LANE {
        b->moved[s->option[n]][i] = s->stale[i] && turn[i] == s->option[n];
        b->concern[i] |= b->moved[s->option[n]][i];
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
static int try_other(block *b, const sitting *s, const int32_t *turn, int c, uint8_t *tries, lane_real *rival)
{
    int stale = 0;
    memcpy(b->moving, b->force, (size_t)b->m->c.options * sizeof(levels_row));
    EACH_LANE {
        int k = turn[i];
        tries[i] = 0;
        if (k < 0 || c >= levels_of(b->m, k)) continue;
        int to = c - 1 < b->force[k][i] ? c - 1 : c;
        tries[i] = b->open_own[b->m->slot_start[k] + to][i];
        if (tries[i]) {
            b->moving[k][i] = to;
            rival[i] = s->best[i] - score_of(b, k, to, i, 0, 1);
        }
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
    row value = {0}, as_it_is = {0}, rival = {0};
    mask tries;
    if (take_turn(b, s, turn)) {
        if (!s->restarted) restart_stage(b, &b->own_stage);
        s->restarted = 1;
        prospect(b, &b->own_stage, s->actor, b->force, b->moved, NULL, as_it_is);
    }
    begin_decision(b, s, turn, as_it_is);
    for (int c = 1; c < s->most_levels; c++) {
        if (try_other(b, s, turn, c, tries, rival)) prospect(b, &b->own_stage, s->actor, b->moving, b->moved, rival, value);
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
