// SPDX-License-Identifier: Apache-2.0

// Makes the editors of the page: one of raw JSON, one of each template.
import {
  Annotation, Compartment, EditorState, EditorView, HighlightStyle, autocompletion, bracketMatching, closeBrackets, closeBracketsKeymap, completionKeymap,
  defaultKeymap, drawSelection, highlightSpecialChars, history, historyKeymap, html, json, keymap, lineNumbers, lintKeymap, search, searchKeymap,
  syntaxHighlighting, tags,
} from "./codemirror.js";

// synced marks what one side of the page writes because the other side changed.
const synced = Annotation.define();

// The style sheet has the colours. The images of CodeMirror's own marks are data: URLs, which the policy of the page refuses.
const theme = EditorView.theme({
  "&": { backgroundColor: "var(--edit-ground)", color: "var(--edit-ink)", border: "1px solid var(--edit-line)", borderRadius: "4px" },
  "&.cm-focused": { outline: "2px solid var(--edit-focus)", outlineOffset: "1px" },
  ".cm-content": { fontFamily: "ui-monospace, monospace", fontSize: "0.875rem", caretColor: "var(--edit-ink)" },
  ".cm-cursor": { borderLeftColor: "var(--edit-ink)" },
  ".cm-gutters": { fontFamily: "ui-monospace, monospace", fontSize: "0.875rem", backgroundColor: "transparent", color: "var(--edit-quiet)", borderRight: "none" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--edit-selection)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--edit-selection)" },
  ".cm-lintRange": { backgroundImage: "none", textDecoration: "underline wavy 1.5px" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecorationColor: "var(--edit-error)" },
  ".cm-lintRange-warning": { backgroundImage: "none", textDecorationColor: "var(--edit-warning)" },
  ".cm-lintRange-info": { backgroundImage: "none", textDecorationColor: "var(--edit-quiet)" },
  ".cm-tooltip, .cm-panels": { backgroundColor: "var(--edit-ground)", color: "var(--edit-ink)", border: "1px solid var(--edit-line)" },
  ".cm-tooltip-lint": { maxWidth: "min(28rem, 90vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--edit-focus)", color: "var(--edit-ground)" },
  ".cm-diagnosticAction": { backgroundColor: "var(--edit-focus)", color: "var(--edit-ground)", font: "inherit" },
  ".cm-specialChar": { color: "var(--edit-error)" },
});

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.tagName], color: "var(--edit-name)" },
  { tag: [tags.string, tags.attributeValue], color: "var(--edit-string)" },
  { tag: [tags.number, tags.bool, tags.null, tags.attributeName], color: "var(--edit-number)" },
  { tag: tags.comment, color: "var(--edit-quiet)" },
]);

// nonce lets the editors add their styles.
const nonce = document.querySelector("script[type=module]").nonce;

// common is what all editors have. Tab is not theirs: it leads on, as everywhere on the page.
export function common(label, extra = []) {
  return [
    EditorView.cspNonce.of(nonce), theme, syntaxHighlighting(colours), history(), drawSelection(), highlightSpecialChars(), bracketMatching(), closeBrackets(),
    search({ top: true }), EditorView.lineWrapping, label ? EditorView.contentAttributes.of({ "aria-label": label }) : [],
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]), extra,
  ];
}

// changes calls back with the text that a person has made.
export function changes(changed) {
  return EditorView.updateListener.of((update) => {
    if (update.docChanged && !update.transactions.some((t) => t.annotation(synced))) changed(update.state.doc.toString());
  });
}

// rawEditor is the editor of the text that counts, of this name.
export function rawEditor(parent, name, doc, complete, changed) {
  const extensions = [common(name), lineNumbers(), rawLanguage(doc), autocompletion({ override: [complete] }), changes(changed)];
  return new EditorView({ parent, state: EditorState.create({ doc, extensions }) });
}

// rawLanguage is JSON, unless a text is YAML: then it has no colours.
export function rawLanguage(doc) {
  return /^\s*\{/.test(doc) ? json() : [];
}

// language is that of a media type.
function language(media) {
  if (/[/+]json\b/i.test(media)) return json();
  return /html|xml/i.test(media) ? html({ autoCloseTags: false }) : [];
}

// templateEditor is the editor of a template. Its function setMedia follows the media type.
export function templateEditor(parent, doc, media, complete, changed) {
  const names = new Compartment();
  const ofMedia = (media) => [language(media), EditorView.contentAttributes.of({ "aria-label": `Template of ${media || "a new media type"}` })];
  const extensions = [common(), names.of(ofMedia(media)), autocompletion({ override: [complete] }), changes(changed)];
  const view = new EditorView({ parent, state: EditorState.create({ doc, extensions }) });
  return { view, setMedia: (media) => view.dispatch({ effects: names.reconfigure(ofMedia(media)) }) };
}

// setText gives an editor a text, and changes no more of it than differs, so that cursors stay.
export function setText(view, text) {
  const old = view.state.doc.toString();
  if (old === text) return;
  let from = 0;
  while (from < old.length && from < text.length && old[from] === text[from]) from++;
  let end = 0;
  while (end < old.length - from && end < text.length - from && old[old.length - 1 - end] === text[text.length - 1 - end]) end++;
  view.dispatch({ changes: { from, to: old.length - end, insert: text.slice(from, text.length - end) }, annotations: synced.of(true) });
}
