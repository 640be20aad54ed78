// The seat: decide for one party (or several), see only what it may know, read each ruling, look back at the end.
import { h, number, percent, post, put, signed, table, t } from "/static/dom.js";
import { notice } from "/static/app.js";
import { base } from "/static/stream.js";
import { store, write } from "/static/store.js";

let game = null;

export async function show(main) {
  if (game && game.key === store.key) { await turn(main); return; }
  const boxes = Object.entries(store.overview.actors).map(([id, actor]) => h("label", { class: "check" }, h("input", { type: "checkbox", value: id, checked: (store.extra.as || "").split(",").includes(id) }), actor.name));
  put(main, h("h2", {}, t("seat.title")), h("p", {}, t("seat.intro")), h("fieldset", { class: "columns" }, h("legend", {}, t("seat.choose")), boxes), h("p", {}, h("button", { id: "sit", onclick: async () => {
    const seats = [...main.querySelectorAll("fieldset input:checked")].map((box) => box.value);
    if (!seats.length) { notice(t("seat.choose"), true); return; }
    game = { key: store.key, seats, world: Math.floor(Math.random() * 64), choices: [], log: [] };
    store.extra.as = seats.join(",");
    write();
    await turn(main);
  } }, t("seat.start"))));
}

async function turn(main, end = false) {
  put(main, h("p", { role: "status" }, t("app.working")));
  let found;
  try { found = await post(`${base()}/seat`, { seats: game.seats, world: game.world, choices: game.choices, end }); } catch (problem) { notice(problem.message, true); game = null; await show(main); return; }
  game.log[game.choices.length - 1] = found.log;
  const fields = found.offers.map((offer) => offered(offer));
  put(main, h("h2", { tabindex: "-1" }, found.debrief ? t("seat.debrief") : t("seat.turn", { date: found.date, n: found.turn, all: found.turns }), ` · ${game.seats.map((seat) => store.overview.actors[seat].name).join(", ")}`),
    found.debrief ? looking(found.debrief) : null,
    h("div", { class: "two" }, found.debrief ? null : h("form", { onsubmit: async (event) => {
      event.preventDefault();
      game.choices.push(Object.fromEntries([...event.target.querySelectorAll("select")].filter((field) => field.value).map((field) => [field.name, field.value])));
      await turn(main);
    } }, h("h3", {}, t("seat.options")), fields, h("p", { class: "row" }, h("button", { id: "decide" }, t("seat.next")), h("button", { type: "button", id: "end", disabled: !game.choices.length, onclick: () => turn(main, true) }, t("seat.end")),
      h("button", { type: "button", onclick: async () => { if (game.choices.length) { game.choices.pop(); await turn(main); } else { game = null; await show(main); } } }, t("head.undo")))), logged()),
    Object.entries(found.sees).map(([seat, seen]) => seeing(seat, seen)),
    found.debrief ? h("p", {}, h("button", { onclick: async () => { game = null; await show(main); } }, t("seat.start"))) : null);
  main.querySelector("h2").focus();
}

function offered(offer) {
  const id = `offer-${offer.id}`;
  const price = (level) => offer.prices[level] ? ` (${number(offer.prices[level])} points)` : "";
  const choices = offer.joint ? [h("option", { value: "" }, t("seat.agree")), offer.levels.map((level) => h("option", { value: level }, level))] : offer.levels.map((level) => h("option", { value: level, selected: level === offer.now }, level + price(level)));
  return h("p", {}, h("label", { for: id }, offer.joint ? `${t("seat.consent")} ${offer.name} (${offer.parties.join(", ")}; ${offer.now})` : offer.name), h("select", { id, name: offer.id }, choices));
}

function logged() {
  const rows = game.log.flat().filter(Boolean).toReversed();
  return h("section", { "aria-label": t("seat.log") }, h("h3", {}, t("seat.log")), rows.length ? h("ol", { class: "lines", id: "log" }, rows.map((row) => h("li", {}, `${row.date.slice(0, store.overview.date_shown)} ${row.by.map((id) => store.overview.actors[id]?.name || id).join(", ")}: `, h("strong", {}, row.words), ` (${row.before} → ${row.level}); ${t("seat.ruling", { odds: percent(row.odds), n: row.of, world: row.world })}`, row.why.length ? h("details", {}, h("summary", {}, t("why.title")), h("ul", {}, row.why.map((text) => h("li", {}, text)))) : null))) : h("p", { class: "note" }, "–"));
}

function seeing(seat, seen) {
  const mark = (item) => item.believed ? ` (${t("seat.believed")})` : "";
  return h("details", { open: true }, h("summary", {}, `${t("seat.sees")}: ${store.overview.actors[seat].name}`), h("div", { class: "two" },
    table([t("answers.factors"), t("answers.now")], seen.factors.map((item) => [item.name + mark(item), number(item.value)])), table([t("answers.option"), t("answers.now")], seen.options.map((item) => [item.name + mark(item), item.level]))));
}

function looking(debrief) {
  return h("section", { id: "debrief", "aria-label": t("seat.debrief") }, table([t("answers.actor"), t("seat.here"), t("seat.average", { n: debrief.worlds })], debrief.seats.map((seat) => [seat.name, signed(seat.here), signed(seat.on_average)]), t("seat.worth", { date: debrief.until })),
    debrief.turns.length ? h("ul", { class: "lines" }, debrief.turns.map((row) => h("li", {}, t("seat.instead", { ...row, date: row.date.slice(0, store.overview.date_shown), odds: percent(row.odds) })))) : h("p", {}, "–"));
}
