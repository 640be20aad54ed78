/* The kernel: a template, included once for every precision and instruction set. */
#include "rp_block.h"
#include "rp_workspace.h"
#include "rp_load.h"
#include "rp_terms.h"
#include "rp_factor.h"
#include "rp_path.h"
#include "rp_world.h"
#include "rp_output.h"
#include "rp_reply.h"
#include "rp_prospect.h"
#include "rp_promise.h"
#include "rp_alone.h"
#include "rp_joint.h"
#include "rp_exchange.h"
#include "rp_review.h"

static int64_t workspace_of(const rp_model *m, int depth)
{
    block b;
    memset(&b, 0, sizeof b);
    return carve_all(m, &b, depth, NULL);
}

static int run_rows(const rp_model *m, const rp_draws *draws, const rp_plan *plan, const rp_paths *paths, int64_t first,
    int64_t last, void *memory, int64_t bytes, rp_fault *fault)
{
    block b;
    char *base = (char *)(((uintptr_t)memory + 63) & ~(uintptr_t)63);
    memset(&b, 0, sizeof b);
    (void)bytes;
    b.plan = plan;
    int64_t used = carve_all(m, &b, plan->depth, base) - 64;
    for (int64_t r = first; r < last; r += LANES) {
        load(&b, draws, r, last);
        start(&b);
        for (b.t = 0; b.t <= m->periods; b.t++) {
            period(&b, paths);
            if (b.t < m->periods) advance_world(&b);
        }
    }
    release(base, used);
    fault->reason = RP_FINE;
    return 1;
}

const rp_variant RP_VARIANT = {RP_VARIANT_NAME, RP_SINGLE, LANES, workspace_of, run_rows};
