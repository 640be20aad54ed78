// What is open and what is changed; the address holds all of it, so that a link reopens the same picture.
export const store = {
  situations: [], documents: false, key: "", view: "ask", extra: {}, overview: null,
  question: 1, ask: "", years: null, depth: 0, state: { hold: [], move: [], readings: {} },
  history: [], tab: Math.random().toString(36).slice(2),
};

export function changes(state = store.state) {
  return state.hold.length + state.move.length + Object.keys(state.readings).length;
}

// `step` says which change this is: moves of one slider are one step to undo.
let lastStep = "";
export function change(edit, step = "") {
  const before = JSON.stringify(store.state);
  edit(store.state);
  if (JSON.stringify(store.state) !== before && (!step || step !== lastStep)) store.history.push(before);
  lastStep = step;
  write();
}

export function settle() { lastStep = ""; }

export function undo() {
  const last = store.history.pop();
  if (last) store.state = JSON.parse(last);
  lastStep = "";
  write();
  return Boolean(last);
}

export function reset() {
  change((state) => { state.hold = []; state.move = []; state.readings = {}; });
}

function packed() {
  if (!changes()) return "";
  return btoa(unescape(encodeURIComponent(JSON.stringify(store.state)))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function unpacked(text) {
  try {
    const found = JSON.parse(decodeURIComponent(escape(atob(text.replace(/-/g, "+").replace(/_/g, "/")))));
    const list = (given) => (Array.isArray(given) ? given : []);
    return { hold: list(found.hold), move: list(found.move), readings: found.readings && typeof found.readings === "object" ? found.readings : {} };
  } catch { return { hold: [], move: [], readings: {} }; }
}

export function address(view = store.view, extra = store.extra) {
  const parts = new URLSearchParams();
  if (store.question !== 1) parts.set("q", store.question);
  if (store.ask) parts.set("ask", store.ask);
  if (store.years) parts.set("y", store.years);
  if (store.depth) parts.set("depth", store.depth);
  const state = packed();
  if (state) parts.set("s", state);
  for (const [name, value] of Object.entries(extra)) parts.set(name, value);
  const query = parts.toString();
  return `#/${encodeURIComponent(store.key)}/${view}${query ? "?" + query : ""}`;
}

export function write() { history.replaceState(null, "", address()); }

export function read() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  const [key, view] = path.split("/");
  const parts = new URLSearchParams(query || "");
  const known = ["q", "ask", "y", "depth", "s"];
  store.view = view || "ask";
  store.extra = Object.fromEntries([...parts].filter(([name]) => !known.includes(name)));
  if (!query || !known.some((name) => parts.has(name))) return decodeURIComponent(key || "");
  store.question = Number(parts.get("q") ?? 1);
  store.ask = parts.get("ask") || "";
  store.years = parts.has("y") ? Number(parts.get("y")) : store.years;
  store.depth = Number(parts.get("depth") || 0);
  store.state = parts.has("s") ? unpacked(parts.get("s")) : store.state;
  return decodeURIComponent(key || "");
}
