import { h, put, t } from "/static/dom.js";
import { analysis, size, stopAll } from "/static/analysis.js";
import { store } from "/static/store.js";

export async function show(main) {
  const boxes = store.overview.options.map((item) => h("label", { class: "check" }, h("input", { type: "checkbox", value: item.id }), `${item.owners.join(", ")}: ${item.name}`));
  const chosen = () => ({ focal: [...main.querySelectorAll("fieldset input:checked")].map((box) => box.value) });
  put(main, h("h2", {}, t("stability.title")), h("fieldset", { class: "columns" }, h("legend", {}, t("stability.focal")), boxes), size(), analysis("stability", t("stability.go"), chosen));
  return stopAll;
}
