// SPDX-License-Identifier: Apache-2.0

// Brings a new API to its clients in a real browser: deploys it, makes a host, binds it there, moves the host, unbinds and deletes it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./browser.mjs";
import { leads, looksRight, reach } from "./look.mjs";
import { KEY, SERVER, until, v1 } from "./server.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const button = (page, name) => page.getByRole("button", { name, exact: true });
const link = (page, name) => page.getByRole("link", { name, exact: true });
const bindings = async () => (await v1("GET", "/bindings")).items;

test("a new API is deployed, and bound to a host that is made on the way", async (t) => {
  const { id } = await v1("POST", "/apis", { name: "bakery" });
  await v1("PUT", `/apis/${id}/responses/THROTTLED`, { statusCode: "429", responseTemplates: { "application/json": '{"why":"slow down"}' } });
  await v1("PUT", "/gateways/edge", {});
  const page = await browser.signedIn(SERVER, KEY);
  t.after(() => page.context().close());
  await page.goto(`${SERVER}/console/apis/${id}/deploy`);
  await page.getByText("Deploy it first, then bind it to a host.").waitFor();
  await button(page, "Deploy").click();
  await link(page, "Bind").click();
  await page.getByRole("heading", { name: "Bind bakery to a host" }).waitFor();
  await looksRight(page);
  await page.getByLabel("Host").fill("bakery.example.com");
  await page.getByLabel("Path").fill("/v1/");
  await button(page, "Show what changes").click();
  await page.getByText("There is no host bakery.example.com yet").waitFor();
  await looksRight(page);
  await button(page, "Make it").click();
  await page.getByText("Status 429").first().waitFor();
  assert.deepEqual(await bindings(), [], "showing has bound it");
  await looksRight(page);
  await button(page, "Bind it").click();
  await page.waitForURL(`${SERVER}/console/apis/${id}/stages/prod`);
  await link(page, "bakery.example.com/v1").waitFor();
  await until("a revision has it", async () => (await v1("GET", "/gateways/default/document")).routes?.some(({ api }) => api?.id === id));
});

test("with the keyboard alone a host is moved, and what is bound to it unbound", async (t) => {
  const page = await browser.signedIn(SERVER, KEY);
  t.after(() => page.context().close());
  const press = async (name) => { await reach(page, name); await leads(page, "Enter"); };
  await press("Hosts");
  await page.getByRole("heading", { name: "Make a host" }).waitFor();
  await looksRight(page);
  await press("bakery.example.com");
  await page.getByRole("heading", { name: "Bindings" }).waitFor();
  await looksRight(page);
  await press("Move");
  await page.getByRole("heading", { name: /^Move bakery/ }).waitFor();
  await press("Show what changes");
  await page.getByRole("heading", { name: "What changes on edge" }).waitFor();
  await looksRight(page);
  await press("Move it to edge");
  await page.waitForURL(`${SERVER}/console/hosts/bakery.example.com`);
  await link(page, "edge").waitFor();
  await press("Unbind /v1");
  await page.getByRole("heading", { name: "Unbind bakery.example.com/v1?" }).waitFor();
  await looksRight(page);
  await press("Unbind it");
  await page.getByText("Nothing is bound to it").waitFor();
  await looksRight(page);
  await press("Delete");
  await looksRight(page);
  await press("Delete it");
  await page.getByText("No host yet").waitFor();
  await looksRight(page);
  assert.deepEqual(await bindings(), []);
});

test("of two people the second sees that something else is bound there, and no script is needed", async (t) => {
  const { id } = await v1("POST", "/apis", { name: "dairy" });
  await v1("POST", `/apis/${id}/deployments`, { stage: "prod" });
  await v1("POST", `/apis/${id}/deployments`, { stage: "test" });
  await v1("POST", "/hosts", { host: "dairy.example.com" });
  const page = await browser.signedIn(SERVER, KEY, { javaScriptEnabled: false });
  t.after(() => page.context().close());
  await page.goto(`${SERVER}/console/hosts/dairy.example.com`);
  await link(page, "Bind an API").click();
  await page.getByLabel("API, by its id").fill(id);
  await button(page, "Show what changes").click();
  await v1("PUT", "/hosts/dairy.example.com/bindings/(none)", { api: id, stage: "test" });
  await button(page, "Bind it").click();
  await page.getByRole("alert").filter({ hasText: "Something else was bound there" }).waitFor();
  await page.getByText("is no longer then").waitFor();
  assert.equal((await bindings())[0].stage, "test");
  await button(page, "Bind it").click();
  await page.waitForURL(`${SERVER}/console/apis/${id}/stages/prod`);
  assert.equal((await bindings())[0].stage, "prod");
});
