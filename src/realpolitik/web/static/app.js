// The frame: header, views, address. Each view is a module with `show(place)`; it may return a function called when it is left.
import { get, h, post, put, say, t } from "/static/dom.js";
import { stream } from "/static/stream.js";
import { address, changes, read, reset, store, undo, write } from "/static/store.js";

const VIEWS = ["ask", "system", "compare", "leverage", "stability", "policy", "inputs", "watch", "claims", "documents", "reading", "forecasts", "seat", "file"];
const main = document.getElementById("main");
let leave = null;

export function statusline(part) {
  const place = document.getElementById("draws");
  if (!place) return;
  const coarse = part.stage === "coarse";
  place.textContent = coarse ? t("app.refining", { draws: part.draws, ms: part.ms, more: 512 }) : t("app.draws", { draws: part.draws, ms: part.ms });
  if (!coarse && part.part === "futures") say(place.textContent);
}

function counted() {
  const n = changes();
  return t(n === 0 ? "app.changes.0" : n === 1 ? "app.changes.1" : "app.changes.n", { n });
}

export function header() {
  const select = h("select", { id: "situation", onchange: (event) => { location.hash = `#/${encodeURIComponent(event.target.value)}/ask`; } },
    store.situations.map((item) => h("option", { value: item.key, selected: item.key === store.key }, item.key)));
  put(document.getElementById("head"),
    h("div", { class: "brand" }, h("label", { for: "situation", class: "quiet" }, t("head.situation")), select,
      h("h1", {}, store.overview?.title || ""), h("span", { class: "quiet" }, t("head.asof", { date: store.overview?.as_of || "" }))),
    h("div", { class: "tools" },
      h("span", { id: "changes" }, counted()), h("span", { id: "draws", class: "quiet" }),
      h("button", { id: "undo", onclick: () => { undo(); again(); }, disabled: !store.history.length, title: "Ctrl+Z" }, t("head.undo")),
      h("button", { id: "reset", onclick: () => { reset(); again(); } }, t("head.reset")),
      h("button", { id: "save", onclick: save }, t("head.save")),
      h("button", { id: "link", onclick: copy }, t("head.link")),
      h("button", { id: "report", onclick: report }, t("head.report"))));
  put(document.getElementById("nav"),
    h("ul", { "aria-label": t("nav.label") }, VIEWS.map((view) => h("li", {},
      h("a", { href: address(view, {}), "data-view": view, "aria-current": view === store.view ? "page" : null }, t(`nav.${view}`))))));
}

export function refresh() {
  const undoing = document.getElementById("undo");
  if (undoing) undoing.disabled = !store.history.length;
  const place = document.getElementById("changes");
  if (place) place.textContent = counted();
  for (const link of document.querySelectorAll("#nav a")) link.href = address(link.dataset.view, {});
}

async function copy() {
  write();
  try { await navigator.clipboard.writeText(location.href); } catch { /* the address bar has it */ }
  say(t("head.copied"));
  notice(t("head.copied"));
}

export function notice(words, bad = false) {
  const old = document.getElementById("notice");
  old?.remove();
  document.body.append(h("div", { id: "notice", class: bad ? "bad" : "", role: bad ? "alert" : "status" }, h("span", {}, words),
    h("button", { onclick: (event) => event.target.parentElement.remove() }, t("word.close"))));
}

async function report(event) {
  event.target.disabled = true;
  try {
    await stream(`/api/s/${encodeURIComponent(store.key)}/report`, {}, (part) => {
      if (part.html === undefined) { notice(t("head.reporting", { text: part.text, done: part.progress, all: part.total })); return; }
      const link = h("a", { href: URL.createObjectURL(new Blob([part.html], { type: "text/html" })), download: part.name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      notice(t("head.reported"));
    });
  } catch (problem) { notice(problem.message, true); }
  event.target.disabled = false;
}

// One question with a text to fill in; resolves to the text, or null.
export function prompted(label, value = "", hint = "") {
  return new Promise((resolve) => {
    const field = h("input", { id: "prompted", value, maxlength: 60, required: true, autocomplete: "off" });
    const dialog = h("dialog", { "aria-labelledby": "prompted-label", onclose: () => { dialog.remove(); resolve(dialog.returnValue === "ok" ? field.value.trim() : null); } },
      h("form", { method: "dialog", onsubmit: (event) => { event.preventDefault(); dialog.close("ok"); } },
        h("label", { for: "prompted", id: "prompted-label" }, label), field, hint ? h("p", { class: "note" }, hint) : null,
        h("div", { class: "row" }, h("button", { type: "submit" }, t("word.ok")), h("button", { type: "button", onclick: () => dialog.close("") }, t("word.cancel")))));
    document.body.append(dialog);
    dialog.showModal();
    field.focus();
  });
}

async function save() {
  if (!store.state.hold.length) { notice(t("save.nothing"), true); return; }
  const partly = store.state.move.length || Object.keys(store.state.readings).length;
  const name = await prompted(t("save.name"), "", partly ? t("save.partly") : "");
  if (!name) return;
  try {
    const made = await post(`/api/s/${encodeURIComponent(store.key)}/scenario`, { name, hold: store.state.hold });
    notice(t("save.done", { name: made.name, file: made.file }));
    if (made.key !== store.key) { store.situations = (await get("/api/situations")).situations; location.hash = `#/${made.key}/ask`; } else { store.overview = await get(`/api/s/${encodeURIComponent(store.key)}/overview`); again(); }
  } catch (problem) { notice(problem.message, true); }
}

// Each showing has a place of its own: one that was overtaken while it loaded is let go, and writes where nobody looks.
let showing = 0;
export async function again() {
  const mine = ++showing;
  leave?.();
  leave = null;
  header();
  const place = h("div", {});
  put(main, place);
  main.removeAttribute("aria-busy");
  document.title = `${t(`nav.${store.view}`)} · ${store.overview?.title || ""} · ${t("app.title")}`;
  try {
    const module = await import(`/static/view_${VIEWS.includes(store.view) ? store.view : "ask"}.js`);
    if (mine !== showing) return;
    const left = await module.show(place);
    if (mine === showing) leave = left; else left?.();
  } catch (problem) { place.append(h("p", { class: "bad", role: "alert" }, problem.message)); }
}

// Another situation: what the address does not say is as at the start.
function forget() {
  const said = new URLSearchParams(location.hash.split("?")[1] || "");
  if (!said.has("s")) store.state = { hold: [], move: [], readings: {} };
  if (!said.has("ask")) store.ask = "";
  if (!said.has("q")) store.question = 1;
  if (!said.has("y")) store.years = null;
}

async function route() {
  const key = read() || store.first;
  if (key !== store.key) {
    const fresh = store.key !== "";
    store.key = key;
    store.history = [];
    if (fresh) forget();
    store.overview = null;
    put(main, h("p", {}, t("app.loading")));
    try {
      store.overview = await get(`/api/s/${encodeURIComponent(key)}/overview`);
    } catch (problem) {
      store.overview = { title: key, as_of: "", inputs: [], options: [], questions: [], hypotheses: [], factors: [], scenarios: [], answers: [1], actors: {} };
      if (store.view !== "file") { location.hash = `#/${encodeURIComponent(key)}/file`; return; }
      notice(problem.message, true);
    }
  }
  if (!store.overview) return;
  if (!store.overview.questions.length) store.question = 0;
  await again();
}

document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "range";
  if ((event.ctrlKey || event.metaKey) && event.key === "z" && !typing) { event.preventDefault(); if (undo()) again(); }
  if (event.altKey && /^[0-9]$/.test(event.key)) { event.preventDefault(); location.hash = address(VIEWS[(Number(event.key) + 9) % 10], {}); }
});

window.addEventListener("hashchange", () => { route().then(() => { if (!main.contains(document.activeElement)) main.focus({ preventScroll: true }); }); });
document.getElementById("skip").textContent = t("app.skip");
document.getElementById("skip").addEventListener("click", (event) => { event.preventDefault(); main.focus(); });
document.getElementById("foot").textContent = t("app.note");

// Not awaited at the top level: views import this module, and would wait for it for ever.
async function start() {
  try {
    Object.assign(store, await get("/api/situations"));
    await route();
  } catch (problem) { put(main, h("p", { class: "bad", role: "alert" }, problem.message)); }
}
start();
