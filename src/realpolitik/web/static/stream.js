// An answer that comes in parts: each line of the response is one part.
import { Refused, sending } from "/static/dom.js";
import { store } from "/static/store.js";

export async function stream(path, body, show, signal) {
  const response = await fetch(path, sending({ ...body, tab: store.tab }, signal));
  if (!response.ok) throw new Refused(await response.json().catch(() => ({})));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      const part = JSON.parse(line);
      if (part.error) throw new Refused(part);
      show(part);
    }
  }
}

export const base = () => `/api/s/${encodeURIComponent(store.key)}`;

// Somebody's name, kept in this browser only: it signs what is done to claims.
export function signature() { try { return localStorage.getItem("rp-name") || ""; } catch { return ""; } }
export function sign(name) { try { localStorage.setItem("rp-name", name); } catch { /* private window */ } }
