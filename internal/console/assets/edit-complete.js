// SPDX-License-Identifier: Apache-2.0

// Completes what people write in templates, in mappings and in the raw JSON, from what the API says there is.
import { syntaxTree } from "./codemirror.js";

// Names of headers that replies to errors have.
export const headerNames = [
  "Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Cache-Control", "Content-Language", "Content-Security-Policy", "Content-Type", "Link", "Location",
  "RateLimit", "RateLimit-Policy", "Refresh", "Retry-After", "Strict-Transport-Security", "Vary", "WWW-Authenticate", "X-Content-Type-Options", "X-Request-Id",
];

// mediaTypes are those that people write templates for.
export const mediaTypes = ["application/json", "application/problem+json", "application/xml", "text/html", "text/plain"];

const keys = ["statusCode", "responseParameters", "responseTemplates", "headers"];
export const headerPrefix = "gatewayresponse.header.";

// Completion knows the names that there are.
export class Completion {
  // variables are those of /v1/variables; stageVariables are names.
  constructor(variables, stageVariables) {
    const known = variables.filter((v) => !v.absent).map(({ name, about }) => {
      const open = /^(.*\.)(?:NAME|NS|KEY|a\.b)\b/.exec(name);
      return { name: open ? open[1] : name, label: name, info: about, rest: Boolean(open) };
    });
    this.names = [...known, ...stageVariables.map((v) => ({ name: `stageVariables.${v}`, label: `stageVariables.${v}`, info: "A variable of a stage" }))];
  }

  // options are completions for names that begin with a text.
  options(begin) {
    return this.names.map(({ name, label, info, rest }) => ({ label: begin + name, displayLabel: begin + label, info, type: "variable", boost: rest ? -1 : 0 }));
  }

  // inTemplate completes $context.requestId and ${context.requestId}.
  inTemplate = (context) => {
    const before = context.matchBefore(/\$\{?[\w.-]*/);
    if (!before) return null;
    return { from: before.from, options: this.options(before.text.startsWith("${") ? "${" : "$"), validFor: /^\$\{?[\w.-]*$/ };
  };

  // inRaw completes by where in the JSON the cursor is.
  inRaw = (context) => {
    const node = syntaxTree(context.state).resolveInner(context.pos, -1);
    if (!["String", "PropertyName"].includes(node.name)) return null;
    const [member] = placeOf(context.state, node);
    const from = node.from + 1;
    if (node.name === "PropertyName") {
      if (member === undefined) return { from, options: keys.map((label) => ({ label, type: "property" })) };
      if (member === "responseParameters") return { from, options: headerNames.map((name) => ({ label: headerPrefix + name, type: "property" })) };
      if (member === "responseTemplates") return { from, options: mediaTypes.map((label) => ({ label, type: "property" })) };
      return null;
    }
    if (member === "responseParameters") return { from, options: [{ label: "''", info: "A fixed text, between the quotes", apply: "''" }, ...this.options("")] };
    return member === "responseTemplates" ? this.inTemplate(context) : null;
  };
}

// placeOf are the keys that lead to a node: of a value, its own key included; of a key, those of the objects around it.
export function placeOf(state, node) {
  const names = [];
  for (let at = node.name === "PropertyName" ? node.parent?.parent : node; at; at = at.parent) {
    if (at.name !== "Property") continue;
    const name = at.getChild("PropertyName");
    if (name) names.unshift(state.sliceDoc(name.from + 1, name.to - 1));
  }
  return names;
}
