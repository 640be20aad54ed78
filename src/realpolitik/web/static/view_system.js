// The system: a picture of everything or of one party, and beside it what is written about that one, each line with its claims.
import { figure, get, h, put, t } from "/static/dom.js";
import { store } from "/static/store.js";

const here = (focus) => `#/${encodeURIComponent(store.key)}/system?focus=${encodeURIComponent(focus)}`;

export async function show(main) {
  const focus = store.extra.focus || "";
  const found = await get(`/api/s/${encodeURIComponent(store.key)}/system${focus ? `?focus=${encodeURIComponent(focus)}` : ""}`);
  const groups = { actor: [], factor: [] };
  for (const item of found.names) groups[item.kind].push(h("option", { value: item.id, selected: item.id === focus }, item.name));
  const select = h("select", { id: "focus", onchange: (event) => { location.hash = event.target.value ? here(event.target.value) : `#/${encodeURIComponent(store.key)}/system`; } },
    h("option", { value: "" }, t("system.whole")), h("optgroup", { label: t("answers.actor") }, groups.actor), h("optgroup", { label: t("answers.factors") }, groups.factor));
  const names = Object.fromEntries(found.names.map((item) => [item.id, item.name]));
  put(main, h("h2", {}, t("system.title")), h("p", {}, h("label", { for: "focus" }, t("system.focus")), select),
    found.about.kind ? card(found.about, names) : null, figure(found.figure));
}

function card(about, names) {
  const title = h("h3", {}, about.name, about.leader ? ` (${about.leader})` : "", about.from ? `: 0 ${about.from}, 1 ${about.to}` : "");
  if (about.kind === "actor") {
    return h("section", { id: "about", "aria-label": about.name }, title, h("div", { class: "cards" },
      block(t("system.wants", { name: about.name }), about.wants, names), block(t("system.can", { name: about.name }), about.can, names), block(t("system.needs", { name: about.name }), about.needs, names)));
  }
  const hidden = about.hidden_from.length ? h("p", { class: "note" }, t("system.hidden", { who: about.hidden_from.map((id) => names[id] || id).join(", ") })) : null;
  return h("section", { id: "about", "aria-label": about.name }, title, hidden, h("div", { class: "cards" },
    block(t("system.moves"), about.moved_by, names), block(t("system.into"), about.moves.map((item) => ({ ...item, names: [item.effect] })), names), block(t("answers.who", { years: "" }).split("(")[0], about.cares.map((item) => ({ ...item, names: [item.actor] })), names)));
}

function block(title, lines, names) {
  return h("div", { class: "card" }, h("h3", {}, title), lines.length ? h("ul", {}, lines.map((line) => entry(line, names))) : h("p", { class: "note" }, t("system.nothing")));
}

export function entry(line, names) {
  const to = line.names.filter((name) => name in names).map((name) => h("a", { href: here(name) }, names[name]));
  const behind = line.claims.length ? line.claims.map((claim) => h("a", { class: "claim", href: `#/${encodeURIComponent(store.key)}/claims?claim=${encodeURIComponent(claim)}` }, claim)) : h("span", { class: "note" }, t("why.judgement", { author: line.author || t("why.nobody") }));
  return h("li", {}, line.rank ? h("strong", {}, line.rank, ": ") : null, line.text, " ", to.length ? h("span", { class: "quiet" }, "→ ", to.flatMap((link, i) => (i ? [", ", link] : [link]))) : null, " ", behind);
}
