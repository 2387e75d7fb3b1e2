// SPDX-License-Identifier: Apache-2.0

// Shows what the engine finds in a gateway response: under the cursor, and as a list, with a button for what it would do.
import { setDiagnostics, syntaxTree } from "./codemirror.js";
import { ask } from "./api.js";
import { placeOf } from "./edit-complete.js";

// find asks what is wrong with a text, or unwise, as it stands in a document. Findings have from and to, as places in the text.
export async function find({ name, before, text, after, isAbout }) {
  const { value } = await ask("POST", "/validate", { name, text: before + text + after, lint: true });
  const lines = text.split("\n");
  const first = before.split("\n").length;
  return value.findings
    .filter(isAbout)
    .map((f) => {
      const from = placeIn(lines, (f.line ?? first) - first, (f.column ?? 1) - 1);
      return { ...f, from, to: from + /^(?:\$\{[^}"]*\}?|\$?\w+(?:[.-]\w+)*|.|)/u.exec(text.slice(from))[0].length, fix: fixOf(f, text, from) };
    });
}

// placeIn is the place of a byte of a line in a text of lines.
function placeIn(lines, line, bytes) {
  if (line < 0) return 0;
  let place = lines.slice(0, line).reduce((sum, l) => sum + l.length + 1, 0);
  if (line >= lines.length) return place - 1;
  for (const character of lines[line]) {
    bytes -= character.codePointAt(0) < 0x80 ? 1 : character.codePointAt(0) < 0x800 ? 2 : character.length === 1 ? 3 : 4;
    if (bytes < 0) break;
    place += character.length;
  }
  return place;
}

// fixOf is what would mend a finding: another text at a place, or a header; undefined where that takes thought.
function fixOf({ code, message }, raw, from) {
  if (code === "GWR107") return { title: "Add Retry-After: 30", header: ["Retry-After", "'30'"] };
  const [, wrong, right] = /"([^"\\]+)"[^"]*; did you mean "([^"\\]+)"\?/.exec(message) ?? [];
  const at = wrong ? raw.indexOf(wrong, from) : -1;
  // Before the name a quote may stand, or what begins a variable.
  return at >= from && at <= from + 3 ? { title: `Write ${right}`, from: at, to: at + wrong.length, insert: right } : undefined;
}

// mark puts findings under what they are about.
export function mark(view, findings, mend) {
  const end = view.state.doc.length;
  view.dispatch(setDiagnostics(view.state, findings.map(({ from, to, severity, message, fix }) => ({
    from: Math.min(from, end), to: Math.min(to, end), severity, message, actions: fix ? [{ name: fix.title, apply: () => mend(fix) }] : [],
  }))));
}

// inTemplate are the findings of a raw text that are about the template of a media type, with places in the template.
export function inTemplate(rawView, findings, media) {
  const state = rawView.state;
  const found = [];
  for (const finding of findings) {
    const node = syntaxTree(state).resolveInner(Math.min(finding.from + 1, state.doc.length), -1);
    if (node.name !== "String") continue;
    const [member, key] = placeOf(state, node);
    if (member !== "responseTemplates" || key !== JSON.stringify(media).slice(1, -1)) continue;
    const from = written(state.sliceDoc(node.from + 1, finding.from));
    found.push({ ...finding, from, to: from + Math.max(1, finding.to - finding.from) });
  }
  return found;
}

// written is how many characters a piece of a JSON string stands for.
function written(piece) {
  try {
    return JSON.parse(`"${piece}"`).length;
  } catch {
    return piece.length;
  }
}

// list shows findings as a list, with buttons to go there and to mend them.
export function list(element, findings, goTo, mend) {
  element.replaceChildren(...findings.map((finding) => {
    const item = document.createElement("li");
    item.className = `finding ${finding.severity}`;
    const text = document.createElement("span");
    text.append(strong(finding.severity), " ", ...(finding.code ? [explained(finding.code), " "] : []), finding.message);
    item.append(text, button("Show", `Show where: ${finding.message}`, () => goTo(finding)));
    if (finding.fix) item.append(button(finding.fix.title, "", () => mend(finding.fix)));
    return item;
  }));
}

// explained leads to what a kind of findings means, beside the editor: what is not saved stays.
function explained(code) {
  const link = document.createElement("a");
  link.href = `/console/finding-kinds/${code}`;
  link.target = "_blank";
  link.textContent = code;
  link.setAttribute("aria-label", `${code}, explained in a new tab`);
  return link;
}

function strong(text) {
  const element = document.createElement("strong");
  element.textContent = text;
  return element;
}

function button(text, name, pressed) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = text;
  if (name) element.setAttribute("aria-label", name);
  element.addEventListener("click", pressed);
  return element;
}
