// Rival hypotheses against evidence, what to watch, and what reports change.
import { h, put, t } from "/static/dom.js";
import { analysis, area, size, stopAll } from "/static/analysis.js";

export async function show(main) {
  const saw = area("saw", t("watch.saw"), t("watch.saw.hint"));
  const outcomes = area("outcomes", t("watch.outcomes"), t("watch.outcomes.hint"), 2);
  const reported = () => ({ saw: saw.value() });
  put(main, h("h2", {}, t("watch.title")), h("p", {}, t("watch.intro")), size(), saw.node, analysis("hypotheses", t("watch.hypotheses"), reported), analysis("assimilate", t("watch.assimilate"), reported),
    outcomes.node, analysis("indicators", t("watch.indicators"), () => ({ outcomes: outcomes.value() })));
  return stopAll;
}
