// SPDX-License-Identifier: Apache-2.0

// What the editor edits: a gateway response of an API, an entry of the base document of a gateway, or that document as a whole. Each knows where
// the text is kept, in which document it stands for the engine, and who changed it last.
import { jsonOf, path } from "./api.js";

// whereOf is what the page edits. It gets to know what the entry stands among: variables of stages, or settings and rules of a base document.
export function whereOf({ where, api, gateway, type }) {
  return { api: () => ofAPI(api, type), base: () => ofBase(gateway, type), document: () => ofDocument(gateway) }[where]();
}

// ofAPI is a gateway response of an API: its working copy, which answers nobody until it is deployed.
function ofAPI(api, type) {
  let around = { emulate: "aws" };
  return {
    path: path("apis", api, "responses", type),
    stages: path("apis", api, "stages"),
    resources: path("apis", api, "resources") + "?limit=500",
    audit: `/audit?api=${encodeURIComponent(api)}&kind=response&name=${encodeURIComponent(type)}&limit=1`,
    hasForm: true,
    know: ({ stageVariables }) => { around = { emulate: "aws", stageVariables }; },
    textOf: ({ statusCode, responseParameters, responseTemplates }) => jsonOf({ statusCode, responseParameters, responseTemplates }),
    sent: (text) => text,
    checked: (text) => entryIn(around, type, text),
    deployed: (text, stage) => `{"api": ${JSON.stringify(api)}, ${stage ? `"stage": ${JSON.stringify(stage)}, ` : ""}"responses": {${JSON.stringify(type)}: ${text}}}`,
  };
}

// ofBase is an entry of a base document. A page asks before it is in force.
function ofBase(gateway, type) {
  let around = {};
  return {
    path: path("gateways", gateway, "base", "responses", type),
    audit: auditOf(gateway),
    hasForm: true,
    isReviewed: true,
    know: ({ settings, rules }) => {
      const classification = (rules ?? []).map(({ name, when, message }) => ({ name, when, message, responseType: type }));
      around = { ...settings, ...(classification.length ? { classification } : {}) };
    },
    textOf: ({ statusCode, responseParameters, responseTemplates, headers }) => jsonOf({ statusCode, responseParameters, responseTemplates, headers }),
    sent: (text) => text,
    checked: (text) => entryIn(around, type, text),
    deployed: (text) => `{"gateway": ${JSON.stringify(gateway)}, "base": {${JSON.stringify(type)}: ${text}}}`,
  };
}

// ofDocument is a base document, JSON or YAML. What clients see of it is shown without the stages of APIs.
function ofDocument(gateway) {
  return {
    path: path("gateways", gateway, "base"),
    audit: auditOf(gateway),
    isReviewed: true,
    know: () => {},
    textOf: ({ text }) => text,
    sent: (text) => JSON.stringify({ text }),
    checked: (text) => ({ name: "base document", before: "", text, after: "", isAbout: () => true }),
    deployed: (text) => JSON.stringify({ text }),
  };
}

const auditOf = (gateway) => `/audit?kind=base&name=${encodeURIComponent(gateway)}&limit=1`;

// entryIn is an entry in a document of its own, with what it may depend on. What is around it has no findings to show.
function entryIn(around, type, text) {
  const isAbout = ({ path }) => !path || path.startsWith(`gatewayResponses.${type}`);
  const settings = JSON.stringify(around).slice(1, -1);
  return { name: "response.json", before: `{${settings}${settings && ", "}"gatewayResponses": {${JSON.stringify(type)}:\n`, text, after: "\n}}", isAbout };
}
