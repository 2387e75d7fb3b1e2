// SPDX-License-Identifier: Apache-2.0

// Shows what somebody else has saved meanwhile beside what is here.
import { EditorState, EditorView, MergeView } from "./codemirror.js";
import { common, rawLanguage } from "./edit-text.js";

// merge lets a person make one text of two, and calls back with it. What is here is not saved, and not lost, until then.
export function merge(root, theirs, mine, { save, takeTheirs, goBack }) {
  const holder = root.querySelector(".merge");
  const view = new MergeView({
    parent: holder,
    a: { doc: theirs, extensions: [common("What is saved now, by somebody else"), rawLanguage(theirs), EditorState.readOnly.of(true), EditorView.editable.of(false), EditorView.contentAttributes.of({ tabindex: "0" })] },
    b: { doc: mine, extensions: [common("Yours, which will be saved"), rawLanguage(mine)] },
    revertControls: "a-to-b",
    renderRevertControl: () => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "→";
      button.setAttribute("aria-label", "Take this part of theirs");
      return button;
    },
    gutter: true,
  });
  const listening = new AbortController();
  const close = () => {
    listening.abort();
    root.hidden = true;
    view.destroy();
    holder.replaceChildren();
  };
  const on = (name, done) => root.querySelector(`[data-do=${name}]`).addEventListener("click", () => {
    const text = view.b.state.doc.toString();
    close();
    done(text);
  }, { signal: listening.signal });
  on("save", save);
  on("theirs", takeTheirs);
  on("back", goBack);
  root.hidden = false;
  root.querySelector("h2").focus();
}
