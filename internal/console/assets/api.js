// SPDX-License-Identifier: Apache-2.0

// Asks the server's API as whoever is signed in.

// Problem is what the API answers with when it cannot do something.
export class Problem extends Error {
  constructor(status, { title = "", detail = "", findings = [] } = {}) {
    super(detail || title || `the server answered ${status}`);
    this.status = status;
    this.findings = findings;
  }
}

// ask sends a request to a path below /v1 and gives the value and the ETag of the answer. A body that is a text is sent as it is.
// It throws a Problem, or a TypeError when the server cannot be reached.
export async function ask(method, path, body, ifMatch) {
  const headers = {};
  if (body !== undefined) headers["content-type"] = "application/json";
  if (ifMatch) headers["if-match"] = ifMatch;
  const answer = await fetch("/console/v1" + path, { method, headers, body: typeof body === "object" ? JSON.stringify(body) : body });
  const text = await answer.text();
  if (!answer.ok) throw new Problem(answer.status, parsed(text) ?? {});
  return { value: parsed(text), etag: answer.headers.get("etag") };
}

// parsed is the value of a JSON text, undefined for what is none.
export function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// jsonOf is a value as people edit it. Characters that control, or turn the direction of a text, stand there by their numbers.
export function jsonOf(value) {
  return JSON.stringify(value, null, 2).replace(hidden, (c) => `\\u${numberOf(c)}`);
}

const hidden = /[\u007f-\u009f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069]/g;

// visible shows characters that control, or turn the direction of a text, by their numbers. Line ends stay.
export function visible(text) {
  return text.replaceAll("\r\n", "\n").replace(/[\u0000-\u0008\u000b-\u001f]/g, (c) => `⟨U+${numberOf(c)}⟩`).replace(hidden, (c) => `⟨U+${numberOf(c)}⟩`);
}

function numberOf(character) {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
}

// path is a path of segments that may hold any character.
export function path(...segments) {
  return segments.map((segment) => "/" + encodeURIComponent(segment)).join("");
}

// inWords says what went wrong, and what is still safe.
export function inWords(error) {
  if (!(error instanceof Problem)) return "The server cannot be reached. Your text is safe in this page; it is tried again.";
  if (error.status === 401) return "You are signed out. Your text is safe in this page: sign in in another tab, then go on here.";
  return error.message;
}
