// An analysis asked for by a button: its sentences, pictures and table.
import { figure, h, number, put, table, t } from "/static/dom.js";
import { base, stream } from "/static/stream.js";

const cell = (value) => typeof value === "number" ? number(value) : Array.isArray(value) ? value.map(cell).join(", ") : value === null || value === undefined ? "–" : typeof value === "object" ? JSON.stringify(value) : String(value);

export function analysis(name, label, body) {
  const place = h("div", { id: `answer-${name}` });
  const button = h("button", { id: `ask-${name}`, onclick: async () => {
    button.disabled = true;
    put(place, h("p", { role: "status" }, t("app.working")));
    try {
      await stream(`${base()}/analysis/${name}`, body(), (part) => put(place, answer(part)));
    } catch (problem) { put(place, h("p", { class: "bad", role: "alert" }, problem.message)); }
    button.disabled = false;
  } }, label);
  return h("section", { "aria-label": label }, h("p", {}, button), place);
}

function answer(part) {
  const found = part.result;
  const columns = found.rows.length ? Object.keys(found.rows[0]) : [];
  return [h("h3", {}, found.question), h("ul", { class: "lines" }, found.sentences.map((text) => h("li", {}, text))), part.pictures.map(figure),
    h("details", {}, h("summary", {}, t("answers.table")), table(columns, found.rows.slice(0, 300).map((row) => columns.map((name) => cell(row[name])))))];
}
