/* Joint options: entered and left by their parties' scores, under the option's rules. */

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

/* lambda V of party p at which going to `to` would be as good to it as staying. */
static void rival_of(const block *b, int k, int p, const int32_t *to, lane_real *out)
{
    int j = b->m->party_start[k] + p, a = b->m->party_actor[j];
    EACH_LANE out[i] = (*score_row(b, p, b->common[k][i]))[i] - b->liking[b->m->taste_start[j] + to[i]][i]
        + b->in_steadiness[a][i] * b->in_switch[j][i];
}

/* What going to `to` is worth to every party if nobody answers it; the answers where they could turn anybody's mind. */
static row *sound_parties(block *b, int k, const int32_t *to, levels_row *after)
{
    const rp_model *m = b->m;
    int leaves = 0;
    row value, rival;
    sounding s;
    EACH_LANE leaves |= to[i] == 0;
    begin_sounding(b, &s, m->option_enter[k] != RP_ENTER_MOST && !leaves);
    for (int p = 0; p < parties_of(m, k); p++) {
        rival_of(b, k, p, to, rival);
        sound(b, &s, m->party_actor[m->party_start[k] + p], after, rival, value);
        note_score(b, k, p, to, value);
    }
    return after_sounding(b, &s, after);
}

static void party_scores(block *b, int k, const int32_t *to, levels_row *after)
{
    const rp_model *m = b->m;
    const rp_i32 *party = m->party_actor + m->party_start[k];
    row value, *target = NULL;
    if (b->plan->screened && b->plan->depth && after != b->common) {
        target = sound_parties(b, k, to, after);
        if (!target) return;
    } else if (b->plan->depth) target = foresee_jointly(b, party, parties_of(m, k), after);
    for (int p = 0; p < parties_of(m, k); p++) {
        joint_prospect(b, target, party[p], after, value);
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
    memcpy(b->concern, b->due[k], LANES);
    joint_scores(b, k);
    memset(b->moved[k], 0, LANES);
    count_consents(b, k);
    GOES_WITH(b->due[k]) {
        int now = b->common[k][i], level = agreed(b, k, now, i);
        joint_margin(b, k, now, i);
        changed |= level != now;
        b->common[k][i] = b->next[k][i] = level;
    }
    if (changed) restart_after(b, &b->shared_stage, k);
}
