// The ledger of forecasts: questions with a rule and a date, what was said of them, what happened, how good it was.
import { figure, get, h, percent, post, put, t } from "/static/dom.js";
import { prompted } from "/static/app.js";
import { refused } from "/static/analysis.js";
import { base, sign, signature } from "/static/stream.js";

const ASKED = ["forecasts.text", "forecasts.rule", "forecasts.due", "forecasts.ask"];

export async function show(main) {
  const found = await get(`${base()}/forecasts`);
  const trouble = h("div", {});
  const doing = async (path, body, signed = true) => {
    const by = signed ? signature() || (await prompted(t("claims.signed"))) : "";
    if (signed && !by) return;
    if (by) sign(by);
    try { await post(`${base()}/forecasts/${path}`, { ...body, by }); await show(main); } catch (problem) { put(trouble, refused(problem)); }
  };
  put(main, h("h2", {}, t("forecasts.title")), trouble, h("p", { id: "kept" }, found.sentences.join(" ")),
    h("ul", { class: "cards", id: "questions" }, found.rows.map((row) => card(row, found.own, doing))),
    found.own ? form(doing) : h("p", { class: "note" }, t("claims.readonly")),
    h("h3", {}, t("forecasts.score")), h("ul", { class: "lines" }, found.scores.map((text) => h("li", {}, text))), found.pictures.map(figure));
}

function card(row, own, doing) {
  const said = Object.entries(row.last).map(([who, p]) => `${who} ${percent(p)}`).join(", ");
  return h("li", { class: "card", id: `question-${row.id}` }, h("h3", {}, row.id), h("p", {}, row.text), h("p", { class: "note" }, `${row.rule} · ${t("forecasts.due.on", { date: row.due })}`), row.ask ? h("p", { class: "note" }, h("code", {}, row.ask)) : null,
    said ? h("p", {}, h("strong", {}, said)) : null, row.answer ? h("p", {}, t("forecasts.answered", { answer: row.answer }), ` (${row.source})`) : own ? deciding(row, doing) : null);
}

function deciding(row, doing) {
  const p = h("input", { type: "number", min: 0, max: 100, step: "any", required: true, "aria-label": t("forecasts.p", { id: row.id }) });
  const answer = h("select", { "aria-label": t("forecasts.answer", { id: row.id }) }, ["yes", "no", "void"].map((each) => h("option", { value: each }, each)));
  const source = h("input", { maxlength: 300, required: true, "aria-label": t("forecasts.source", { id: row.id }) });
  return [h("form", { class: "row", onsubmit: (event) => { event.preventDefault(); doing("say", { id: row.id, p: Number(p.value) / 100 }); } }, p, "%", h("button", {}, t("forecasts.say")), row.ask ? h("button", { type: "button", onclick: () => doing("say", { id: row.id }, false) }, t("forecasts.model")) : null),
    h("form", { class: "row", onsubmit: (event) => { event.preventDefault(); doing("resolve", { id: row.id, answer: answer.value, source: source.value }); } }, answer, source, h("button", {}, t("forecasts.resolve")))];
}

function form(doing) {
  const given = Object.fromEntries(ASKED.map((words) => words.split(".")[1]).map((name) => [name, h("input", { id: `new-${name}`, maxlength: 400, autocomplete: "off", required: name !== "ask", ...(name === "due" ? { type: "date" } : {}) })]));
  return h("form", { class: "card", onsubmit: (event) => { event.preventDefault(); doing("ask", Object.fromEntries(Object.entries(given).map(([name, each]) => [name, each.value]))); } },
    h("h3", {}, t("forecasts.new")), ASKED.map((words) => h("p", { class: "asked" }, h("label", { for: `new-${words.split(".")[1]}` }, t(words)), given[words.split(".")[1]])), h("button", {}, t("forecasts.add")));
}
