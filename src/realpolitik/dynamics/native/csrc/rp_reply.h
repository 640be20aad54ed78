/* What stands when something is decided, and how the others would answer a move: the look-ahead at depth 1.
 *
 *     D_c(m, l') = V_c[move, m = l'] - V_c[move, m = current] - [l' != current] switch_c      (depth-0 paths)
 *     one party    q = softmax(lambda_c D_c)
 *     joint        r(l') = product over parties of s(lambda_c D_c(m, l')),  q = r / max(1, sum r)
 *
 * Where the weights of an option go depends on the levels in force alone, not on who looks ahead: answers to "nothing
 * moves" are worked out once per period and shared by everybody (exact). */

/* The slots of a state as view v sees options at `level`, exactly where `moved`. */
static void see_levels(const block *b, int v, const levels_row *level, const mask *moved, row *state)
{
    for (int k = 0; k < b->m->c.options; k++) {
        one_hot(b, k, level[k], state);
        if (!hidden_option(b->m, v, k)) continue;
        for (rp_i32 s = b->m->slot_start[k]; s < b->m->slot_start[k + 1]; s++) {
            const lane_real *seen = b->view[v].state[s];
            EACH_LANE state[s][i] = moved && moved[k][i] ? state[s][i] : seen[i];
        }
    }
}

/* To which levels option k can go from `now`, as its (first) party sees levels `level`: masks by level. */
static void open_levels(block *b, int k, const levels_row *level, const int32_t *now, mask *open)
{
    const rp_model *m = b->m;
    int v = m->actor_view[m->party_actor[m->party_start[k]]], levels = levels_of(m, k);
    if (m->option_requires[k]) {
        see_levels(b, v, level, NULL, b->screen);
        memcpy(b->screen + m->c.slots, b->view[v].state + m->c.slots, (size_t)m->c.factors * sizeof(row));
        evaluate(b, b->screen);
    }
    for (int l = 0; l < levels; l++) {
        int condition = m->slot_requires[m->slot_start[k] + l], bound = m->option_irreversible[k];
        EACH_LANE open[l][i] = !bound || l >= now[i];
        if (condition < 0) continue;
        const lane_real *phi = *node_at(b, b->screen, condition);
        EACH_LANE open[l][i] = l == now[i] || (open[l][i] && phi[i] >= (lane_real)0.5);
    }
}

/* The c-th level other than the current one. */
static void other_level(const int32_t *now, int c, int32_t *to) { EACH_LANE to[i] = c - 1 < now[i] ? c - 1 : c; }

static int open_anywhere(const mask *open, const int32_t *to)
{
    int found = 0;
    EACH_LANE found |= open[to[i]][i];
    return found;
}

/* ---- where the weights of a replying option go ---- */

static void note_odds(const block *b, int j, const int32_t *to, const lane_real *value, const lane_real *stay, row *odds)
{
    const lane_real *steadiness = b->in_steadiness[b->m->party_actor[j]], *cost = b->in_switch[j];
    EACH_LANE odds[to[i]][i] = steadiness[i] * (value[i] - stay[i] - cost[i]);
}

/* lambda_c D_c of party j to option k for all its levels; b->work.state holds the slots its view sees. */
static void party_odds(block *b, int k, int j, const int32_t *now, const lane_real *stay)
{
    const rp_model *m = b->m;
    row *odds = b->odds + m->taste_start[j], value;
    levels_row to;
    EACH_LANE odds[now[i]][i] = 0;
    for (int c = 1; c < levels_of(m, k); c++) {
        other_level(now, c, to);
        if (!open_anywhere(b->open + m->slot_start[k], to)) continue;
        one_hot(b, k, to, b->work.state);
        path(b, m->party_actor[j], NULL, value);
        note_odds(b, j, to, value, stay, odds);
    }
}

static void view_odds_of(block *b, int v, int k, const levels_row *level, uint8_t *stayed)
{
    const rp_model *m = b->m;
    int first = m->slot_start[k], hidden = hidden_option(m, v, k);
    row own;
    for (rp_i32 j = m->party_start[k]; j < m->party_start[k + 1]; j++) {
        int a = m->party_actor[j];
        if (m->actor_view[a] != v) continue;
        if (hidden || !stayed[a]) {
            one_hot(b, k, level[k], b->work.state);
            path(b, a, NULL, hidden ? own : b->stay[a]);
            stayed[a] |= !hidden;
        }
        party_odds(b, k, j, level[k], hidden ? own : b->stay[a]);
    }
    if (hidden) memcpy(b->work.state + first, b->view[v].state + first, (size_t)levels_of(m, k) * sizeof(row));
    else one_hot(b, k, level[k], b->work.state);
}

static int has_party_in(const rp_model *m, int k, int v)
{
    for (rp_i32 j = m->party_start[k]; j < m->party_start[k + 1]; j++)
        if (m->actor_view[m->party_actor[j]] == v) return 1;
    return 0;
}

static void view_odds(block *b, int v, const levels_row *level, const uint8_t *wanted)
{
    const rp_model *m = b->m;
    int begun = 0;
    memset(b->stayed, 0, (size_t)m->c.actors);
    for (int k = 0; k < m->c.options; k++) {
        if (!wanted[k] || !has_party_in(m, k, v)) continue;
        if (!begun) see_levels(b, v, level, NULL, b->work.state);
        begun = 1;
        view_odds_of(b, v, k, level, b->stayed);
    }
}

static void choice_weights(const block *b, int k, row *target)
{
    const rp_model *m = b->m;
    const row *odds = b->odds + m->taste_start[m->party_start[k]];
    const mask *open = b->open + m->slot_start[k];
    int levels = levels_of(m, k);
    row top, total = {0};
    EACH_LANE top[i] = -INFINITY;
    for (int l = 0; l < levels; l++) EACH_LANE top[i] = open[l][i] ? greatest(odds[l][i], top[i]) : top[i];
    for (int l = 0; l < levels; l++) EACH_LANE {
        lane_real u = open[l][i] ? odds[l][i] - top[i] : 0, grown = EXP(u);
        target[l][i] = open[l][i] ? grown : 0;
        total[i] += target[l][i];
    }
    for (int l = 0; l < levels; l++) EACH_LANE target[l][i] = target[l][i] / total[i];
}

/* product over parties of s(lambda_c D_c(k, l)), or of 1 - s */
static void wishes(const block *b, int k, int l, int against, lane_real *out)
{
    const rp_model *m = b->m;
    EACH_LANE out[i] = 1;
    for (rp_i32 j = m->party_start[k]; j < m->party_start[k + 1]; j++) {
        const lane_real *odds = b->odds[m->taste_start[j] + l];
        EACH_LANE {
            lane_real wish = logistic(odds[i]);
            out[i] *= against ? 1 - wish : wish;
        }
    }
}

static void leaving_weight(const block *b, int k, const int32_t *now, row *target, lane_real *rest)
{
    row leave;
    int all = b->m->option_leave[k] == RP_LEAVE_ALL;
    const uint8_t *open = b->open[b->m->slot_start[k]];
    wishes(b, k, 0, !all, leave);
    EACH_LANE {
        lane_real gone = rest[i] * (all ? leave[i] : 1 - leave[i]);
        int possible = now[i] != 0 && open[i];
        target[0][i] = possible ? gone : 0;
        rest[i] = possible ? rest[i] - gone : rest[i];
    }
}

static void consent_weights(const block *b, int k, const int32_t *now, row *target)
{
    const mask *open = b->open + b->m->slot_start[k];
    int levels = levels_of(b->m, k);
    row total = {0}, rest;
    for (int l = 1; l < levels; l++) {
        wishes(b, k, l, 0, target[l]);
        EACH_LANE target[l][i] = open[l][i] && l != now[i] ? target[l][i] : 0;
        EACH_LANE total[i] += target[l][i];
    }
    EACH_LANE total[i] = greatest(total[i], 1);
    EACH_LANE rest[i] = 1;
    for (int l = 1; l < levels; l++) EACH_LANE {
        target[l][i] = target[l][i] / total[i];
        rest[i] -= target[l][i];
    }
    leaving_weight(b, k, now, target, rest);
    for (int l = 0; l < levels; l++) EACH_LANE target[l][i] = l == now[i] ? rest[i] : target[l][i];
}

/* The answers of all wanted options to levels with a move in force. */
static void work_out(block *b, const levels_row *level, const uint8_t *wanted, row *target)
{
    const rp_model *m = b->m;
    for (int k = 0; k < m->c.options; k++)
        if (wanted[k]) open_levels(b, k, level, level[k], b->open + m->slot_start[k]);
    for (int v = 0; v < m->c.views; v++) view_odds(b, v, level, wanted);
    for (int k = 0; k < m->c.options; k++) {
        if (!wanted[k]) continue;
        if (parties_of(m, k) == 1) choice_weights(b, k, target + m->slot_start[k]);
        else consent_weights(b, k, level[k], target + m->slot_start[k]);
    }
}

/* ---- who answers ---- */

static int stands(const block *b, int e, levels_row *level, uint8_t *out)
{
    memset(out, 1, LANES);
    GROUP_OF_LEGS(b->m, e, j) {
        const int32_t *at = level[b->m->leg_option[j]];
        EACH_LANE out[i] &= at[i] >= b->m->leg_level[j];
    }
    return any(out);
}

/* Legs of exchanges that stand at `level` and no longer `after`: they answer within one period. */
static void note_broken(const block *b, levels_row *level, levels_row *after, answer *out)
{
    const rp_model *m = b->m;
    mask before, still;
    memset(out->fast, 0, (size_t)m->c.options * sizeof(mask));
    for (int e = 0; e < m->c.exchanges; e++) {
        if (!stands(b, e, level, before)) continue;
        stands(b, e, after, still);
        GROUP_OF_LEGS(m, e, j) EACH_LANE out->fast[m->leg_option[j]][i] |= before[i] && !still[i];
    }
}

static int has_other_party(const rp_model *m, int k, int a)
{
    for (rp_i32 j = m->party_start[k]; j < m->party_start[k + 1]; j++)
        if (m->party_actor[j] != a) return 1;
    return 0;
}

static int foreseen(const block *b, int k, int a)
{
    return b->known_option[k] == RP_FREE && !hidden_option(b->m, b->m->actor_view[a], k);
}

static void note_promises(const block *b, int a, levels_row *level, const mask *moved, answer *out)
{
    const rp_model *m = b->m;
    for (int c = 0; c < m->c.promises; c++) {
        int k = m->promise_option[c], first = m->promise_actor_start[c];
        int alone = m->promise_actor_start[c + 1] - first == 1 && m->promise_actor[first] == a;
        int may = !alone && foreseen(b, k, a), bound = m->option_irreversible[k];
        EACH_LANE out->acts[c][i] = may && !b->promise_holds[c][i] && !moved[k][i]
            && !(bound && m->promise_level[c] < level[k][i]);
    }
}

/* Who answers a move of actor a from `level` to `after`, and which promises count on its path. */
static void who_answers(const block *b, int a, levels_row *level, levels_row *after, const mask *moved, answer *out)
{
    const rp_model *m = b->m;
    note_broken(b, level, after, out);
    for (int k = 0; k < m->c.options; k++) {
        int may = foreseen(b, k, a) && has_other_party(m, k, a), soon = m->option_review[k] <= m->actor_foresight[a];
        EACH_LANE out->answers[k][i] = may && !moved[k][i] && !b->kept[k][i] && (soon || out->fast[k][i]);
        out->touched[k] = (uint8_t)any(out->answers[k]);
    }
    note_promises(b, a, level, moved, out);
}

/* Answers to "nothing moves" from the levels that joint decisions see, worked out where not yet known. */
static void work_out_base(block *b, const uint8_t *wanted)
{
    int missing = 0;
    for (int k = 0; k < b->m->c.options; k++) {
        b->missing[k] = wanted[k] && !b->base_known[k];
        b->base_known[k] |= wanted[k];
        missing |= b->missing[k];
    }
    if (missing) work_out(b, b->common, b->missing, b->base);
}
