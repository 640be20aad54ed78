// The documents, paragraph by paragraph, beside their claims. Words appear only of copies the user has at hand, as plain text.
import { get, h, put, t } from "/static/dom.js";
import { notice } from "/static/app.js";
import { base } from "/static/stream.js";
import { store } from "/static/store.js";

const claimLink = (id) => h("a", { class: "claim", href: `#/${encodeURIComponent(store.key)}/claims?claim=${encodeURIComponent(id)}` }, id);

export async function show(main) {
  const found = await get(`${base()}/documents`);
  const titles = Object.fromEntries(found.documents.map((item) => [item.id, item]));
  const parts = [];
  let last = "";
  for (const row of found.paragraphs) {
    if (row.document !== last) { last = row.document; parts.push(h("h3", {}, titles[last]?.title || last, " ", h("span", { class: "quiet" }, `${titles[last]?.outlet || ""} ${titles[last]?.date || ""}`))); }
    parts.push(h("div", { class: "two", id: `p-${row.document}-${row.paragraph}` }, h("div", {}, h("h4", { class: "quiet" }, t("documents.paragraph", { n: row.paragraph })), row.pieces ? words(row) : null),
      row.claims.length ? h("ul", {}, row.claims.map((claim) => h("li", {}, claimLink(claim.id), " ", claim.paraphrase, " ", h("span", { class: "note" }, `${claim.speaker}${claim.hedge ? ` · ${claim.hedge}` : ""}${claim.elements.length ? "" : ` · ${claim.why_not}`}`)))) : h("p", { class: "note" }, row.silent || t("documents.silent"))));
  }
  put(main, h("h2", {}, t("documents.title")), found.at_hand ? h("p", {}, h("button", { onclick: selected }, t("documents.select"))) : h("p", { class: "note" }, found.note || t("documents.none")), parts);
}

function words(row) {
  return h("p", { class: "paragraph", "data-document": row.document, "data-paragraph": row.paragraph, "data-start": row.start }, row.pieces.map((piece) => piece.claims.length ? h("mark", { title: piece.claims.join(", ") }, piece.text) : piece.text));
}

// The selected words become a place (document, paragraph, code points); the words themselves are not kept.
function selected() {
  const selection = document.getSelection();
  const paragraph = selection.rangeCount ? selection.getRangeAt(0).startContainer.parentElement?.closest(".paragraph") : null;
  const text = selection.toString();
  if (!paragraph || !text.trim()) { notice(t("claims.proposals.none"), true); return; }
  const before = document.createRange();
  before.selectNodeContents(paragraph);
  before.setEnd(selection.getRangeAt(0).startContainer, selection.getRangeAt(0).startOffset);
  const start = Number(paragraph.dataset.start) + [...before.toString()].length;
  const length = [...text].length;
  const place = `${paragraph.dataset.document} paragraph ${paragraph.dataset.paragraph}, ${start}-${start + length}, ${length}`;
  location.hash = `#/${encodeURIComponent(store.key)}/claims?place=${encodeURIComponent(place)}`;
}
