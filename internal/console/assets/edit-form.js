// SPDX-License-Identifier: Apache-2.0

// The form of a gateway response: its status, its headers, a template for each media type.
import { headerPrefix } from "./edit-complete.js";
import { setText, templateEditor } from "./edit-text.js";

// Form shows a gateway response, and calls back with another one when somebody changes it.
export class Form {
  #root;
  #changed;
  #complete;
  // What was shown last; what the form has no fields for stays as it is there.
  #shown = {};
  #templates = [];

  constructor(root, complete, changed) {
    this.#root = root;
    this.#complete = complete;
    this.#changed = changed;
    this.#on("[name=status]", "input", () => this.#write());
    this.#on("[data-add=header]", "click", () => this.#header("", "").querySelector("input").focus());
    this.#on("[data-add=template]", "click", () => this.#template("", "").media.focus());
  }

  #on(selector, event, done) {
    this.#root.querySelector(selector).addEventListener(event, done);
  }

  // show shows a gateway response. Fields that have the value already stay as they are, with the cursor in them.
  show(response) {
    this.#shown = response;
    put(this.#root.querySelector("[name=status]"), response.statusCode ?? "");
    const headers = Object.entries(response.responseParameters ?? {}).filter(([key]) => key.startsWith(headerPrefix));
    const rows = [...this.#root.querySelectorAll(".header-row")];
    headers.forEach(([key, value], i) => {
      const [name, source] = (rows[i] ?? this.#header("", "")).querySelectorAll("input");
      put(name, key.slice(headerPrefix.length));
      put(source, value);
    });
    rows.slice(headers.length).forEach((row) => row.remove());
    const templates = Object.entries(response.responseTemplates ?? {});
    templates.forEach(([media, text], i) => {
      const template = this.#templates[i] ?? this.#template("", "");
      if (template.media.value !== media) {
        template.media.value = media;
        template.setMedia(media);
      }
      setText(template.view, String(text));
    });
    this.#templates.slice(templates.length).forEach((template) => this.#drop(template));
  }

  // templates are the editors of templates, with their media types.
  get templates() {
    return this.#templates.map(({ media, view }) => ({ media: media.value, view }));
  }

  #row(name) {
    const row = document.getElementById(name).content.cloneNode(true).firstElementChild;
    this.#root.querySelector(`[data-rows=${name}]`).append(row);
    return row;
  }

  #header(name, value) {
    const row = this.#row("header-row");
    const [nameField, valueField] = row.querySelectorAll("input");
    nameField.value = name;
    valueField.value = value;
    row.addEventListener("input", () => this.#write());
    row.querySelector("button").addEventListener("click", () => {
      row.remove();
      this.#write();
      this.#root.querySelector("[data-add=header]").focus();
    });
    return row;
  }

  #template(media, text) {
    const row = this.#row("template-row");
    const field = row.querySelector("input");
    field.value = media;
    const template = { row, media: field, ...templateEditor(row.querySelector(".editor"), text, media, this.#complete, () => this.#write()) };
    field.addEventListener("input", () => {
      template.setMedia(field.value);
      this.#write();
    });
    row.querySelector("button").addEventListener("click", () => {
      this.#drop(template);
      this.#write();
      this.#root.querySelector("[data-add=template]").focus();
    });
    this.#templates.push(template);
    return template;
  }

  #drop(template) {
    template.view.destroy();
    template.row.remove();
    this.#templates = this.#templates.filter((t) => t !== template);
  }

  // write calls back with what the form says. Of two rows with one name the first counts; the other one says so.
  #write() {
    const status = this.#root.querySelector("[name=status]").value.trim();
    const others = Object.entries(this.#shown.responseParameters ?? {}).filter(([key]) => !key.startsWith(headerPrefix));
    const rows = [...this.#root.querySelectorAll(".header-row")].map((row) => [...row.querySelectorAll("input")]);
    const headers = unique(rows.map(([name, value]) => [name, headerPrefix + name.value.trim(), value.value]), "There is a row of this header already; this one does not count.");
    const templates = unique(this.#templates.map(({ media, view }) => [media, media.value.trim(), view.state.doc.toString()]), "There is a template of this media type already; this one does not count.");
    const response = { ...this.#shown };
    set(response, "statusCode", status);
    set(response, "responseParameters", Object.fromEntries([...others, ...headers]));
    set(response, "responseTemplates", Object.fromEntries(templates));
    this.#shown = response;
    this.#changed(response);
  }
}

// complaining says below a row why it does not count.
function complaining(text) {
  const line = document.createElement("p");
  line.className = "complaint";
  line.setAttribute("role", "status");
  line.textContent = text;
  return line;
}

// put gives a field a value; one that has it keeps its cursor.
function put(field, value) {
  if (field.value !== String(value)) field.value = value;
}

// set gives a response a part, or takes it away when there is nothing of it.
function set(response, key, part) {
  if (part === "" || typeof part === "object" && Object.keys(part).length === 0) delete response[key];
  else response[key] = part;
}

// unique are the names and values of rows that have a name, each name once. Rows that do not count are marked.
function unique(rows, complaint) {
  const seen = new Set();
  return rows.filter(([field, name]) => {
    const isNamed = field.value.trim() !== "";
    const again = isNamed && seen.has(name.toLowerCase());
    field.setAttribute("aria-invalid", String(again));
    field.parentElement.querySelector(".complaint")?.remove();
    if (again) field.parentElement.append(complaining(complaint));
    seen.add(name.toLowerCase());
    return isNamed && !again;
  }).map(([, name, value]) => [name, value]);
}
