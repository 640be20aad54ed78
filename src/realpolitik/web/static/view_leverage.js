import { h, put, t } from "/static/dom.js";
import { analysis, size, stopAll } from "/static/analysis.js";

export async function show(main) {
  const more = ["leverage.alignment", "leverage.coalitions", "leverage.norms", "leverage.contingencies"].map((words) => analysis(words.split(".")[1], t(words)));
  put(main, h("h2", {}, t("leverage.title")), h("p", {}, t("leverage.intro")), size(), analysis("leverage", t("leverage.go")), ...more);
  return stopAll;
}
