/* One block of draws: its inputs turned to rows, the state of the world and of every view, and room to think in.
 *
 * All of it lives in one workspace that Python allocates once per thread; nothing is allocated while running. */
#include "rp_api.h"
#include "rp_lanes.h"
#include "rp_chance.h"

#define ENDLESS ((lane_real)1e30) /* more than any score or margin; infinite where it is written */

typedef int32_t levels_row[LANES];
typedef uint8_t mask[LANES];

/* One copy of the factor state: the world's, a view's, or the one a look-ahead path works on. */
typedef struct {
    row *state;                   /* slots, factors, computed nodes (rows as in rp_model) */
    row *anchor, *shift;          /* by factor; A less sum e phi(0) of its influences */
    row *y;                       /* by link: delayed term */
    row *yp, *phi0p, *per_room;   /* by pull: the same, the term at the start, and 1 / (1 - phi0), 0 where phi0 = 1 */
    row *ended, *before;          /* by pull: 1 while ended by a shock; the term in the previous advance */
    int any_ended;
} mind;

/* What others answer to a move: target weights by slot, who answers and how fast, promises that act. */
typedef struct {
    row *target;                  /* by slot */
    mask *answers, *fast;         /* by option */
    mask *acts;                   /* by promise */
    uint8_t *touched;             /* by option: does it answer in any lane? */
} answer;

/* A path in full, for others to stand on: its slots, and its rows by step. */
typedef struct {
    row *slots, *rows;
    int ready;
} reel;

/* A path along which others answer, kept for the same actor's moves to be laid on. */
typedef struct {
    int64_t version;              /* of the stage it starts from */
    int actor;
    row *rows, *slots, *target;   /* by step; where options stood at its start; what they go to */
    mask *answers, *fast, *acts;
} basis;

/* Levels in force that decisions start from: the paths if nothing moves, what others then answer, and by what odds. */
typedef struct {
    levels_row *level;
    int64_t version;              /* anew whenever the levels are */
    reel *reels;
    row *target, *odds;
    uint8_t *known;               /* by option: whether its answer, if nothing moves, is worked out */
    uint8_t *partly;              /* by option: in some lanes it was taken from the shared stage */
    mask *open;                   /* by slot: levels open if nothing moves, of options known */
    row *room;                    /* by option: by how much its answer can change at most, so far as is screened for */
} stage;

enum { RP_FREE = -1 };            /* in the tables of holds */

typedef struct {
    const rp_model *m;
    const rp_plan *plan;
    lane_keys keys;
    int lanes;                    /* lanes in use; the rest repeat the last draw */
    int t;
    int64_t first;                /* row of lane 0 */

    row *shared;                  /* constants, then parameters */
#define RP_DECLARE(name, length) row *in_##name;
    RP_DRAW_FIELDS(RP_DECLARE)
#undef RP_DECLARE
    row *alpha_over[RP_MOST_SPAN + 1], *link_gain_over[RP_MOST_SPAN + 1], *pull_gain_over[RP_MOST_SPAN + 1];
                                  /* by factor, link, pull: the share of a gap closed in so many periods */
    const rp_grid *grid;          /* the steps of imagined paths */
    row *logit_size;              /* by effect: L(size) */
    row *taste;                   /* persistent tastes by key */
    row *started;                 /* by factor: true level at the factual start */
    row *central;                 /* by factor: central start, clipped */

    row *eta;
    levels_row *level, *settled, *next, *common; /* by option: now; after step 1; being decided; seen by joint decisions */
    levels_row *until;            /* by promise: first period in which it is no longer kept */
    mask *fired_at;               /* (T + 1, shocks) */
    mask *spent;
    row *running;                 /* by shock: shifts of it that run */
    mask *on_before, *on_crossed; /* by option */
    mask *promise_before, *promise_holds; /* by promise */
    mask *honoured_now;           /* by option: a joint option's promise was just honoured */
    mask *stood, *recalled;       /* by exchange; by option: legs to be reviewed next */
    levels_row *phase;            /* by option, then exchange */
    int8_t (*lottery)[LANES];     /* by promise: outcome of this period */
    row margin;

    /* holds in force, the same for every lane */
    double *held_factor, *known_factor;   /* value or RP_FREE */
    int *held_option, *known_option;      /* level or RP_FREE */
    int8_t *held_shock, *known_shock;     /* (T + 2 + most foresight, shocks): 1 fires, 0 held back, RP_FREE */

    mind *view;                   /* view[0] is the world */
    stage shared_stage, own_stage; /* after commitments and joint decisions; after an actor's own earlier decisions */
    int64_t versions;
    basis *told;                   /* of the shared stage by actor, as many as there is room for; the last: of the own stage */
    int bases;
    rp_u8 *departs;               /* rows in which a path with answers differs from the one it is laid on */
    reel *moved_reel;              /* by view: after a move */
    row *ring, *slots;            /* the path being walked, and its slots */
    int ring_mask;
    rp_i32 *todo;
    rp_u8 *down;                  /* rows that a move can change, where it is several options' */
    row *most_trigger;
    row *screen;                  /* a state to evaluate conditions on */
    row *sight;                   /* slots at the start of a path with answers */
    row *score;                   /* (parties of one option, levels) */
    row *odds;                    /* by party and level (rows as tastes): lambda D of a reply */
    mask *open;                   /* by slot: levels a reply can go to */
    levels_row *force, *moving;   /* by option: levels in force for a decision, and with its move */
    levels_row *turn;             /* which option at which place in an actor's order */
    wide_row *lot;
    mask *open_own;               /* by slot: levels the decision at hand can choose */
    mask *moved, *kept, *due;     /* by option */
    int *own;                     /* an actor's due options */
    levels_row nobody;
    answer others;
    row *tried;                   /* by slot: answers to a move */
    rp_i32 *giver;
    row *gained;                  /* by actor */
    row *trial;                   /* by giver of an exchange */
    row *change;                  /* by slot: what a move to it changes for the actor at hand */
    row *liking;                  /* tastes at this review */
    uint8_t *wanted, *missing;    /* by option */
    mask concern;                 /* lanes that the decision at hand is about */
    row doubt;                    /* by how many log-odds answers could change the decision at hand: sum of squares */
    mask sure;                    /* lanes in which answers must be worked out whatever the decision looks like */
    mask *needed;                 /* by option: lanes in which its answer to the move at hand is worked out */
    row *matter;                  /* (A, K) log-odds that an actor's decisions owe at most to where an option stands */
} block;

static inline row *row_at(const block *b, row *state, rp_i32 r) { return r < 0 ? &b->shared[~r] : &state[r]; }

static inline row *node_at(const block *b, row *state, rp_i32 q) { return row_at(b, state, b->m->node_row[q]); }

static inline row *level_of_factor(const block *b, row *state, rp_i32 i) { return row_at(b, state, b->m->factor_row[i]); }

static inline int levels_of(const rp_model *m, int k) { return m->slot_start[k + 1] - m->slot_start[k]; }

static inline int parties_of(const rp_model *m, int k) { return m->party_start[k + 1] - m->party_start[k]; }

static inline int hidden_factor(const rp_model *m, int v, int i) { return m->view_hidden_factor[v * m->c.factors + i]; }

static inline int hidden_option(const rp_model *m, int v, int k) { return m->view_hidden_option[v * m->c.options + k]; }

static inline int any(const uint8_t *set)
{
    uint64_t found = 0, word;
    for (int i = 0; i < LANES; i += 8) {
        memcpy(&word, set + i, sizeof word);
        found |= word;
    }
    return found != 0;
}

#define GROUP_OF_LEGS(m, e, j) for (rp_i32 j = (m)->leg_start[e]; j < (m)->leg_start[(e) + 1]; j++)
