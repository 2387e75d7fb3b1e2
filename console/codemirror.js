// SPDX-License-Identifier: Apache-2.0

// What the pages of the console use of CodeMirror. build.mjs makes one file of it.
export { EditorState, Compartment, Annotation } from "@codemirror/state";
export { EditorView, keymap, lineNumbers, drawSelection, highlightSpecialChars } from "@codemirror/view";
export { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
export { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
export { bracketMatching, syntaxHighlighting, syntaxTree, HighlightStyle } from "@codemirror/language";
export { lintKeymap, setDiagnostics } from "@codemirror/lint";
export { search, searchKeymap } from "@codemirror/search";
export { MergeView } from "@codemirror/merge";
export { json } from "@codemirror/lang-json";
export { html } from "@codemirror/lang-html";
export { tags } from "@lezer/highlight";
