// The situation's file: text, messages at line and column while one types, a picture that follows, save, undo, copy.
import { figure, get, h, post, put, t } from "/static/dom.js";
import { notice, prompted } from "/static/app.js";
import { base } from "/static/stream.js";
import { store } from "/static/store.js";

export async function show(main) {
  const found = await get(`${base()}/file`);
  let saved = found.text;
  let timer = 0;
  let asked = 0;
  const area = h("textarea", { class: "file", id: "text", spellcheck: "false", value: found.text, readonly: !found.own, oninput: () => { clearTimeout(timer); timer = setTimeout(check, 350); }, onkeydown: tabbed });
  const counts = h("p", { id: "counts", role: "status" });
  const list = h("ul", { class: "findings", id: "findings" });
  const drawn = h("div", {});
  const picture = h("details", { ontoggle: () => { if (picture.open) check(); } }, h("summary", {}, t("file.picture")), drawn);
  const told = (answer) => {
    counts.textContent = answer.errors ? t("file.counts", answer) : `${t("file.ok")} ${t("file.counts", answer)}`;
    put(list, answer.findings.map((item) => h("li", {}, h("button", { class: item.severity, onclick: () => go(area, item) }, t("file.goto", item), item.hint ? ` ${item.hint}` : ""))));
    if (answer.figure) put(drawn, figure(answer.figure));
  };
  async function check() {
    const mine = ++asked;
    counts.textContent = t("file.check");
    try { const answer = await post(`${base()}/file/check`, { text: area.value, picture: picture.open }); if (mine === asked) told(answer); } catch (problem) { if (mine === asked) { counts.textContent = problem.message; } }
  }
  const save = h("button", { id: "save-file", disabled: !found.own, onclick: async () => {
    try { const answer = await post(`${base()}/file/save`, { text: area.value, before: saved }); saved = area.value; told(answer); notice(t("file.saved", { name: answer.saved })); store.overview = answer.errors ? store.overview : await get(`${base()}/overview`); } catch (problem) { notice(problem.message, true); }
  } }, t("file.save"));
  const undo = h("button", { id: "undo-file", disabled: !found.own, onclick: async () => {
    try { const answer = await post(`${base()}/file/undo`, {}); area.value = saved = answer.text; told(answer); } catch (problem) { notice(problem.message, true); }
  } }, t("file.undo"));
  const copy = h("button", { id: "copy-file", onclick: async () => {
    const name = await prompted(t("file.copy.name"), `my-${store.key}`.slice(0, 40));
    if (!name) return;
    try { const answer = await post(`${base()}/file/copy`, { name, text: area.value }); store.situations = (await get("/api/situations")).situations; location.hash = `#/${answer.key}/file`; } catch (problem) { notice(problem.message, true); }
  } }, t("file.copy"));
  put(main, h("h2", {}, t("file.title"), ` ${found.name}`), found.own ? null : h("p", { class: "note" }, t("file.readonly")), h("p", { class: "row" }, save, undo, copy), h("div", { class: "two" }, h("div", {}, h("label", { for: "text" }, t("file.text")), area), h("div", {}, counts, list, picture)));
  told(found);
  return () => clearTimeout(timer);
}

function go(area, item) {
  const lines = area.value.split("\n");
  const start = lines.slice(0, item.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + Math.max(0, item.column - 1);
  area.focus();
  area.setSelectionRange(start, start + Math.max(1, (lines[item.line - 1] || "").length - item.column + 1));
  area.scrollTop = Math.max(0, (item.line - 6) * parseFloat(getComputedStyle(area).lineHeight));
}

function tabbed(event) {
  if (event.key !== "Escape") return;
  event.target.blur();
}
