// SPDX-License-Identifier: Apache-2.0

// Deploys an API and follows it to its nodes: "easy" takes what it gets, "fussy" refuses what is not wanted.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./browser.mjs";
import { looksRight, reach } from "./look.mjs";
import { KEY, SERVER, until, v1 } from "./server.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

let made = 0;

const standing = () => v1("GET", "/gateways/default/standing");

// shop makes an API that is deployed to prod, bound to a host and on both nodes, and gives its id. After the test nothing of it holds up the
// next one: neither a pin, nor a reply that a node refuses.
async function shop(t) {
  const { id } = await v1("POST", "/apis", { name: "shop" });
  const host = `shop-${++made}.example.com`;
  await v1("PUT", `/apis/${id}/responses/THROTTLED`, { statusCode: "429", responseTemplates: { "application/json": '{"why":"slow down"}' } });
  await v1("POST", `/apis/${id}/deployments`, { stage: "prod" });
  await v1("POST", "/hosts", { host });
  t.after(async () => {
    if ((await standing()).pin) await v1("DELETE", "/gateways/default/pin");
    await v1("DELETE", `/hosts/${host}`);
  });
  await v1("PUT", `/hosts/${host}/bindings/(none)`, { api: id, stage: "prod" });
  const progress = async () => (await v1("GET", `/apis/${id}/stages/prod/progress`)).gateways[0];
  await until("the shop is everywhere", async () => {
    const { everywhere, connected } = await progress();
    return everywhere && connected === 2;
  });
  return id;
}

// change changes the reply of a shop.
const change = (api, body, statusCode = "420") => v1("PUT", `/apis/${api}/responses/THROTTLED`, { statusCode, responseTemplates: { "application/json": body } });

const button = (page, name) => page.getByRole("button", { name, exact: true });
const link = (page, name) => page.getByRole("link", { name, exact: true });

// deploy brings a shop to prod, and gives the revision that has it. The changes of one second share a revision, which comes a moment later.
async function deploy(api) {
  await v1("POST", `/apis/${api}/deployments`, { stage: "prod" });
  await until("the deployment is a revision", async () => !(await standing()).due);
  return (await standing()).newest;
}

const served = async (api) => (await v1("GET", `/apis/${api}/stages/prod`)).deployment;

async function open(t, path, options) {
  const page = await browser.signedIn(SERVER, KEY, options);
  t.after(() => page.context().close());
  await page.goto(SERVER + path);
  return page;
}

test("what is edited is deployed, arrives, and is taken back", async (t) => {
  const api = await shop(t);
  const page = await open(t, `/console/apis/${api}/responses/THROTTLED`);
  await page.getByLabel("Status", { exact: true }).fill("503");
  await button(page, "Save").click();
  await page.locator("#edit-state").filter({ hasText: "customised" }).waitFor();
  await until("it is saved", async () => (await v1("GET", `/apis/${api}/responses/THROTTLED`)).statusCode === "503");
  await page.goto(`${SERVER}/console/`);
  await page.getByRole("row", { name: api }).getByRole("link", { name: "prod" }).click();
  await page.getByText("Status 429 becomes 503.").first().waitFor();
  await page.getByText("2 connected nodes, all at once").waitFor();
  await looksRight(page);
  await page.getByLabel("A note for the others").fill("503 for all");
  await button(page, "Deploy").click();
  await page.getByText(/Everywhere since/).waitFor();
  await page.getByText("503 for all").waitFor();
  await looksRight(page);
  await link(page, "Take back").click();
  await button(page, /^Take it to revision/).click();
  await page.waitForURL(`${SERVER}/console/gateways/default`);
  await page.goto(`${SERVER}/console/apis/${api}/stages/prod`);
  await page.getByRole("main").getByText("0 of 2 connected nodes run it").waitFor();
  await page.getByText("held back").first().waitFor();
  await looksRight(page);
  await page.evaluate(() => { window.stays = true; });
  await v1("DELETE", "/gateways/default/pin");
  await page.locator("#news").filter({ hasText: /^default: 2 nodes run it, as revision \d+\.$/ }).waitFor({ state: "attached" });
  assert.equal(await page.evaluate(() => window.stays), true, "it was loaded anew, which no screen reader is told of");
  await page.getByText(/Everywhere since/).waitFor();
});

test("a pin is released where it holds a deployment back", async (t) => {
  const api = await shop(t);
  await v1("PUT", "/gateways/default/pin", { why: "it broke" });
  await change(api, '"later"');
  await deploy(api);
  const page = await open(t, `/console/apis/${api}/stages/prod`);
  await link(page, "Release pin").click();
  await button(page, "Release it").click();
  await page.waitForURL(`${SERVER}/console/gateways/default`);
  await page.goto(`${SERVER}/console/apis/${api}/stages/prod`);
  await page.getByText(/Everywhere since/).waitFor();
});

test("a revision that came since the page was shown is not released unseen", async (t) => {
  const api = await shop(t);
  await v1("PUT", "/gateways/default/pin", { why: "it broke" });
  await change(api, '"seen"');
  const seen = await deploy(api);
  const page = await open(t, "/console/gateways/default/release");
  await page.getByText(`the newest one, revision ${seen},`).waitFor();
  await change(api, '"unseen"');
  const unseen = await deploy(api);
  await button(page, "Release it").click();
  await page.getByRole("alert").filter({ hasText: "nothing was done" }).waitFor();
  await page.getByText(`the newest one, revision ${unseen},`).waitFor();
  assert.ok((await standing()).pin, "it was released");
  await button(page, "Release it").click();
  await page.waitForURL(`${SERVER}/console/gateways/default`);
  assert.equal((await standing()).pin, undefined);
});

test("a node that refuses is seen, with the reason, and the older deployment serves again", async (t) => {
  const api = await shop(t);
  const before = await served(api);
  await change(api, '"unwanted text"');
  const page = await open(t, `/console/apis/${api}/deploy`);
  await button(page, "Deploy").click();
  await page.getByText("it is not wanted").waitFor();
  await page.getByText("1 of 2 nodes").waitFor();
  await looksRight(page);
  await link(page, "Serve the one before").click();
  await page.getByText(`deployment ${before}`).waitFor();
  await looksRight(page);
  await button(page, "Serve it again").click();
  await page.getByText(/Everywhere since/).waitFor();
  assert.equal(await served(api), before);
});

test("what was changed since the page was shown is not deployed unseen", async (t) => {
  const api = await shop(t);
  const before = await served(api);
  await change(api, '"mine"', "420");
  const page = await open(t, `/console/apis/${api}/responses/THROTTLED`);
  await link(page, "Deploy").click();
  await page.getByLabel("A note for the others").fill("mine");
  await change(api, '"theirs"', "421");
  await button(page, "Deploy").click();
  await page.getByRole("alert").filter({ hasText: "nothing was deployed" }).waitFor();
  await page.getByText("Status 429 becomes 421.").first().waitFor();
  assert.equal(await page.getByLabel("A note for the others").inputValue(), "mine");
  assert.equal(await served(api), before);
  await looksRight(page);
});

test("with the keyboard alone, and without scripts", async (t) => {
  const api = await shop(t);
  await change(api, '"keys"');
  const page = await open(t, `/console/apis/${api}`);
  await reach(page, "Deploy");
  await page.keyboard.press("Enter");
  await page.waitForURL(/deploy/);
  await reach(page, /note for the others/);
  await page.keyboard.type("typed");
  await page.keyboard.press("Enter");
  await page.getByText(/Everywhere since/).waitFor();

  await change(api, '"no scripts"');
  const plain = await open(t, `/console/apis/${api}/deploy`, { javaScriptEnabled: false });
  await button(plain, "Deploy").click();
  await plain.waitForURL(/stages\/prod/);
  await until("it is everywhere", async () => {
    await plain.reload();
    return plain.getByText(/Everywhere since/).isVisible();
  });
});

test("the first stage is made by deploying, and is bound nowhere", async (t) => {
  const { id } = await v1("POST", "/apis", { name: "first" });
  const page = await open(t, `/console/apis/${id}`);
  await link(page, "Deploy").click();
  await page.getByText("Nothing: the stage will be made.").waitFor();
  await looksRight(page);
  await page.getByLabel("A new stage").fill("test");
  await button(page, "Show").click();
  await page.getByRole("heading", { name: /to test/ }).waitFor();
  await button(page, "Deploy").click();
  await page.getByText("Nowhere, so no client sees it.").waitFor();
  await looksRight(page);
});
