import { h, put, t } from "/static/dom.js";
import { analysis } from "/static/analysis.js";

export async function show(main) {
  const more = [["alignment", "leverage.alignment"], ["coalitions", "leverage.coalitions"], ["norms", "leverage.norms"], ["contingencies", "leverage.contingencies"]]
    .map(([name, words]) => analysis(name, t(words), () => ({})));
  put(main, h("h2", {}, t("leverage.title")), h("p", {}, t("leverage.intro")), analysis("leverage", t("leverage.go"), () => ({})), ...more);
}
