// The what-if panel: scenarios, forced options with dates, readings, and every input as a slider.
import { h, number, put, t } from "/static/dom.js";
import { change, settle, store } from "/static/store.js";

const SHOWN = 6;

export function panel(place, moved) {
  const changed = (edit, step) => { change(edit, step); moved(); };
  put(place, h("h2", {}, t("what.title")), scenarios(changed, () => panel(place, moved)), forcing(changed, () => panel(place, moved)),
    readings(changed), sliders(changed));
}

function scenarios(changed, draw) {
  if (!store.overview.scenarios.length) return null;
  const held = JSON.stringify(store.state.hold);
  const select = h("select", { id: "scenario", onchange: (event) => {
    const chosen = store.overview.scenarios.find((item) => item.id === event.target.value);
    changed((state) => { state.hold = chosen ? structuredClone(chosen.hold) : []; });
    draw();
    document.getElementById("scenario").focus();
  } }, h("option", { value: "" }, t("what.scenario.none")),
    store.overview.scenarios.map((item) => h("option", { value: item.id, selected: JSON.stringify(item.hold) === held }, item.name)));
  return h("p", {}, h("label", { for: "scenario" }, t("what.scenario")), select);
}

function ownersOf(option) {
  return option.owners.map((id) => store.overview.actors[id]?.name || id).join(", ");
}

function forcing(changed, draw) {
  const taken = new Set(store.state.hold.map((hold) => hold.id));
  const adding = h("select", { id: "force", onchange: (event) => {
    const option = store.overview.options.find((item) => item.id === event.target.value);
    if (!option) return;
    const level = option.levels.findLast((item) => item !== option.now);
    changed((state) => { state.hold.push({ id: option.id, level, from: "", until: "", secretly: false }); });
    draw();
    document.getElementById(`level-${option.id}`).focus();
  } }, h("option", { value: "" }, t("what.force.choose")),
    store.overview.options.filter((item) => !taken.has(item.id)).map((item) => h("option", { value: item.id }, `${ownersOf(item)}: ${item.name}`)));
  return h("section", { "aria-label": t("what.force") }, h("p", {}, h("label", { for: "force" }, t("what.force")), adding),
    h("ul", { class: "forced" }, store.state.hold.map((hold, i) => forced(hold, i, changed, draw))));
}

function forced(hold, i, changed, draw) {
  const option = store.overview.options.find((item) => item.id === hold.id);
  const thing = option || store.overview.shocks.find((item) => item.id === hold.id) || store.overview.factors.find((item) => item.id === hold.id) || { name: hold.id };
  const level = option ? h("select", { id: `level-${hold.id}`, "aria-label": t("what.level", { name: thing.name }), onchange: (event) => changed((state) => { state.hold[i].level = event.target.value; }) },
    option.levels.map((item) => h("option", { value: item, selected: item === hold.level }, item))) : h("span", {}, hold.value === undefined ? t("why.held") : number(hold.value));
  return h("li", {}, h("span", { class: "name" }, thing.name, " ", h("code", {}, hold.id)), h("div", { class: "row" }, level,
    h("input", { type: store.overview.date_shown === 10 ? "date" : "month", "aria-label": t("what.from", { name: thing.name }), value: (hold.from || "").slice(0, store.overview.date_shown), min: store.overview.as_of.slice(0, store.overview.date_shown), onchange: (event) => changed((state) => { state.hold[i].from = event.target.value; }) }),
    h("button", { "aria-label": t("what.remove", { name: thing.name }), onclick: () => { changed((state) => { state.hold.splice(i, 1); }); draw(); document.getElementById("force").focus(); } }, "×")));
}

function readings(changed) {
  if (!store.overview.hypotheses.length) return null;
  return h("fieldset", {}, h("legend", {}, t("what.readings")), store.overview.hypotheses.map((group, g) => h("p", {},
    h("label", { for: `reading-${g}` }, group.id),
    h("select", { id: `reading-${g}`, onchange: (event) => changed((state) => { if (event.target.value) state.readings[group.id] = event.target.value; else delete state.readings[group.id]; }) },
      h("option", { value: "" }, t("what.readings.open")),
      group.readings.map((item) => h("option", { value: item.id, title: item.says, selected: store.state.readings[group.id] === item.id }, item.id))))));
}

// Which inputs come first: those moved, those a link asks for, then those that name what the question is about.
function chosen(find) {
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  const all = store.overview.inputs;
  if (words.length) return all.filter((item) => words.every((word) => `${item.name} ${item.claims.join(" ")} ${item.written}`.toLowerCase().includes(word))).slice(0, 40);
  const moved = new Set(store.state.move.map((item) => item.input));
  const question = store.overview.questions[store.question - 1];
  const names = question ? [...new Set(question.ask.join(" ").match(/[A-Z]{2,}\.\w+|\b[a-z]+_\w+/g) || [])] : [];
  const rest = all.filter((item) => !moved.has(item.name));
  const named = rest.filter((item) => item.role !== "steadiness" && names.some((name) => item.name.includes(name)));
  return [...all.filter((item) => moved.has(item.name)), ...[...new Set([...named, ...rest.filter((item) => item.judgement), ...rest])].slice(0, SHOWN)];
}

function sliders(changed) {
  const list = h("div", { class: "sliders" });
  const found = h("p", { class: "note" });
  const draw = (find) => {
    const items = chosen(find);
    put(list, items.map((item) => slider(item, changed)));
    found.textContent = t("what.more", { shown: items.length, all: store.overview.inputs.length });
  };
  draw(store.extra.input || "");
  return h("section", { "aria-label": t("what.sliders") }, h("h3", {}, t("what.sliders")), h("p", {}, h("label", { for: "find-input" }, t("what.find")),
    h("input", { id: "find-input", type: "search", value: store.extra.input || "", placeholder: t("what.find.hint"), oninput: (event) => draw(event.target.value) })), list, found);
}

export function slider(item, changed) {
  const id = `slider-${item.name.replace(/\W+/g, "-")}`;
  const now = () => store.state.move.find((move) => move.input === item.name)?.value ?? item.central;
  const shown = (value) => `${number(value * item.show)}${item.unit ? " " + item.unit : ""}`;
  const told = h("output", { for: id }, shown(now()));
  const step = (item.high - item.low) / 100;
  const range = h("input", { type: "range", id, min: item.low, max: item.high, step: step || "any", value: now(), "aria-valuetext": shown(now()), oninput: () => {
    const value = Math.min(item.high, Math.max(item.low, Number(range.value)));
    told.textContent = shown(value);
    range.setAttribute("aria-valuetext", shown(value));
    back.hidden = false;
    changed((state) => { state.move = [...state.move.filter((move) => move.input !== item.name), { input: item.name, value }]; }, item.name);
  }, onblur: settle, onpointerdown: settle });
  const back = h("button", { class: "small", "aria-label": t("what.reset", { name: item.name }), hidden: now() === item.central && !store.state.move.some((move) => move.input === item.name), onclick: () => {
    changed((state) => { state.move = state.move.filter((move) => move.input !== item.name); });
    range.value = item.central; told.textContent = shown(item.central); range.setAttribute("aria-valuetext", shown(item.central)); back.hidden = true; range.focus();
  } }, "↺");
  const behind = item.claims.length ? item.claims.map((claim) => h("a", { href: `#/${encodeURIComponent(store.key)}/claims?claim=${encodeURIComponent(claim)}` }, claim)).flatMap((link, i) => (i ? [", ", link] : [link])) : [t("what.judgement"), item.author ? `: ${item.author}` : ""];
  return h("div", { class: "slider" }, h("label", { for: id }, h("span", { class: "role" }, item.role), " ", item.element), h("div", { class: "row" }, range, told, back),
    h("p", { class: "note" }, t("what.written", { text: item.written }), " · ", behind));
}
