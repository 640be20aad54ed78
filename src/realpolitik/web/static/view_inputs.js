// What the answers rest on: which judgements carry them, what would reverse one; and every uncertain number.
import { h, number, put, t } from "/static/dom.js";
import { analysis, line, size, stopAll } from "/static/analysis.js";
import { store } from "/static/store.js";

export async function show(main) {
  const built = store.overview.built_from;
  const body = h("tbody", {});
  const draw = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    put(body, store.overview.inputs.filter((item) => words.every((word) => `${item.name} ${item.claims.join(" ")} ${item.author}`.toLowerCase().includes(word))).slice(0, 150).map(row));
  };
  const asked = line("line");
  const find = h("input", { id: "find", type: "search", oninput: draw });
  put(main, h("h2", {}, t("inputs.title")), h("p", {}, t("inputs.intro", { claims: built.on_claims, judgement: built.on_judgement })), size(), analysis("assumptions", t("inputs.go")), asked.node,
    analysis("sensitivity", t("inputs.sensitivity"), asked.value), analysis("flip", t("inputs.flip"), asked.value, t("inputs.flip.note")), analysis("discover", t("inputs.discover"), asked.value, t("inputs.discover.note")),
    h("h3", {}, t("inputs.all")),
    h("p", {}, h("label", { for: "find" }, t("what.find")), find),
    h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": t("inputs.title") }, h("table", {}, h("thead", {}, h("tr", {}, ["inputs.name", "inputs.value", "inputs.range", "inputs.by"].map((key) => h("th", { scope: "col" }, t(key))))), body)));
  draw();
  return stopAll;
}

function row(item) {
  const shown = (value) => number(value * item.show);
  return h("tr", {}, h("th", { scope: "row" }, h("a", { href: `#/${encodeURIComponent(store.key)}/ask?input=${encodeURIComponent(item.name)}`, "aria-label": t("inputs.move", { name: item.name }) }, item.name)), h("td", {}, item.written), h("td", { class: "number" }, `${shown(item.low)} – ${shown(item.high)} ${item.unit}`),
    h("td", {}, item.claims.length ? item.claims.map((claim) => h("a", { class: "claim", href: `#/${encodeURIComponent(store.key)}/claims?claim=${encodeURIComponent(claim)}` }, claim)) : t("why.judgement", { author: item.author || t("why.nobody") })));
}
