// A question asked by a button: how far it is, a way to stop it, then its sentences, pictures and tables.
import { figure, h, number, put, say, table, t } from "/static/dom.js";
import { base, stream } from "/static/stream.js";
import { store } from "/static/store.js";

const cell = (value) => typeof value === "number" ? number(value) : Array.isArray(value) ? value.map(cell).join(", ") : value === null || value === undefined || value === "" ? "–" : typeof value === "object" ? Object.entries(value).map(([name, each]) => `${name} ${cell(each)}`).join(", ") : String(value);
const running = new Set();

// Leaving a view stops what is still worked on there.
export function stopAll() { for (const each of running) each.abort(); running.clear(); }

export function analysis(name, label, body = () => ({}), note = "") {
  const button = h("button", { id: `ask-${name}` }, label);
  const place = work(button, `${base()}/analysis/${name}`, () => ({ ...body(), draws: draws() }), answer, name);
  return h("section", { "aria-label": label }, h("p", {}, button, note ? h("span", { class: "note" }, ` ${note}`) : null), place);
}

// Runs a stream on a press of the button; tells progress with the time left, offers to stop, shows the last part.
export function work(button, path, body, show, name) {
  const place = h("div", { id: `answer-${name}` });
  button.addEventListener("click", async () => {
    const stop = new AbortController(), began = performance.now();
    running.add(stop);
    button.disabled = true;
    const told = h("span", { role: "status" }, t("app.working"));
    put(place, h("p", { class: "row" }, told, h("button", { id: `stop-${name}`, onclick: () => stop.abort() }, t("word.stop"))));
    try {
      await stream(path, body(), (part) => {
        if (part.progress !== undefined) { told.textContent = progress(part, performance.now() - began); return; }
        put(place, show(part));
        say(t("word.answered"));
      }, stop.signal);
    } catch (problem) { put(place, stop.signal.aborted ? h("p", { class: "note" }, t("word.stopped")) : refused(problem)); }
    running.delete(stop);
    button.disabled = false;
  });
  return place;
}

export function refused(problem) {
  return h("div", { class: "bad", role: "alert" }, h("p", {}, problem.message), problem.findings?.length ? h("ul", {}, problem.findings.map((item) => h("li", {}, `${item.file ? `${item.file}:${item.line} ` : ""}${item.message} ${item.hint || ""}`))) : null);
}

function progress(part, spent) {
  if (!part.total) return t("word.progress", part);
  const left = part.progress ? spent / part.progress * (part.total - part.progress) : null;
  return t(left === null ? "word.progress" : "word.left", { done: part.progress + 1, all: part.total, text: part.text, left: Math.ceil((left || 0) / 1000) });
}

export function answer(part) {
  const found = part.result;
  return [h("h3", {}, found.question), h("ul", { class: "lines" }, found.sentences.map((text) => h("li", {}, text))), part.pictures.map(figure),
    part.draws ? h("p", { class: "note" }, t("word.cost", { draws: part.draws, seconds: part.seconds })) : null,
    found.tables.length ? h("details", {}, h("summary", {}, t("answers.table")), found.tables.map((each) => table(each.columns, each.rows.map((row) => row.map(cell))))) : null];
}

// How many draws: one choice for every question of these views.
const draws = () => store.draws || 64;
export function size() {
  const select = h("select", { id: "draws-asked", onchange: (event) => { store.draws = Number(event.target.value); } }, [64, 256, 1024].map((item) => h("option", { value: item, selected: item === draws() }, item)));
  return h("p", {}, h("label", { for: "draws-asked" }, t("word.draws")), select, h("span", { class: "note" }, ` ${t("word.draws.note")}`));
}

// Which line is asked: those of the situation's questions, or one's own.
export function line(id) {
  const asked = store.overview.questions.flatMap((item) => item.ask.map((text) => [text, `${item.number}  ${text}`]));
  const select = h("select", { id }, asked.map(([value, words]) => h("option", { value }, words)));
  const own = h("input", { id: `${id}-own`, maxlength: 300, autocomplete: "off", spellcheck: "false" });
  const node = h("div", { class: "asked" }, h("p", {}, h("label", { for: id }, t("line.choose")), select), h("p", {}, h("label", { for: `${id}-own` }, t("line.own")), own));
  return { node, value: () => ({ line: own.value.trim() || select.value }) };
}

export function area(id, label, hint = "", rows = 3) {
  const field = h("textarea", { id, rows, maxlength: 4000, spellcheck: "false", "aria-describedby": hint ? `${id}-hint` : null });
  return { node: h("p", { class: "asked" }, h("label", { for: id }, label), field, hint ? h("span", { class: "note", id: `${id}-hint` }, hint) : null), value: () => field.value };
}
