/* Pure equilibria, for payoffs of the type RP_TYPE; included once for each. Functions named by RP_NAMED(name).
 *
 * payoffs: tables of all actors one after another, each with one axis for every actor, the last one's choice fastest.
 */

/* Cells in which the first actor has no better choice, ascending; best: one number for each choice of the others. */
static int64_t RP_NAMED(first)(const RP_TYPE *table, int64_t choices, int64_t inner, RP_TYPE *best, int64_t *found)
{
    int64_t count = 0;
    for (int64_t k = 0; k < inner; k++) best[k] = table[k];
    for (int64_t a = 1; a < choices; a++)
        for (int64_t k = 0; k < inner; k++) best[k] = table[a * inner + k] > best[k] ? table[a * inner + k] : best[k];
    for (int64_t a = 0; a < choices; a++)
        for (int64_t k = 0; k < inner; k++) {
            found[count] = a * inner + k;
            count += table[a * inner + k] >= best[k];
        }
    return count;
}

/* Of the cells found so far, those in which an actor has no better choice. */
static int64_t RP_NAMED(keep)(const RP_TYPE *table, int64_t choices, int64_t inner, int64_t *found, int64_t count)
{
    int64_t kept = 0;
    for (int64_t c = 0; c < count; c++) {
        const int64_t cell = found[c], own = cell / inner % choices;
        const RP_TYPE *line = table + cell - own * inner, here = table[cell];
        int64_t a = 0;
        while (a < choices && line[a * inner] <= here) a++;
        found[kept] = cell;
        kept += a == choices;
    }
    return kept;
}

RP_EXPORT int64_t RP_NAMED(rp_pure)(
    const RP_TYPE *payoffs, const int64_t *choices, int64_t actors, RP_TYPE *best, int64_t *found)
{
    int64_t cells = 1, inner;
    for (int64_t i = 0; i < actors; i++) cells *= choices[i];
    inner = cells / choices[0];
    int64_t count = RP_NAMED(first)(payoffs, choices[0], inner, best, found);
    for (int64_t i = 1; i < actors; i++) {
        inner /= choices[i];
        count = RP_NAMED(keep)(payoffs + i * cells, choices[i], inner, found, count);
    }
    return count;
}
