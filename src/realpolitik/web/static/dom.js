// Small helpers: elements from data (text is always text, never markup), the words of the interface, our server.
import { TEXTS } from "/static/texts.js";

export function t(key, values = {}) {
  const found = TEXTS[key] ?? key;
  return found.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

const SVG = "http://www.w3.org/2000/svg";

function fill(element, given, children) {
  for (const [name, value] of Object.entries(given || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "disabled" || name === "selected") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(4)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

export function h(tag, given, ...children) {
  return fill(document.createElement(tag), given, children);
}

export function s(tag, given, ...children) {
  return fill(document.createElementNS(SVG, tag), given, children);
}

export function put(place, ...children) {
  place.replaceChildren(...children.flat(3).filter((child) => child));
  return place;
}

// A picture drawn by the server: parsed as SVG; scripts and handlers could not run (content policy), and none are kept.
export function picture(text) {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (parsed.nodeName !== "svg") return h("p", {}, "");
  for (const bad of parsed.querySelectorAll("script, foreignObject, style")) bad.remove();
  for (const each of parsed.querySelectorAll("*")) {
    for (const name of each.getAttributeNames()) {
      if (name.startsWith("on") || (name.endsWith("href") && !each.getAttribute(name).startsWith("#"))) each.removeAttribute(name);
    }
  }
  return document.importNode(parsed, true);
}

export function figure(data) {
  const [head, ...rest] = [data.columns, ...data.rows];
  return h("figure", { class: "picture" },
    h("figcaption", {}, data.title),
    h("div", { class: "drawing", tabindex: "0", role: "group", "aria-label": data.title }, picture(data.svg)),
    data.note ? h("p", { class: "note" }, data.note) : null,
    h("details", {}, h("summary", {}, t("answers.table")), table(head, rest)));
}

export function table(columns, rows, caption) {
  return h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": caption || columns.join(", ") },
    h("table", {}, caption ? h("caption", {}, caption) : null,
      h("thead", {}, h("tr", {}, columns.map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell, i) => h(i ? "td" : "th", i ? {} : { scope: "row" }, cell)))))));
}

export function signed(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  const text = size >= 9.95 ? size.toFixed(0) : size.toFixed(1);
  return (Number(text) === 0 ? "" : value > 0 ? "+" : "-") + text;
}

export function percent(value) {
  if (value === null || value === undefined) return "–";
  return value > 0.99 && value < 1 ? ">99%" : value > 0 && value < 0.01 ? "<1%" : `${Math.round(100 * value)}%`;
}

export function number(value) {
  const size = Math.abs(value);
  return size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : size >= 1 ? value.toFixed(2) : value.toFixed(3);
}

export function say(words) {
  document.getElementById("said").textContent = words;
}

export class Refused extends Error {
  constructor(body) { super(body.error || t("app.failed")); this.findings = body.findings || []; }
}

export async function get(path) {
  return answered(await fetch(path, { credentials: "same-origin" }));
}

export async function post(path, body, signal) {
  return answered(await fetch(path, sending(body, signal)));
}

export function sending(body, signal) {
  return { method: "POST", credentials: "same-origin", signal, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

async function answered(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body);
  return body;
}
