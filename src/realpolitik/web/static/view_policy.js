// What to do: plans of one's own, or a search; and what survives if the assumptions are wrong.
import { h, put, t } from "/static/dom.js";
import { analysis, area, size, stopAll } from "/static/analysis.js";
import { store } from "/static/store.js";

export async function show(main) {
  const boxes = Object.entries(store.overview.actors).map(([id, actor]) => h("label", { class: "check" }, h("input", { type: "checkbox", value: id }), actor.name));
  const who = h("fieldset", { class: "columns" }, h("legend", {}, t("policy.who")), boxes);
  const plans = area("plans", t("policy.plans"), t("policy.plans.hint"));
  const body = () => ({ who: [...who.querySelectorAll("input:checked")].map((box) => box.value), plans: plans.value() });
  put(main, h("h2", {}, t("policy.title")), h("p", {}, t("policy.intro")), who, plans.node, size(), analysis("policy", t("policy.go"), body, t("policy.note")), analysis("premortem", t("policy.premortem"), undefined, t("policy.premortem.note")));
  return stopAll;
}
