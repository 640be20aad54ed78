// Texts and sheets on their way in: read an article, draft a situation, ask several analysts.
import { get, h, post, put, t, table } from "/static/dom.js";
import { notice, prompted } from "/static/app.js";
import { refused, stopAll, work } from "/static/analysis.js";
import { base } from "/static/stream.js";
import { store } from "/static/store.js";

const field = (id, label, given = {}) => h("p", { class: "asked" }, h("label", { for: id }, label), h("input", { id, maxlength: 200, autocomplete: "off", ...given }));
const value = (id) => document.getElementById(id).value;
const own = () => store.situations.find((item) => item.key === store.key)?.own;

export async function show(main) {
  const keep = h("input", { type: "checkbox", id: "keep", checked: own(), disabled: !own() });
  const go = h("button", { id: "read" }, t("reading.go"));
  const article = () => ({ text: value("article"), name: value("name") });
  const place = work(go, `${base()}/read`, () => ({ ...article(), outlet: value("outlet"), date: value("date"), keep: keep.checked }), said, "read");
  const drafting = h("button", { onclick: () => draft(place, article()) }, t("reading.draft"));
  put(main, h("h2", {}, t("reading.title")), h("p", {}, t("reading.intro")),
    h("p", { class: "asked" }, h("label", { for: "article" }, t("reading.text")), h("textarea", { id: "article", rows: 10, maxlength: 400000 })),
    field("name", t("reading.name"), { maxlength: 80 }), field("outlet", t("reading.outlet")), field("date", t("reading.date"), { maxlength: 20 }),
    h("p", {}, h("label", { class: "check" }, keep, " ", t("reading.keep"))), own() ? null : h("p", { class: "note" }, t("claims.readonly")),
    h("p", { class: "row" }, go, drafting), place, ...sheets());
  return stopAll;
}

function said(part) {
  const ids = part.kept ? [...part.kept.claims.filter(Boolean), ...part.kept.changes] : [];
  const claims = part.rows.filter((row) => row.row === "claim"), changes = part.rows.filter((row) => row.row === "change");
  return [h("h3", {}, part.question), h("ul", { class: "lines" }, part.sentences.map((text) => h("li", {}, text))),
    ids.length ? h("p", {}, t("reading.kept", { ids: ids.join(", ") }), " ", h("a", { href: `#/${encodeURIComponent(store.key)}/claims` }, t("reading.proposals"))) : null,
    h("ul", { class: "cards" }, claims.map((row) => h("li", { class: "card" }, h("p", {}, row.words), h("p", { class: "note" }, `${row.speaker || t("why.nobody")} · ${t("documents.paragraph", { n: row.paragraph })}${row.hedge ? ` · ${row.hedge}` : ""}`),
      h("p", { class: "note" }, row.matches.length ? row.matches.flatMap((match, i) => [i ? "; " : "", `${match.how} `, h("a", { href: `#/${encodeURIComponent(store.key)}/claims?claim=${encodeURIComponent(match.claim)}` }, match.claim), ` (${match.because})`]) : t("reading.new")))),
      changes.map((row) => h("li", { class: "card" }, h("h3", {}, t("reading.change")), h("p", {}, row.words))))];
}

async function draft(place, article) {
  const name = await prompted(t("reading.draft.name"), "my-draft");
  if (!name) return;
  try {
    const made = await post("/api/draft", { name, articles: [article] });
    store.situations = (await get("/api/situations")).situations;
    notice(t("reading.drafted", { told: made.told.join(" ") }));
    location.hash = `#/${encodeURIComponent(made.key)}/file`;
  } catch (problem) { put(place, refused(problem)); }
}

function sheets() {
  const every = h("input", { type: "checkbox", id: "every" }), seen = h("input", { type: "checkbox", id: "seen" });
  const blank = h("button", { id: "sheet" }, t("reading.sheet"));
  const first = work(blank, `${base()}/elicit/sheet`, () => ({ every: every.checked, show: seen.checked }), (part) => { saved(part, "text/csv"); return h("p", {}, t("reading.inputs", { n: part.inputs })); }, "sheet");
  const files = h("input", { type: "file", id: "filled", multiple: true, accept: ".csv,text/csv" });
  const rule = h("select", { id: "rule" }, ["reading.quantiles", "reading.linear"].map((words) => h("option", { value: words.split(".")[1] }, t(words))));
  const given = [];
  files.addEventListener("change", async () => { given.length = 0; for (const file of files.files) given.push({ name: file.name, text: await file.text() }); });
  const merge = h("button", { id: "merge" }, t("reading.merge"));
  const second = work(merge, `${base()}/elicit/merge`, () => ({ sheets: given, rule: rule.value }), merged, "merge");
  return [h("h2", {}, t("reading.sheets")), h("p", {}, h("label", { class: "check" }, every, " ", t("reading.every")), h("label", { class: "check" }, seen, " ", t("reading.show"))), h("p", {}, blank), first,
    h("p", { class: "asked" }, h("label", { for: "filled" }, t("reading.filled")), files), h("p", {}, h("label", { for: "rule" }, t("reading.rule")), rule), h("p", {}, merge), second];
}

function merged(part) {
  saved(part, "text/yaml");
  return [h("p", {}, t("reading.merged")), h("ul", { class: "lines" }, part.sentences.map((text) => h("li", {}, text))), part.tables.map((each) => table(each.columns, each.rows))];
}

function saved(part, type) {
  const link = h("a", { href: URL.createObjectURL(new Blob([part.file], { type })), download: part.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
