/* What stands when something is decided, and how the others would answer a move: the look-ahead at depth 1.
 *
 *     D_c(m, l') = V_c[move, m = l'] - V_c[move, m = current] - [l' != current] switch_c      (depth-0 paths)
 *     one party    q = softmax(lambda_c D_c)
 *     joint        r(l') = product over parties of s(lambda_c D_c(m, l')),  q = r / max(1, sum r)
 *
 * Where the weights of an option go depends on the levels in force alone, not on who looks ahead: answers to "nothing
 * moves" are worked out once per period and shared by everybody (exact). */

/* The slots of a state as view v sees options at `level`, exactly where `moved`. */
static void see_levels(const block *b, int v, const levels_row *level, const mask *moved, row *slots)
{
    for (int k = 0; k < b->m->c.options; k++) {
        one_hot(b, k, level[k], slots);
        if (!hidden_option(b->m, v, k)) continue;
        for (rp_i32 s = b->m->slot_start[k]; s < b->m->slot_start[k + 1]; s++) {
            const lane_real *seen = b->view[v].state[s];
            EACH_LANE slots[s][i] = moved && moved[k][i] ? slots[s][i] : seen[i];
        }
    }
}

/* Slots that differ from `slots` by a move: exactly where `moved`. */
static void put_move(const block *b, const levels_row *after, const mask *moved, int v, int exactly, row *slots)
{
    const rp_model *m = b->m;
    for (int k = 0; k < m->c.options; k++) {
        if (!any(moved[k]) || (!exactly && hidden_option(m, v, k))) continue;
        for (rp_i32 s = m->slot_start[k]; s < m->slot_start[k + 1]; s++) EACH_LANE {
            lane_real weight = after[k][i] == s - m->slot_start[k] ? 1 : 0;
            slots[s][i] = moved[k][i] ? weight : slots[s][i];
        }
    }
}

/* Which rows a move can change, as view v sees it (hidden options only if `exactly`); NULL: none. */
static const rp_u8 *down_of(block *b, const mask *moved, int v, int exactly)
{
    const rp_model *m = b->m;
    const rp_u8 *found = NULL;
    int64_t rows = m->rows.all;
    for (int k = 0; k < m->c.options; k++) {
        if (!any(moved[k]) || (!exactly && hidden_option(m, v, k))) continue;
        const rp_u8 *down = m->down + k * rows;
        if (!found) {
            found = down;
            continue;
        }
        if (found != b->down) memcpy(b->down, found, (size_t)rows);
        for (int64_t r = 0; r < rows; r++) b->down[r] = down[r] < b->down[r] ? down[r] : b->down[r];
        found = b->down;
    }
    return found;
}

/* ---- stages: levels in force, the paths if nothing moves, and what others then do ---- */

static void restart_stage(block *b, stage *s)
{
    for (int v = 0; v < b->m->c.views; v++) s->reels[v].ready = 0;
    s->version = ++b->versions;
    if (!b->plan->depth) return;
    memset(s->known, 0, (size_t)b->m->c.options);
    memset(s->partly, 0, (size_t)b->m->c.options);
}

/* Joint decisions have changed option k. With answers screened, others are taken to answer as before. */
static void restart_after(block *b, stage *s, int k)
{
    for (int v = 0; v < b->m->c.views; v++) s->reels[v].ready = 0;
    s->version = ++b->versions;
    if (b->plan->depth && b->plan->screened) s->known[k] = 0;
    else restart_stage(b, s);
}

static layer standing_layer(block *b, stage *s, int v)
{
    reel *r = &s->reels[v];
    layer at = {b->m->always, r->rows, -1, r->slots};
    if (r->ready) return at;
    see_levels(b, v, s->level, NULL, r->slots);
    film(b, &at, v);
    r->ready = 1;
    return at;
}

/* Whether a view differs from what is exactly so in any option that is up. */
static int hides(const block *b, const mask *moved, int v)
{
    for (int k = 0; k < b->m->c.options; k++)
        if (hidden_option(b->m, v, k) && any(moved[k])) return 1;
    return 0;
}

/* By how much a move changes V_a if nobody answers. */
static void change(block *b, stage *s, int a, const levels_row *after, const mask *moved, lane_real *value)
{
    int v = b->m->actor_view[a];
    EACH_LANE value[i] = 0;
    if (after == s->level && !hides(b, moved, v)) return;
    layer at[2] = {{down_of(b, moved, v, 1), b->ring, b->ring_mask, b->slots}, standing_layer(b, s, v)};
    if (!at[0].down) return;
    memcpy(b->slots, at[1].slots, (size_t)b->m->c.slots * sizeof(row));
    put_move(b, after, moved, v, 1, b->slots);
    path(b, at, a, NULL, value);
}

/* To which levels option k can go from `now`, as its (first) party sees levels `level`: masks by level. */
static void open_levels(block *b, int k, const levels_row *level, const int32_t *now, mask *open)
{
    const rp_model *m = b->m;
    int v = m->actor_view[m->party_actor[m->party_start[k]]], levels = levels_of(m, k);
    if (m->option_requires[k]) {
        see_levels(b, v, level, NULL, b->screen);
        memcpy(b->screen + m->c.slots, b->view[v].state + m->c.slots, (size_t)m->c.factors * sizeof(row));
        evaluate_conditions(b, b->screen, k);
    }
    for (int l = 0; l < levels; l++) {
        int condition = m->slot_requires[m->slot_start[k] + l], bound = m->option_irreversible[k];
        uint8_t *restrict may = open[l];
        EACH_LANE may[i] = !bound || l >= now[i];
        if (condition < 0) continue;
        const lane_real *phi = *node_at(b, b->screen, condition);
        EACH_LANE may[i] = (l == now[i]) | (may[i] & (phi[i] >= (lane_real)0.5));
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

/* Odds being worked out: after which move, on which layers, and where they go. */
typedef struct {
    stage *from;
    const levels_row *level;
    const rp_u8 *moved;           /* rows that the move can change in this view; NULL: nothing moves */
    layer at[3];                  /* the reply, then what it stands on */
    row *odds;
} replying;

/* Whether what the move changes and what option k changes meet in anything that actor c needs. */
static int meet(const block *b, const rp_u8 *moved, int k, int c)
{
    const rp_model *m = b->m;
    const rp_u8 *down = m->down + k * (int64_t)m->rows.all;
    const rp_need *need = &b->grid->need[c];
    for (rp_i32 j = 0; j < need->steps; j++) {
        rp_i32 r = m->program[need->step[j]].dst;
        if (moved[r] <= need->step_last[j] && down[r] <= need->step_last[j]) return 1;
    }
    for (rp_i32 j = 0; j < need->factors; j++) {
        rp_i32 r = (rp_i32)m->c.slots + need->factor[j];
        if (moved[r] <= need->factor_last[j] && down[r] <= need->factor_last[j]) return 1;
    }
    return 0;
}

/* lambda_c D_c of party j to option k for all its levels. */
static void party_odds(block *b, const replying *r, int k, int j, const lane_real *stay)
{
    const rp_model *m = b->m;
    row *odds = r->odds + m->taste_start[j], value;
    const int32_t *now = r->level[k];
    levels_row to;
    EACH_LANE odds[now[i]][i] = 0;
    for (int c = 1; c < levels_of(m, k); c++) {
        other_level(now, c, to);
        if (!open_anywhere(b->open + m->slot_start[k], to)) continue;
        one_hot(b, k, to, b->slots);
        path(b, r->at, m->party_actor[j], NULL, value);
        note_odds(b, j, to, value, stay, odds);
    }
}

/* A move that cannot meet what option k changes for this party leaves its odds as they are without the move. */
static int odds_stay(block *b, const replying *r, int k, int j)
{
    const rp_model *m = b->m;
    int levels = levels_of(m, k), first = m->slot_start[k];
    if (!r->moved || !r->from->known[k] || r->from->partly[k]) return 0;
    if (memcmp(b->open + first, r->from->open + first, (size_t)levels * sizeof(mask))) return 0;
    if (meet(b, r->moved, k, m->party_actor[j])) return 0;
    memcpy(r->odds + m->taste_start[j], r->from->odds + m->taste_start[j], (size_t)levels * sizeof(row));
    return 1;
}

static void option_odds(block *b, replying *r, int v, int k)
{
    const rp_model *m = b->m;
    int first = m->slot_start[k];
    r->at[0].down = m->down + k * (int64_t)m->rows.all;
    for (rp_i32 j = m->party_start[k]; j < m->party_start[k + 1]; j++) {
        row stay = {0};
        if (m->actor_view[m->party_actor[j]] != v || odds_stay(b, r, k, j)) continue;
        if (hidden_option(m, v, k)) {
            one_hot(b, k, r->level[k], b->slots);
            path(b, r->at, m->party_actor[j], NULL, stay);
        }
        party_odds(b, r, k, j, stay);
    }
    memcpy(b->slots + first, r->at[1].slots + first, (size_t)levels_of(m, k) * sizeof(row));
}

static int has_party_in(const rp_model *m, int k, int v)
{
    for (rp_i32 j = m->party_start[k]; j < m->party_start[k + 1]; j++)
        if (m->actor_view[m->party_actor[j]] == v) return 1;
    return 0;
}

/* The layers that replies of view v stand on: the path with the move made, on the path without it. */
static void stand(block *b, replying *r, int v, const mask *moved)
{
    layer standing = standing_layer(b, r->from, v), reply = {NULL, b->ring, b->ring_mask, b->slots};
    r->at[0] = reply;
    r->at[1] = r->at[2] = standing;
    r->moved = moved ? down_of(b, moved, v, 0) : NULL;
    if (!r->moved) return;
    reel *film_of_move = &b->moved_reel[v];
    layer made = {r->moved, film_of_move->rows, -1, film_of_move->slots};
    memcpy(made.slots, standing.slots, (size_t)b->m->c.slots * sizeof(row));
    put_move(b, r->level, moved, v, 0, made.slots);
    r->at[1] = made;
    film(b, r->at + 1, v);
}

static void view_odds(block *b, replying *r, int v, const mask *moved, const uint8_t *wanted)
{
    const rp_model *m = b->m;
    int begun = 0;
    for (int k = 0; k < m->c.options; k++) {
        if (!wanted[k] || !has_party_in(m, k, v)) continue;
        if (!begun) {
            stand(b, r, v, moved);
            memcpy(b->slots, r->at[1].slots, (size_t)m->c.slots * sizeof(row));
        }
        begun = 1;
        option_odds(b, r, v, k);
    }
}

static void choice_weights(const block *b, const row *all_odds, int k, row *target)
{
    const rp_model *m = b->m;
    const row *odds = all_odds + m->taste_start[m->party_start[k]];
    const mask *open = b->open + m->slot_start[k];
    int levels = levels_of(m, k);
    row top, total = {0};
    EACH_LANE top[i] = -ENDLESS;
    for (int l = 0; l < levels; l++) EACH_LANE top[i] = open[l][i] ? greatest(odds[l][i], top[i]) : top[i];
    for (int l = 0; l < levels; l++) EACH_LANE {
        lane_real u = open[l][i] ? odds[l][i] - top[i] : 0, grown = EXP(u);
        target[l][i] = open[l][i] ? grown : 0;
        total[i] += target[l][i];
    }
    for (int l = 0; l < levels; l++) EACH_LANE target[l][i] = target[l][i] / total[i];
}

/* product over parties of s(lambda_c D_c(k, l)), or of 1 - s */
static void wishes(const block *b, const row *all_odds, int k, int l, int against, lane_real *out)
{
    const rp_model *m = b->m;
    EACH_LANE out[i] = 1;
    for (rp_i32 j = m->party_start[k]; j < m->party_start[k + 1]; j++) {
        const lane_real *odds = all_odds[m->taste_start[j] + l];
        EACH_LANE {
            lane_real wish = logistic(odds[i]);
            out[i] *= against ? 1 - wish : wish;
        }
    }
}

static void leaving_weight(const block *b, const row *odds, int k, const int32_t *now, row *target, lane_real *rest)
{
    row leave;
    int all = b->m->option_leave[k] == RP_LEAVE_ALL;
    const uint8_t *open = b->open[b->m->slot_start[k]];
    wishes(b, odds, k, 0, !all, leave);
    EACH_LANE {
        lane_real gone = rest[i] * (all ? leave[i] : 1 - leave[i]);
        int possible = now[i] != 0 && open[i];
        target[0][i] = possible ? gone : 0;
        rest[i] = possible ? rest[i] - gone : rest[i];
    }
}

static void consent_weights(const block *b, const row *odds, int k, const int32_t *now, row *target)
{
    const mask *open = b->open + b->m->slot_start[k];
    int levels = levels_of(b->m, k);
    row total = {0}, rest;
    for (int l = 1; l < levels; l++) {
        wishes(b, odds, k, l, 0, target[l]);
        EACH_LANE target[l][i] = open[l][i] && l != now[i] ? target[l][i] : 0;
        EACH_LANE total[i] += target[l][i];
    }
    EACH_LANE total[i] = greatest(total[i], 1);
    EACH_LANE rest[i] = 1;
    for (int l = 1; l < levels; l++) EACH_LANE {
        target[l][i] = target[l][i] / total[i];
        rest[i] -= target[l][i];
    }
    leaving_weight(b, odds, k, now, target, rest);
    for (int l = 0; l < levels; l++) EACH_LANE target[l][i] = l == now[i] ? rest[i] : target[l][i];
}

/* The answers of all wanted options, after a move or (moved NULL) if nothing moves. */
static void work_out(block *b, stage *from, const levels_row *level, const mask *moved, const uint8_t *wanted, row *target)
{
    const rp_model *m = b->m;
    replying r = {from, level, NULL, {{0}}, moved ? b->odds : from->odds};
    for (int k = 0; k < m->c.options; k++) {
        int first = m->slot_start[k];
        if (!wanted[k]) continue;
        open_levels(b, k, level, level[k], b->open + first);
        if (!moved) memcpy(from->open + first, b->open + first, (size_t)levels_of(m, k) * sizeof(mask));
    }
    for (int v = 0; v < m->c.views; v++) view_odds(b, &r, v, moved, wanted);
    for (int k = 0; k < m->c.options; k++) {
        if (!wanted[k]) continue;
        if (parties_of(m, k) == 1) choice_weights(b, r.odds, k, target + m->slot_start[k]);
        else consent_weights(b, r.odds, k, level[k], target + m->slot_start[k]);
    }
}

/* ---- who answers ---- */

static int stands(const block *b, int e, levels_row *level, uint8_t *out)
{
    memset(out, 1, LANES);
    GROUP_OF_LEGS(b->m, e, j) {
        const int32_t *at = level[b->m->leg_option[j]], least_level = b->m->leg_level[j];
        EACH_LANE out[i] &= at[i] >= least_level;
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
        GROUP_OF_LEGS(m, e, j) {
            uint8_t *restrict fast = out->fast[m->leg_option[j]];
            EACH_LANE fast[i] |= before[i] & !still[i];
        }
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
        uint8_t *restrict acts = out->acts[c];
        const uint8_t *holds = b->promise_holds[c], *up = moved[k];
        const int32_t *now = level[k], goal = m->promise_level[c];
        if (!may) memset(acts, 0, LANES);
        else EACH_LANE acts[i] = !holds[i] & !up[i] & (!bound | (goal >= now[i]));
    }
}

/* Who answers a move of actor a from `level` to `after`, and which promises count on its path. */
static void who_answers(const block *b, int a, levels_row *level, levels_row *after, const mask *moved, answer *out)
{
    const rp_model *m = b->m;
    note_broken(b, level, after, out);
    for (int k = 0; k < m->c.options; k++) {
        int may = foreseen(b, k, a) && has_other_party(m, k, a), soon = m->option_review[k] <= m->actor_foresight[a];
        uint8_t *restrict answers = out->answers[k], called = (uint8_t)soon;
        const uint8_t *up = moved[k], *kept = b->kept[k], *fast = out->fast[k];
        if (!may) memset(answers, 0, LANES);
        else EACH_LANE answers[i] = (called | fast[i]) & !up[i] & !kept[i];
        out->touched[k] = may && any(answers);
    }
    note_promises(b, a, level, moved, out);
}

/* ---- screening: which answers can matter ----
 *
 * An answer to a move is worked out where it could change the decision by SCREEN log-odds: what it is worth to the actor
 * where the option stands (depth-0 path, found anew every so many periods), times by how much its odds could shift if the move
 * changed them by the log of SHIFT. Elsewhere the option answers as if nothing moved. Each lane goes by its own numbers. */

#ifndef RP_SCREEN
#define RP_SCREEN 0.5
#define RP_SHIFT 3.0 /* exp of 1.1 */
#endif
#define SCREEN ((lane_real)RP_SCREEN)
#define SHIFT ((lane_real)RP_SHIFT)
#define RP_SCREEN_AGAIN 4

/* By how much the weight of leaving where it is could change for option k. */
static void note_room(block *b, stage *s, int k)
{
    const int32_t *now = s->level[k];
    lane_real *room = s->room[k];
    EACH_LANE {
        lane_real stays = s->target[b->m->slot_start[k] + now[i]][i], leaves = 1 - stays;
        lane_real more = leaves * SHIFT / (stays + leaves * SHIFT) - leaves, fewer = leaves - leaves / (leaves + stays * SHIFT);
        room[i] = greatest(more, fewer);
    }
}

/* What actors of view v gain or lose if option k goes to other levels: the largest change of log-odds. */
static void matter_of_option(block *b, stage *s, int v, int k)
{
    const rp_model *m = b->m;
    layer at[2] = {{m->down + k * (int64_t)m->rows.all, b->ring, b->ring_mask, b->slots}, standing_layer(b, s, v)};
    levels_row to;
    memcpy(b->slots, at[1].slots, (size_t)m->c.slots * sizeof(row));
    for (int c = 1; c < levels_of(m, k); c++) {
        other_level(s->level[k], c, to);
        one_hot(b, k, to, b->slots);
        changes(b, at, v, b->gained);
        for (int a = 0; a < m->c.actors; a++) {
            if (m->actor_view[a] != v) continue;
            lane_real *most = b->matter[(int64_t)a * m->c.options + k];
            const lane_real *steadiness = b->in_steadiness[a], *gained = b->gained[a];
            EACH_LANE {
                lane_real odds = steadiness[i] * (gained[i] < 0 ? -gained[i] : gained[i]);
                most[i] = greatest(most[i], odds);
            }
        }
    }
}

static void find_matter(block *b, stage *s)
{
    const rp_model *m = b->m;
    memset(b->matter, 0, (size_t)(m->c.actors * m->c.options) * sizeof(row));
    for (int v = 0; v < m->c.views; v++)
        for (int k = 0; k < m->c.options; k++)
            if (b->known_option[k] == RP_FREE && !hidden_option(m, v, k)) matter_of_option(b, s, v, k);
}

/* Lanes in which other levels of option k are open than were if nothing moved. */
static void opens_anew(block *b, const levels_row *after, int k, uint8_t *restrict out)
{
    const rp_model *m = b->m;
    memset(out, 0, LANES);
    if (!m->option_requires[k]) return;
    open_levels(b, k, after, after[k], b->open + m->slot_start[k]);
    for (rp_i32 s = m->slot_start[k]; s < m->slot_start[k + 1]; s++) {
        const uint8_t *may = b->open[s], *might = b->shared_stage.open[s];
        EACH_LANE out[i] |= may[i] != might[i];
    }
}

/* What an answer of option k is worth to the decision of actor a: adds to b->needed, b->doubt, b->sure. */
static void screen_answer(block *b, int a, const levels_row *after, const answer *out, int k)
{
    const uint8_t *answers = out->answers[k], *fast = out->fast[k], *concern = b->concern;
    uint8_t *restrict needed = b->needed[k], *restrict sure = b->sure;
    const lane_real *matter = b->matter[(int64_t)a * b->m->c.options + k], *room = b->shared_stage.room[k];
    lane_real *restrict doubt = b->doubt;
    mask anew;
    opens_anew(b, after, k, anew);
    EACH_LANE {
        lane_real odds = matter[i] * room[i];
        uint8_t here = answers[i] & concern[i], at_once = here & (fast[i] | anew[i]), maybe = here & (odds >= SCREEN);
        needed[i] |= at_once | maybe;
        sure[i] |= at_once;
        doubt[i] += maybe ? odds * odds : 0;
    }
}

/* Adds to b->needed the lanes in which actor a needs the answers in `out` to its decision. */
static void note_needed(block *b, int a, const levels_row *after, const answer *out)
{
    for (int k = 0; k < b->m->c.options; k++) {
        if (!out->touched[k]) continue;
        if (b->plan->screened) screen_answer(b, a, after, out, k);
        else EACH_LANE b->needed[k][i] |= out->answers[k][i] & b->concern[i];
    }
}

/* Answers if nothing moves, worked out where they are not yet known. */
static void work_out_standing(block *b, stage *s, const uint8_t *wanted)
{
    int missing = 0;
    for (int k = 0; k < b->m->c.options; k++) {
        b->missing[k] = wanted[k] && !s->known[k];
        missing |= b->missing[k];
    }
    if (missing) work_out(b, s, s->level, NULL, b->missing, s->target);
    for (int k = 0; k < b->m->c.options; k++) {
        if (b->missing[k] && b->plan->screened) note_room(b, s, k);
        s->known[k] |= wanted[k];
    }
}

static void work_out_standing_if(block *b, stage *s, int asked, const uint8_t *wanted)
{
    if (asked) work_out_standing(b, s, wanted);
}

/* What is not needed answers as in `other`. */
static void take_rest(block *b, const uint8_t *wanted, const row *other, row *target)
{
    const rp_model *m = b->m;
    for (int k = 0; k < m->c.options; k++) {
        if (!wanted[k]) continue;
        const uint8_t *needed = b->needed[k];
        for (rp_i32 s = m->slot_start[k]; s < m->slot_start[k + 1]; s++) {
            lane_real *restrict weight = target[s];
            const lane_real *rest = other[s];
            EACH_LANE weight[i] = needed[i] ? weight[i] : rest[i];
        }
    }
}

/* Answers on the own stage if nothing moves. */
static void work_out_own(block *b, stage *s, const uint8_t *wanted)
{
    int missing = 0;
    for (int k = 0; k < b->m->c.options; k++) {
        b->missing[k] = wanted[k] && !s->known[k] && any(b->needed[k]);
        missing |= b->missing[k];
    }
    if (missing) work_out(b, s, s->level, NULL, b->missing, s->target);
    for (int k = 0; k < b->m->c.options; k++) b->missing[k] = wanted[k] && !s->known[k];
    take_rest(b, b->missing, b->shared_stage.target, s->target);
    for (int k = 0; k < b->m->c.options; k++) {
        s->known[k] |= wanted[k];
        s->partly[k] |= wanted[k];
    }
}

/* Answers wanted from stage s after a move (after = level: if nothing moves), by slot; b->needed says where they matter. */
static row *answers_to(block *b, stage *s, levels_row *after, const mask *moved, const uint8_t *wanted)
{
    int screened = b->plan->screened, own = s == &b->own_stage;
    if (screened && own) work_out_own(b, s, wanted);
    else work_out_standing_if(b, s, after == s->level || screened, wanted);
    if (after == s->level) return s->target;
    for (int k = 0; k < b->m->c.options; k++) b->missing[k] = wanted[k] && any(b->needed[k]);
    work_out(b, s, after, moved, b->missing, b->tried);
    if (screened) take_rest(b, wanted, s->target, b->tried);
    return b->tried;
}
