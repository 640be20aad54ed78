// Answers while dragging. One request at a time; while its first numbers are on their way the newest change waits, then takes
// over (what is left of the older answer is cut off). So numbers follow the hand, and the last position is always refined.
import { Refused, sending, t } from "/static/dom.js";
import { store } from "/static/store.js";

export class Drag {
  constructor(path, show, status) { Object.assign(this, { path, show, status, running: null, waiting: null, first: false }); }

  ask(request, since = performance.now()) {
    if (this.running && !this.first) { this.waiting = { request, since }; return; }
    this.start(request, since);
  }

  stop() { this.waiting = null; this.running?.abort(); this.running = null; }

  start(request, since) {
    this.running?.abort();
    const running = new AbortController();
    Object.assign(this, { running, waiting: null, first: false });
    this.read({ ...request, tab: store.tab }, running, since).catch((problem) => {
      if (running.signal.aborted) return;
      this.running = null;
      this.show({ error: problem instanceof Refused ? problem.message : t("app.failed") });
    });
  }

  async read(request, running, since) {
    const response = await fetch(this.path, sending(request, running.signal));
    if (!response.ok) throw new Refused(await response.json().catch(() => ({})));
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done || running !== this.running) break;
      const lines = (rest + value).split("\n");
      rest = lines.pop();
      for (const line of lines) if (running === this.running) this.part(JSON.parse(line), since);
    }
    if (running === this.running) this.over();
  }

  part(part, since) {
    this.show(part);
    if (!part.error) this.status(part);
    if (!this.first) {
      this.first = true;
      document.body.dataset.lastMs = String(Math.round(performance.now() - since));
    }
    if (this.waiting) this.start(this.waiting.request, this.waiting.since);
  }

  over() {
    this.running = null;
    if (this.waiting) this.start(this.waiting.request, this.waiting.since);
  }
}
