// The dashboard of claims: every claim with what rests on it, proposals to accept, edit or reject, grades, verdicts.
import { get, h, number, percent, post, put, t } from "/static/dom.js";
import { notice, prompted } from "/static/app.js";
import { base, sign, signature, stream } from "/static/stream.js";
import { store } from "/static/store.js";

export async function show(main) {
  const stop = new AbortController();
  const found = await get(`${base()}/claims`);
  const again = async () => { if (!stop.signal.aborted) { stop.abort(); await show(main); } };
  const verdicts = {};
  const list = h("ul", { class: "cards", id: "claims" });
  const counted = h("p", { id: "counted", role: "status" });
  const draw = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = found.claims.filter((claim) => (!kind.value || verdicts[claim.id]?.verdict === kind.value || (kind.value === "-" && !claim.elements.length)) && words.every((word) => `${claim.id} ${claim.paraphrase} ${claim.speaker} ${claim.hedge} ${claim.elements.join(" ")} ${claim.where}`.toLowerCase().includes(word)));
    wanted.sort((one, two) => (two.id === find.value) - (one.id === find.value));
    counted.textContent = t("claims.counts", { n: wanted.length });
    put(list, wanted.map((claim) => card(claim, verdicts[claim.id], found.own, again)));
  };
  const find = h("input", { id: "find-claim", type: "search", value: store.extra.claim || "", oninput: draw });
  const kind = h("select", { id: "kind", onchange: draw }, h("option", { value: "" }, "–"), h("option", { value: "-" }, t("claims.unused", { why: "…" })), ["holds", "holds by construction", "contested", "fails", "untestable"].map((name) => h("option", { value: name }, name)));
  const check = h("button", { id: "check", onclick: async () => {
    check.disabled = true;
    counted.textContent = t("claims.checking");
    try {
      await stream(`${base()}/claims/check`, {}, (part) => {
        if (part.verdicts) { Object.assign(verdicts, part.verdicts); draw(); counted.textContent = Object.entries(part.counts).map(([name, n]) => `${n} ${name}`).join(", "); } else counted.textContent = `${t("claims.checking")} ${part.progress} / ${part.total}`;
      }, stop.signal);
    } catch (problem) { if (!stop.signal.aborted) notice(problem.message, true); }
    check.disabled = false;
  } }, t("claims.check"));
  put(main, h("h2", {}, t("claims.title")), proposals(found, again),
    h("p", { class: "row" }, h("label", { for: "find-claim" }, t("claims.find")), find, h("label", { for: "kind" }, t("claims.verdict")), kind, check), counted, list);
  draw();
  if (store.extra.claim) { const first = list.querySelector(`#claim-${CSS.escape(store.extra.claim)}`); first?.classList.add("here"); first?.setAttribute("tabindex", "-1"); first?.focus(); }
  return () => stop.abort();
}

function card(claim, verdict, own, again) {
  return h("li", { class: "card", id: `claim-${claim.id}` }, h("h3", {}, claim.id, verdict ? h("span", { class: "quiet" }, ` · ${verdict.verdict}`) : null), h("p", {}, claim.paraphrase),
    h("p", { class: "note" }, `${t("claims.speaker")}: ${claim.speaker || "–"}`, claim.chain.length > 1 ? ` · ${t("claims.chain")}: ${claim.chain.join(" › ")}` : "", claim.hedge ? ` · ${t("claims.hedge")}: ${claim.hedge}` : "", ` · ${t("claims.grade")}: ${claim.grade}`),
    claim.where ? h("p", { class: "note" }, `${t("claims.place")}: ${claim.where}`, claim.status ? ` (${claim.status})` : "") : null,
    claim.quote ? h("blockquote", {}, claim.quote) : null,
    h("p", { class: "note" }, claim.elements.length ? `${t("claims.used")}: ${claim.elements.join("; ")}` : t("claims.unused", { why: claim.why_not || "–" })),
    verdict ? told(verdict) : null,
    claim.links.length ? h("p", { class: "note" }, claim.links.flatMap((link, i) => [i ? ", " : "", `${link.relation} `, h("a", { href: `#/${encodeURIComponent(store.key)}/claims?claim=${encodeURIComponent(link.to)}` }, link.to)])) : null,
    claim.history.length ? h("details", {}, h("summary", {}, t("claims.history", { n: claim.history.length })), h("ul", {}, claim.history.map((step) => h("li", {}, `${step.on} ${step.act} by ${step.by}${step.note ? `: ${step.note}` : ""}`)))) : null,
    own ? grades(claim, again) : null);
}

function told(verdict) {
  const value = verdict.number === null ? "" : verdict.unit === "probability" || verdict.unit === "share" ? percent(verdict.number) : number(verdict.number);
  return h("p", {}, h("strong", {}, `${t("claims.verdict")}: ${verdict.verdict}`), value ? ` (${value})` : "", verdict.reason ? `: ${verdict.reason}` : "", verdict.turns_on?.length ? `; turns on ${verdict.turns_on.join("; ")}` : "", verdict.check ? h("div", {}, h("code", {}, verdict.check)) : null);
}

function grades(claim, again) {
  const reliability = h("select", { "aria-label": t("claims.reliability") }, [..."ABCDEF"].map((letter) => h("option", { value: letter, selected: letter === claim.reliability }, letter)));
  const credibility = h("select", { "aria-label": t("claims.credibility") }, [1, 2, 3, 4, 5, 6].map((each) => h("option", { value: each, selected: each === claim.credibility }, each)));
  return h("p", { class: "row" }, reliability, credibility, h("button", { "aria-label": t("claims.set", { id: claim.id }), onclick: async () => {
    await doing(`${base()}/claims/grade`, { id: claim.id, reliability: reliability.value, credibility: Number(credibility.value) }, "", again);
  } }, t("word.ok")));
}

async function doing(path, body, words, again) {
  const by = signature() || (await prompted(t("claims.signed")));
  if (!by) return;
  sign(by);
  try { await post(path, { ...body, by }); if (words) notice(words); await again(); } catch (problem) { notice(problem.message, true); }
}

function proposals(found, again) {
  if (!found.own) return h("p", { class: "note" }, t("claims.readonly"));
  const given = Object.fromEntries(["paraphrase", "speaker", "hedge"].map((name) => [name, h("input", { id: `new-${name}`, maxlength: 600, autocomplete: "off", required: name === "paraphrase", value: "" })]));
  const place = store.extra.place || "";
  const form = h("form", { class: "card", onsubmit: async (event) => {
    event.preventDefault();
    await doing(`${base()}/claims/propose`, { ...Object.fromEntries(Object.entries(given).map(([name, field]) => [name, field.value])), ...(place ? { place } : {}) }, "", again);
  } }, h("h3", {}, t("claims.propose")), place ? h("p", { class: "note" }, place) : null,
    h("p", {}, h("label", { for: "new-paraphrase" }, t("claims.paraphrase")), given.paraphrase), h("p", {}, h("label", { for: "new-speaker" }, t("claims.by")), given.speaker), h("p", {}, h("label", { for: "new-hedge" }, t("claims.hedged")), given.hedge), h("button", {}, t("claims.add")));
  return h("section", { "aria-label": t("claims.proposals") }, h("h3", {}, t("claims.proposals")),
    found.proposals.length ? h("ul", { class: "cards", id: "proposals" }, found.proposals.map((item) => proposal(item, again))) : h("p", { class: "note" }, t("claims.proposals.none")), form);
}

function proposal(item, again) {
  const path = `${base()}/claims/decide`;
  return h("li", { class: "card" }, h("h3", {}, item.id), h("p", {}, item.paraphrase), h("p", { class: "note" }, item.change ? t("claims.because", { id: item.speaker }) : `${item.speaker || "–"} · ${item.hedge || "–"}`, ` · ${item.by}, ${item.on}`), h("p", { class: "row" },
    h("button", { onclick: () => doing(path, { id: item.id, act: "accepted" }, t(item.change ? "claims.changed" : "claims.accepted", { id: item.id }), again) }, t("claims.accept", { id: item.id })),
    item.change ? null : h("button", { onclick: async () => { const words = await prompted(t("claims.paraphrase"), item.paraphrase); if (words) await doing(path, { id: item.id, act: "edited", paraphrase: words }, "", again); } }, t("claims.edit", { id: item.id })),
    h("button", { onclick: () => doing(path, { id: item.id, act: "withdrawn" }, t("claims.rejected", { id: item.id }), again) }, t("claims.reject", { id: item.id }))));
}
