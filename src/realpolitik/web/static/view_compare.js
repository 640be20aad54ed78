// Two states side by side: scenarios, what is written, or what is set now.
import { h, number, percent, put, signed, table, t } from "/static/dom.js";
import { notice, statusline } from "/static/app.js";
import { base, stream } from "/static/stream.js";
import { store } from "/static/store.js";

export async function show(main) {
  let running = new AbortController();
  const choices = [["", t("app.changes.0"), { hold: [] }], ["now", t("compare.current"), store.state], ...store.overview.scenarios.map((item) => [item.id, item.name, { hold: item.hold }])];
  const scenarios = store.overview.scenarios;
  const side = (name, label, first) => h("p", {}, h("label", { for: name }, label), h("select", { id: name, onchange: () => ask() }, choices.map(([id, words]) => h("option", { value: id, selected: id === first }, words))));
  const state = (name) => choices.find(([id]) => id === document.getElementById(name).value)[2];
  const place = h("div", { id: "compared", "aria-live": "polite" }, h("p", {}, t("app.working")));
  put(main, h("h2", {}, t("compare.title")), h("div", { class: "bar" }, side("left", t("compare.left"), store.extra.left ?? scenarios[0]?.id ?? ""), side("right", t("compare.right"), store.extra.right ?? scenarios[1]?.id ?? "now")), place);
  async function ask() {
    running.abort();
    running = new AbortController();
    const mine = running;
    Object.assign(store.extra, { left: document.getElementById("left").value, right: document.getElementById("right").value });
    try {
      await stream(`${base()}/compare`, { left: state("left"), right: state("right"), ...(store.years ? { years: store.years } : {}) }, (part) => { if (mine === running) { draw(place, part); statusline({ ...part, ms: "–", part: "futures" }); } }, mine.signal);
    } catch (problem) { if (!mine.signal.aborted) notice(problem.message, true); }
  }
  ask();
  return () => running.abort();
}

function draw(place, part) {
  place.dataset.stage = part.stage;
  const heads = (first) => [first, t("compare.left"), t("compare.right"), t("compare.difference")];
  const rows = (items, write, change) => items.map((item) => [item.name, write(item.left), write(item.right), change(item.right - item.left)]);
  const points = (value) => `${value > 0 ? "+" : ""}${Math.round(100 * value)}`;
  put(place, h("div", { class: "two" }, h("div", {}, table(heads(t("answers.actor")), rows(part.actors, signed, signed), `${t("answers.who", { years: "" }).split(",")[0]} (${t("app.changes.0")} = 0)`)),
    h("div", {}, table(heads(t("answers.option")), rows(part.options.slice(0, 15), percent, points)), table(heads(t("answers.factors")), rows(part.factors.slice(0, 12), number, (value) => (value > 0 ? "+" : "") + value.toFixed(2))))));
}
