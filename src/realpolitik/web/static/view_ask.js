// The first screen: a question answered, what one may change, and why each number is what it is.
import { figure, h, percent, post, put, s, signed, t } from "/static/dom.js";
import { Drag } from "/static/drag.js";
import { refresh, statusline } from "/static/app.js";
import { panel } from "/static/panel.js";
import { store, write } from "/static/store.js";

export async function show(main) {
  const what = h("section", { class: "what", "aria-label": t("what.title") });
  const middle = h("section", { class: "middle", "aria-label": t("answers.lines") });
  const right = h("section", { class: "answers", id: "answers", "aria-label": t("answers.title") });
  const why = h("section", { class: "why", id: "why", "aria-label": t("why.title") }, h("h2", {}, t("why.title")), h("p", { class: "note" }, t("why.hint")));
  const shown = parts(right, middle, why);
  const drag = new Drag(`/api/s/${encodeURIComponent(store.key)}/whatif`, shown, statusline);
  const asked = () => { write(); refresh(); document.getElementById("main").setAttribute("aria-busy", "true"); drag.ask(request()); };
  put(main, bar(() => { panel(what, asked); asked(); }), h("div", { class: "three" }, what, h("div", {}, right, why), middle));
  panel(what, asked);
  asked();
  return () => drag.stop();
}

export function request(state = store.state) {
  return { state, question: store.question, ask: store.ask, ...(store.years ? { years: store.years } : {}), depth: store.depth };
}

function bar(asked) {
  const select = h("select", { id: "question", onchange: (event) => { store.question = Number(event.target.value); store.ask = ""; own.value = ""; asked(); } },
    store.overview.questions.map((item) => h("option", { value: item.number, selected: !store.ask && item.number === store.question }, item.text)),
    h("option", { value: 0, selected: !store.ask && store.question === 0 }, t("ask.forced")));
  const own = h("input", { id: "own", value: store.ask, placeholder: t("ask.own.hint"), maxlength: 300, autocomplete: "off", spellcheck: "false" });
  const middle = store.overview.answers[Math.floor(store.overview.answers.length / 2)];
  const years = h("fieldset", { class: "years" }, h("legend", {}, t("ask.years")), store.overview.answers.map((item) => h("label", {},
    h("input", { type: "radio", name: "years", value: item, checked: item === (store.years || middle), onchange: () => { store.years = item; asked(); } }), spelled(item))));
  return h("div", { class: "bar" }, h("p", { class: "grow" }, h("label", { for: "question" }, t("ask.question")), select), years,
    h("label", { class: "check" }, h("input", { type: "checkbox", checked: store.depth === 1, onchange: (event) => { store.depth = event.target.checked ? 1 : 0; asked(); } }), t("ask.depth")),
    h("form", { class: "row", onsubmit: (event) => { event.preventDefault(); store.ask = own.value.trim(); asked(); } }, h("label", { for: "own" }, t("ask.own")), own, h("button", {}, t("ask.go"))));
}

function spelled(years) { return years < 0.25 ? t("ask.days.n", { n: Math.round(365.25 * years) }) : years === 1 ? t("ask.years.one") : t("ask.years.n", { n: years }); }

function parts(right, middle, why) {
  const places = { sentence: h("p", { class: "sentence", id: "sentence" }), gains: h("div", {}), lines: h("div", {}), options: h("div", {}), factors: h("div", {}), picture: h("div", {}), error: h("p", { class: "bad", role: "alert", hidden: true }) };
  put(right, h("h2", {}, t("answers.title")), places.error, places.sentence, places.gains);
  put(middle, places.lines, places.options, places.factors);
  return (part) => {
    places.error.hidden = !part.error;
    if (part.error) { places.error.textContent = part.error; return; }
    document.getElementById("main").dataset.stage = part.stage;
    if (part.part === "gains") gains(places, part, why);
    if (part.part === "lines") lines(places.lines, part);
    if (part.part === "futures") { futures(places, part); if (part.stage === "refined") document.getElementById("main").setAttribute("aria-busy", "false"); }
  };
}

// The table is kept and its cells are changed, so that the eye and the focus stay where they are while dragging.
function gains(places, part, why) {
  places.sentence.textContent = part.sentence || "";
  if (!part.rows.length) { put(places.gains, h("p", { class: "note" }, t("answers.none"))); return; }
  const span = Math.max(1, ...part.rows.flatMap((row) => [Math.abs(row.gain), Math.abs(row.before)]));
  const body = h("tbody", {}, part.rows.map((row) => h("tr", { "data-actor": row.actor },
    h("th", { scope: "row" }, h("button", { class: "plain", "aria-label": t("answers.why", { name: row.name, gain: signed(row.gain) }), onclick: () => explain(why, row) }, row.name)),
    h("td", { class: `number ${row.gain < -0.5 ? "down" : row.gain > 0.5 ? "up" : ""}`, "data-cell": "now" }, signed(row.gain)),
    h("td", { class: "bars" }, bar2(row, span)),
    h("td", { class: "number quiet", "data-cell": "before" }, signed(row.before)),
    h("td", { class: "number quiet" }, t("word.between", { low: signed(row.low), high: signed(row.high) })),
    h("td", { class: "number quiet" }, signed(row.by_itself)),
    h("td", { class: "number" }, percent(row.share_losing_most)))));
  const focused = document.activeElement?.closest?.("tr")?.dataset.actor;
  put(places.gains, h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": t("answers.who", { years: spelled(part.years) }) }, h("table", { id: "gains" }, h("caption", {}, t("answers.who", { years: spelled(part.years) })),
    h("thead", {}, h("tr", {}, [t("answers.actor"), t("answers.now"), "", t("answers.before"), t("answers.range"), t("answers.itself"), t("answers.most")].map((name) => name ? h("th", { scope: "col" }, name) : h("td", { "aria-hidden": "true" })))), body)));
  if (focused) body.querySelector(`tr[data-actor="${CSS.escape(focused)}"] button`)?.focus();
}

function bar2(row, span) {
  const x = (value) => 50 + 46 * value / span;
  const from = Math.min(x(0), x(row.gain));
  return s("svg", { viewBox: "0 0 100 16", width: 100, height: 16, class: "rp", "aria-hidden": "true" },
    s("line", { x1: 50, x2: 50, y1: 0, y2: 16, class: "axis" }),
    s("rect", { x: from, y: 3, width: Math.max(0.5, Math.abs(x(row.gain) - x(0))), height: 10, class: row.gain < 0 ? "loss" : "gain" }),
    s("line", { x1: x(row.before), x2: x(row.before), y1: 0, y2: 16, class: "thick" }));
}

function lines(place, part) {
  if (!part.rows.length) { put(place); return; }
  put(place, h("h2", {}, t("answers.lines")), h("ul", { class: "lines" }, part.rows.map((row) => row.refused
    ? h("li", { class: "note" }, h("code", {}, row.ask), " ", t("answers.refused", { why: row.refused }))
    : h("li", {}, row.text, " ", row.moved ? h("strong", { class: "moved" }, `(${t("answers.before").toLowerCase()}: ${row.before})`) : null))));
}

function futures(places, part) {
  const open = places.options.querySelector("details")?.open;
  const row = (item) => h("tr", {}, h("th", { scope: "row" }, item.name), h("td", { class: "number" }, percent(item.now)), h("td", { class: "number quiet" }, percent(item.before)), h("td", {}, spark(item.path)));
  const made = (rows, caption) => h("table", {}, caption ? h("caption", {}, caption) : null, h("thead", {}, h("tr", {}, ["answers.option", "answers.now", "answers.before", "answers.course"].map((name) => h("th", { scope: "col" }, t(name))))), h("tbody", {}, rows.map(row)));
  const years = spelled(store.years || store.overview.answers[Math.floor(store.overview.answers.length / 2)]);
  put(places.options, h("h2", {}, t("answers.do", { years })), made(part.options.slice(0, 8)),
    h("details", { open }, h("summary", {}, t("answers.all", { n: part.options.length })), made(part.options)));
  if (part.pictures) { put(places.factors, h("h2", {}, t("answers.factors")), part.pictures.map(figure)); return; }
  const texts = places.factors.querySelector(".quick") || h("ul", { class: "quick lines" });
  put(texts, part.factors.map((item) => h("li", {}, `${item.name} (0 ${item.from}, 1 ${item.to}): `, h("strong", {}, item.now.toFixed(2)), ` · ${t("answers.before").toLowerCase()} ${item.before.toFixed(2)}`)));
  if (!places.factors.contains(texts)) put(places.factors, h("h2", {}, t("answers.factors")), texts, [...places.factors.querySelectorAll("figure")]);
}

function spark(path) {
  const points = path.map((value, i) => `${(96 * i / Math.max(1, path.length - 1)).toFixed(1)},${(15 - 14 * value).toFixed(1)}`).join(" ");
  return s("svg", { viewBox: "0 0 96 16", width: 96, height: 16, class: "rp", role: "img", "aria-label": `${percent(path[0])} – ${percent(path.at(-1))}` },
    s("line", { x1: 0, x2: 96, y1: 15, y2: 15, class: "grid" }), s("polyline", { points, class: "rule" }));
}

// Why: number -> what moved -> links and choices -> claims and judgements.
export async function explain(place, row) {
  put(place, h("h2", {}, t("why.title")), h("p", {}, t("app.working")));
  try {
    const found = await post(`/api/s/${encodeURIComponent(store.key)}/why`, { ...request(), actor: row.actor });
    put(place, h("h2", { tabindex: "-1" }, found.question), h("ol", { class: "chain" }, found.sentences.map((text) => h("li", {}, text))),
      found.picture ? figure(found.picture) : null, h("ul", { class: "chain", "aria-label": t("why.title") }, found.trace.map(step)));
    place.querySelector("h2").focus();
    place.scrollIntoView({ block: "nearest" });
  } catch (problem) { put(place, h("h2", {}, t("why.title")), h("p", { class: "bad", role: "alert" }, problem.message)); }
}

function step(item) {
  const behind = (item.claims || []).map((claim) => h("a", { class: "claim", href: `#/${encodeURIComponent(store.key)}/claims?claim=${encodeURIComponent(claim)}` }, t("why.claim", { id: claim })));
  const said = item.claims && !item.claims.length ? h("span", { class: "note" }, t("why.judgement", { author: item.author || t("why.nobody") })) : null;
  return h("li", { class: `deep${Math.min(6, item.depth)}` }, h("span", { class: "number" }, item.change > 0 ? "+" : "", item.change.toFixed(2)), " ", item.label || item.name, item.kind === "held" ? ` (${t("why.held")})` : item.kind === "chosen" ? ` (${t("why.chosen")})` : "", " ", behind, said);
}
