/* Exchanges: all legs below their names are raised at once, if every giver strictly gains. */

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

/* The actors who give something in exchange e: b->giver. */
static int find_givers(block *b, int e)
{
    int count = 0;
    for (int a = 0; a < b->m->c.actors; a++)
        if (gives(b->m, e, a)) b->giver[count++] = a;
    return count;
}

/* V of every giver without and with the legs raised: b->gained by actor becomes lambda_a D_a. */
static void note_gain(const block *b, int a, int raised, const lane_real *value)
{
    lane_real *gain = b->gained[a];
    const lane_real *steadiness = b->in_steadiness[a];
    row cost;
    if (!raised) {
        memcpy(gain, value, sizeof(row));
        return;
    }
    own_switches(b, a, cost);
    EACH_LANE gain[i] = steadiness[i] * (value[i] - gain[i] - cost[i]);
}

/* What raising the legs is worth to every giver if nobody answers it: b->trial; the answers where they could turn it. */
static row *sound_givers(block *b, int givers)
{
    row rival, cost;
    sounding s;
    begin_sounding(b, &s, 1);
    for (int g = 0; g < givers; g++) {
        int a = b->giver[g];
        own_switches(b, a, cost);
        EACH_LANE rival[i] = b->in_steadiness[a][i] * (b->gained[a][i] + cost[i]);
        sound(b, &s, a, b->moving, rival, b->trial[g]);
    }
    return after_sounding(b, &s, b->moving);
}

static void find_gains(block *b, int givers)
{
    row value, *target = NULL;
    for (int raised = 0; raised < 2; raised++) {
        levels_row *after = raised ? b->moving : b->common;
        int sounded = raised && b->plan->depth && b->plan->screened;
        if (sounded) target = sound_givers(b, givers);
        else if (b->plan->depth) target = foresee_jointly(b, b->giver, givers, after);
        for (int g = 0; g < givers; g++) {
            int a = b->giver[g];
            if (sounded && !target) memcpy(value, b->trial[g], sizeof value);
            else joint_prospect(b, target, a, after, value);
            note_gain(b, a, raised, value);
        }
    }
}

static void form(block *b, int e, const uint8_t *due)
{
    const rp_model *m = b->m;
    row least_gain, worst_loss;
    int givers = find_givers(b, e);
    memcpy(b->concern, due, LANES);
    find_gains(b, givers);
    EACH_LANE least_gain[i] = worst_loss[i] = ENDLESS;
    EACH_LANE worst_loss[i] = -ENDLESS;
    for (int g = 0; g < givers; g++) {
        const lane_real *gain = b->gained[b->giver[g]];
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
    if (changed) GROUP_OF_LEGS(m, e, j) restart_after(b, &b->shared_stage, m->leg_option[j]);
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
