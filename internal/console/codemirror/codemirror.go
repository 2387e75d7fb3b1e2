// SPDX-License-Identifier: Apache-2.0

// Package codemirror holds CodeMirror 6, the editor of the console, as make console builds it from the packages that
// console/package-lock.json pins. What is in it console/codemirror.js says.
package codemirror

import _ "embed"

// Script is a module of JavaScript, gzip. It makes no code and no markup of strings, and its styles take EditorView.cspNonce.
//
//go:embed codemirror.js.gz
var Script []byte

// Licences are those of what is in Script, as text. Whoever hands out Script hands out these.
//
//go:embed codemirror.licences.txt
var Licences []byte
