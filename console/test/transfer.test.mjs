// SPDX-License-Identifier: Apache-2.0

// Brings a definition in, and takes it out again, in a real browser at a real server.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { openBrowser } from "./browser.mjs";
import { looksRight } from "./look.mjs";
import { KEY, SERVER, v1 } from "./server.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const definition = (type) => `openapi: 3.0.1
info: {title: pets, version: "1"}
paths: {}
components: {schemas: {pet: {type: object}}}
x-amazon-apigateway-gateway-responses:
  ${type}:
    statusCode: 429
    responseParameters: {gatewayresponse.path.id: "'x'"}
    responseTemplates: {application/json: '{"flags": "$context.envoy.responseFlags"}'}
`;

const customised = async (api) => (await v1("GET", `/apis/${api}/responses`)).items.filter((r) => r.state === "customised").map((r) => r.type);

// bring brings a file to the page that imports.
async function bring(page, text) {
  await page.getByLabel(/^File/).setInputFiles({ name: "pets.yaml", mimeType: "application/yaml", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: "See what comes of it" }).click();
  await page.getByText("Nothing is made yet").waitFor();
}

test("a definition becomes an API, goes into it, and comes out again", async (t) => {
  const page = await browser.signedIn(SERVER, KEY);
  t.after(() => page.context().close());
  await page.getByRole("link", { name: "Import" }).click();
  await page.getByRole("heading", { name: "Import" }).waitFor();
  await looksRight(page);
  await bring(page, definition("THROTTLED"));
  await page.getByText("schemas are dropped").waitFor();
  await page.getByText("line 8, column").first().waitFor();
  await page.locator("details.seen").filter({ hasText: "THROTTLED" }).locator("summary").click();
  await page.getByText('{"flags": "').last().waitFor();
  await looksRight(page);
  await page.getByRole("button", { name: "Make this API" }).click();
  await page.waitForURL(`${SERVER}/console/apis/*`);
  const api = page.url().split("/").pop();
  assert.deepEqual(await customised(api), ["THROTTLED"]);

  await page.getByRole("link", { name: "Import" }).click();
  await bring(page, definition("UNAUTHORIZED"));
  await page.getByLabel(/Overwrite:/).check();
  await page.getByRole("button", { name: "See what it changes" }).click();
  await page.getByRole("heading", { name: "Overwrite pets?" }).waitFor();
  assert.deepEqual(await customised(api), ["THROTTLED"], "a page that asks has changed something");
  await looksRight(page);
  await page.getByRole("button", { name: "Overwrite" }).click();
  await page.waitForURL(`${SERVER}/console/apis/${api}`);
  assert.deepEqual(await customised(api), ["UNAUTHORIZED"]);

  await page.getByRole("link", { name: "Export" }).click();
  await page.getByText('AWS has no variable "$context.envoy.responseFlags"').waitFor();
  await looksRight(page);
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download" }).click();
  const file = await downloading;
  assert.equal(file.suggestedFilename(), "pets-working-copy.yaml");
  assert.match(await readFile(await file.path(), "utf8"), /UNAUTHORIZED/);
});

test("a file of Envoy takes the place of a base document, after a look at it", async (t) => {
  const page = await browser.signedIn(SERVER, KEY);
  t.after(() => page.context().close());
  await page.goto(`${SERVER}/console/import`);
  await bring(page, 'local_reply_config:\n  mappers:\n  - filter: {status_code_filter: {comparison: {op: EQ, value: {default_value: 503, runtime_key: x}}}}\n    status_code: 500\n    body_format: {text_format_source: {inline_string: "busy"}}\n');
  await page.getByRole("button", { name: "Base document of default" }).click();
  await page.getByRole("heading", { name: "Change the base document?" }).waitFor();
  await looksRight(page);
  await page.getByRole("button", { name: "Put it in force" }).click();
  await page.waitForURL(`${SERVER}/console/gateways/default`);
  assert.match((await v1("GET", "/gateways/default/base")).text, /X_MAPPER_1/);
});

test("what cannot be read is said, and nothing is changed", async (t) => {
  const page = await browser.signedIn(SERVER, KEY);
  t.after(() => page.context().close());
  await page.goto(`${SERVER}/console/import`);
  await page.getByLabel("Or its text").fill("a: b");
  await page.getByRole("button", { name: "See what comes of it" }).click();
  await page.getByText("no known format").waitFor();
  await page.getByText("Nothing was changed").waitFor();
  await looksRight(page);
});
