import { h, put, t } from "/static/dom.js";
import { analysis } from "/static/analysis.js";

export async function show(main) {
  put(main, h("h2", {}, t("leverage.title")), h("p", {}, t("leverage.intro")), analysis("leverage", t("leverage.go"), () => ({})));
}
