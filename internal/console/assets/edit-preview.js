// SPDX-License-Identifier: Apache-2.0

// Shows what a client gets of an error, as the engine says that will answer, and how it came about.
import { ask, visible } from "./api.js";

// exchangeOf is the error that the fields of the preview describe, as /v1 takes it. clients are what each sends by itself.
export function exchangeOf(fields, clients) {
  const value = (name) => fields.querySelector(`[name=${name}]`).value.trim();
  const client = clients.find(({ name }) => name === value("client")) ?? { headers: [] };
  const headers = Object.fromEntries(client.headers.map((header) => [header.name, header.value]));
  if (value("accept")) headers.accept = value("accept");
  if (value("client") === "page") headers.origin = value("origin");
  for (const line of value("headers").split("\n")) {
    const [, name, text] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? [];
    if (name) headers[name.toLowerCase()] = text;
  }
  const request = { method: client.method ?? value("method"), path: value("path") || "/", headers };
  if (value("host")) request.host = value("host");
  if (client.protocol) request.protocol = client.protocol;
  const details = value("details");
  return { request, error: details ? { details } : value("error") };
}

// tryAddress is the page that sends the request of the fields through an Envoy, what is in force there answering it.
export function tryAddress(fields, gateway) {
  const value = (name) => fields.querySelector(`[name=${name}]`)?.value.trim() ?? "";
  const own = [["accept", value("accept")], ["origin", value("client") === "page" ? value("origin") : ""]].filter(([, text]) => text).map(([name, text]) => `${name}: ${text}`);
  const asked = {
    gateway, client: value("client"), method: value("client") === "grpc" || value("method") === "GET" ? "" : value("method"), path: value("path") || "/",
    host: value("host"), headers: [...own, value("headers")].filter(Boolean).join("\n"),
  };
  return `/console/tries?${new URLSearchParams(Object.entries(asked).filter(([, text]) => text))}`;
}

// explain asks what becomes of an exchange in a document, as /v1 takes that, JSON.
export async function explain(document, exchange) {
  const { value } = await ask("POST", "/explain", `{"document": ${document}, "exchange": ${JSON.stringify(exchange)}}`);
  return value;
}

// show shows what an explanation says.
export function show(root, explanation, client, origin) {
  const { reply } = explanation;
  const header = (name) => reply.headers.find((h) => h.name === name)?.value ?? "";
  const part = (name) => root.querySelector(`[data-part=${name}]`);
  part("status").textContent = explanation.status.grpcStatus ? `${reply.status}, grpc-status ${header("grpc-status")}` : String(reply.status);
  part("verdict").textContent = verdict(client, origin, header, explanation);
  part("headers").replaceChildren(...reply.headers.flatMap(({ name, value }) => [element("dt", name), element("dd", visible(value))]));
  part("body").textContent = visible(reply.body);
  part("empty").hidden = reply.body !== "";
  showPage(root, /^text\/html\b/i.test(header("content-type")) ? reply.body : undefined);
  part("trace").replaceChildren(...explanation.steps.map(stepItem));
}

// verdict says in a sentence what a client makes of a reply.
function verdict(client, origin, header, { reply, entry }) {
  if (client === "page") {
    const allowed = header("access-control-allow-origin");
    if (allowed !== "*" && allowed !== origin) return "The script on the page sees nothing of this, only TypeError: Failed to fetch. The browser keeps the reply from it, for want of Access-Control-Allow-Origin.";
    const exposed = header("access-control-expose-headers");
    return `The script on the page can read status and body, and of the headers Cache-Control, Content-Language, Content-Length, Content-Type, Expires, Last-Modified, Pragma${exposed ? ` and ${exposed}` : ""}.`;
  }
  if (client === "grpc" && header("grpc-status")) return `The call fails with status ${header("grpc-status")} and the message “${percentDecoded(header("grpc-message"))}”.`;
  if (!reply.replaced && entry.left) return `The reply goes through as it is: ${entry.left}.`;
  return "";
}

function percentDecoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// showPage shows HTML as a page, in a frame from an address of its own, where it can do nothing; undefined shows none. Each page has a
// new frame: the step back of the browser leads off this page then, not through all that was typed.
function showPage(root, body) {
  const holder = root.querySelector("[data-part=page]");
  holder.hidden = body === undefined;
  const form = root.querySelector("form[data-frame]");
  if (body === undefined || form.elements.body.value === body && holder.childElementCount) return;
  form.elements.body.value = body;
  const frame = document.createElement("iframe");
  frame.name = form.target = `reply-${Date.now()}-${Math.random().toString(36).slice(2)}`;
  frame.title = "The reply as a page";
  frame.setAttribute("sandbox", "");
  frame.addEventListener("load", () => {
    while (holder.firstElementChild !== frame && holder.contains(frame)) holder.firstElementChild.remove();
  });
  while (holder.childElementCount > 1) holder.lastElementChild.remove();
  holder.append(frame);
  form.submit();
}

// stepItem is a step by which a reply came about, with its reasons.
function stepItem({ name, text, notes = [] }) {
  const item = element("li", "");
  item.append(element("strong", name), ` ${visible(text ?? "")}`);
  if (notes.length) {
    const reasons = element("ul", "");
    reasons.append(...notes.map((note) => element("li", visible(note))));
    item.append(reasons);
  }
  return item;
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
