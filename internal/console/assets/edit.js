// SPDX-License-Identifier: Apache-2.0

// The page that edits a gateway response, or a whole document. The raw text is what counts: the form of a response writes into it and shows
// what stands there.
import { Problem, ask, inWords, jsonOf, parsed, visible } from "./api.js";
import { Completion, headerNames, headerPrefix, mediaTypes } from "./edit-complete.js";
import { find, inTemplate, list, mark } from "./edit-findings.js";
import { Form } from "./edit-form.js";
import { merge } from "./edit-merge.js";
import { exchangeOf, explain, show, tryAddress } from "./edit-preview.js";
import { rawEditor, setText } from "./edit-text.js";
import { whereOf } from "./edit-where.js";

const root = document.getElementById("edit");
const { type } = root.dataset;
const where = whereOf(root.dataset);
const field = root.querySelector("textarea[name=raw]");
const say = (text) => { root.querySelector("#edit-said").textContent = text; };
const columns = root.querySelector(".edit-columns");

// saved is what the server has, as far as this page knows.
const saved = { raw: field.value, etag: root.querySelector("[name=etag]").value };
let findings = [];

const [clients, variables, stages, types, kept, resources] = await Promise.all([
  ask("GET", "/clients").then(({ value }) => value.items, () => []),
  ask("GET", "/variables").then(({ value }) => value.variables, () => []),
  where.stages ? ask("GET", where.stages).then(({ value }) => value.items, () => []) : [],
  ask("GET", "/types").then(({ value }) => value, () => ({ types: [], details: [] })),
  ask("GET", where.path).then(({ value }) => value, () => ({})),
  where.resources ? ask("GET", where.resources).then(({ value }) => value.items, () => []) : [],
]);
const stageVariables = Object.assign({}, ...stages.map((stage) => stage.variables), kept.settings?.stageVariables);
where.know({ stageVariables, ...kept });
const completion = new Completion(variables, Object.keys(stageVariables));

const form = where.hasForm && new Form(root.querySelector("#edit-form"), completion.inTemplate, (response) => {
  setText(raw, jsonOf(response));
  edited();
});
const rawName = where.hasForm ? "Raw JSON of the gateway response" : "Text of the document";
const raw = rawEditor(root.querySelector("#edit-raw"), rawName, saved.raw, where.hasForm ? completion.inRaw : completion.inTemplate, () => {
  showForm();
  edited();
});
const text = () => raw.state.doc.toString();

// showForm shows the raw JSON in the form. While it is none the form waits.
function showForm() {
  if (!form) return;
  const response = parsed(text());
  const isOne = isObject(response) && ["responseParameters", "responseTemplates"].every((key) => response[key] === undefined || isObject(response[key]));
  root.querySelector("#edit-form").toggleAttribute("inert", !isOne);
  root.querySelector("#edit-waits").hidden = isOne;
  if (isOne) form.show(response);
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// edited is called with every change of a person.
function edited() {
  field.value = text();
  root.querySelector("#edit-dirty").hidden = text() === saved.raw;
  look();
}

// look shows findings and preview anew. Of keystrokes while it works only the last one is looked at then.
let isLooking = false;
let wanted = 0; // since when somebody waits, 0 for nobody
async function look() {
  wanted ||= performance.now();
  if (isLooking) return;
  isLooking = true;
  const lost = root.querySelector("#edit-lost");
  for (let wait = 250; wanted;) {
    const since = wanted;
    wanted = 0;
    try {
      await Promise.all([lookForFindings(), lookAtReply(since)]);
      lost.hidden = true;
      wait = 250;
    } catch (error) {
      lost.textContent = inWords(error);
      lost.hidden = false;
      wanted ||= since;
      await new Promise((done) => setTimeout(done, wait = Math.min(2 * wait, 5000)));
    }
  }
  isLooking = false;
}

async function lookForFindings() {
  const looked = text();
  const found = await find(where.checked(looked));
  if (looked !== text()) return;
  findings = found;
  mark(raw, findings, mend);
  for (const { media, view } of form ? form.templates : []) mark(view, inTemplate(raw, findings, media), mend);
  list(root.querySelector("#edit-findings"), findings, goTo, mend);
  root.querySelector("#edit-count").textContent = findings.length === 1 ? "1 finding" : findings.length ? `${findings.length} findings` : "Nothing found";
}

async function lookAtReply(since) {
  const preview = root.querySelector("#edit-preview");
  const value = (name) => preview.querySelector(`[name=${name}]`)?.value ?? "";
  const stale = preview.querySelector("#edit-stale");
  try {
    if (form && !isObject(parsed(text()))) throw new Problem(422, { detail: "it is not a JSON object" });
    show(preview, await explain(where.deployed(text(), value("stage")), exchangeOf(preview, clients)), value("client"), value("origin"));
    offerTry(preview);
    preview.classList.remove("stale");
    stale.hidden = true;
    performance.measure("keystroke to preview", { start: since });
  } catch (error) {
    if (!(error instanceof Problem) || ![400, 422].includes(error.status)) throw error;
    stale.textContent = `This is the reply before the last changes; now ${error.message.replace(/^the document cannot be used as it is/, "the response cannot be used")}.`;
    stale.hidden = false;
    preview.classList.add("stale");
  }
}

// offerTry leads to the page that sends the request of the preview, where the console has that page for whoever is signed in.
function offerTry(preview) {
  const offer = preview.querySelector("[data-part=try]");
  offer.hidden = !document.querySelector('nav a[href="/console/tries"]');
  offer.querySelector("a").href = tryAddress(preview, root.dataset.gateway ?? "");
}

// mend does what a finding suggests.
function mend(fix) {
  if (fix.header) {
    const response = parsed(text());
    response.responseParameters = { ...response.responseParameters, [headerPrefix + fix.header[0]]: fix.header[1] };
    replace(jsonOf(response));
  } else {
    replace(text().slice(0, fix.from) + fix.insert + text().slice(fix.to));
  }
  raw.focus();
}

function goTo({ from, to }) {
  raw.dispatch({ selection: { anchor: Math.min(from, raw.state.doc.length), head: Math.min(to, raw.state.doc.length) }, scrollIntoView: true });
  raw.focus();
}

// save saves a text over what the server has, if that is what this page knows; else the other one is shown first.
let isSaving = false;
async function save() {
  if (isSaving || columns.inert) return;
  isSaving = true;
  const sent = text();
  say(where.isReviewed ? "Looking at what it changes …" : "Saving …");
  try {
    if (where.isReviewed) {
      await ask("PUT", `${where.path}?dryRun=true`, where.sent(sent), saved.etag);
      review(sent);
      return;
    }
    await ask("PUT", where.path, where.sent(sent), saved.etag);
    await reload();
    if (text() === sent) replace(saved.raw);
    say("Saved. It answers nobody until the API is deployed.");
  } catch (error) {
    if (error instanceof Problem && error.status === 409) await meet();
    else say(`Not saved: ${inWords(error)}`);
  }
  isSaving = false;
  edited();
}

// review goes to the page that shows what a text changes, and asks.
let isReviewing = false;
function review(sent) {
  field.value = sent;
  isReviewing = true;
  root.querySelector("#edit-save").requestSubmit(root.querySelector("#edit-save [value=save]"));
}

// replace puts another text in the place of what is here.
function replace(other) {
  setText(raw, other);
  showForm();
  edited();
}

// reload learns what the server has.
async function reload() {
  const { value, etag } = await ask("GET", where.path);
  saved.raw = where.textOf(value);
  saved.etag = root.querySelector("[name=etag]").value = etag;
  if (!form) return;
  root.querySelector("#edit-reset")?.toggleAttribute("hidden", value.state !== "customised");
  root.querySelector("#edit-state").textContent = {
    customised: "customised", inherited: `inherited from ${value.from}`, builtIn: "built-in", left: "left as it is", unraised: "never raised",
  }[value.state];
}

// other says who has changed it last, and when.
async function other() {
  const last = await ask("GET", where.audit).then(({ value }) => value.items[0], () => undefined);
  root.querySelector("#edit-other").textContent = last ? `${visible(last.by)} has saved it at ${last.at.replace(/\.\d+/, "")}.` : "";
}

// meet shows what somebody else has saved, and what is here.
async function meet() {
  const before = saved.raw;
  await Promise.all([reload(), other()]);
  if (form && where.isReviewed && saved.raw === before) {
    isSaving = false; // another entry of the document was changed, which this one leaves as it is
    await save();
    return;
  }
  say("Not saved yet: somebody else has changed this meanwhile. Yours is not lost.");
  setInert(true);
  const leave = (done) => (other) => {
    setInert(false);
    done(other);
  };
  merge(root.querySelector("#edit-merge"), saved.raw, text(), {
    save: leave((both) => {
      replace(both);
      save();
    }),
    takeTheirs: leave(() => {
      replace(saved.raw);
      say("Theirs is here now; nothing was saved.");
    }),
    goBack: leave((both) => {
      replace(both);
      say("Not saved. What the other one has saved is replaced when you save.");
    }),
  });
}

// setInert keeps people from the rest of the page while they merge.
function setInert(inert) {
  for (const part of [columns, ...root.querySelectorAll("#edit-save .actions")]) part.inert = inert;
}

root.addEventListener("submit", (event) => {
  if (event.submitter?.value !== "save" || isReviewing) return;
  event.preventDefault();
  save();
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    save();
  }
});
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) isSaving = isReviewing = false; // back from the review
});
addEventListener("beforeunload", (event) => {
  if (text() !== saved.raw && !isReviewing) event.preventDefault();
});
root.querySelector("#edit-preview").addEventListener("input", () => {
  root.querySelector("#edit-origin").hidden = root.querySelector("[name=client]").value !== "page";
  look();
});

// A request to a resource has a value in the place of each parameter: its name.
const paths = resources.map((resource) => resource.path.replace(/\{(\w+)\+?\}/g, "$1")).sort();

// What of details is no pattern can be chosen as it is.
const details = types.details.filter((row) => type && row.aws === type && !row.pattern.includes("*")).map((row) => row.pattern);
for (const [id, values] of Object.entries({
  "edit-header-names": headerNames, "edit-media-types": mediaTypes, "edit-sources": ["''", ...completion.names.map((v) => v.name)],
  "edit-types": types.types.map((t) => t.type), "edit-details": details, "edit-paths": paths,
})) {
  document.getElementById(id).append(...values.map((value) => new Option(value, value)));
}
root.querySelector("[name=stage]")?.append(...stages.map(({ name }) => new Option(name, name)));
root.querySelectorAll("[data-script]").forEach((element) => { element.hidden = false; });
root.querySelectorAll("[data-plain]").forEach((element) => { element.hidden = true; });
showForm();
edited();
