// SPDX-License-Identifier: Apache-2.0

// Visits every page to which links lead, and holds what each must be like.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./browser.mjs";
import { isHeard, looksRight } from "./look.mjs";
import { KEY, SERVER, until, v1 } from "./server.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

// shop makes an API that is deployed twice and changed since, with a name that is hard to show.
async function shop() {
  const { id } = await v1("POST", "/apis", { name: `long${"name".repeat(14)}`, description: "All that is sold" });
  await v1("POST", "/hosts", { host: "long.example.com" });
  const newest = async () => (await v1("GET", "/gateways/default/standing")).newest;
  for (const statusCode of ["503", "504"]) {
    const before = await newest();
    await v1("PUT", `/apis/${id}/responses/DEFAULT_5XX`, { statusCode, responseTemplates: { "application/json": "{}" } });
    await v1("POST", `/apis/${id}/deployments`, { stage: "prod" });
    await v1("PUT", "/hosts/long.example.com/bindings/(none)", { api: id, stage: "prod" });
    await until("the deployment is a revision", async () => (await newest()) > before);
  }
  await v1("PUT", `/apis/${id}/responses/THROTTLED`, { statusCode: "429" });
}

// shape is what the addresses of like pages have in common: what stands for the name of one thing is left open.
const shape = (address) => new URL(address).pathname.replace(/(apis|gateways|responses|keys|revisions|hosts)\/[^/]+/g, "$1/*");

test("every page to which a link leads can be seen, and heard", async (t) => {
  await shop();
  const page = await browser.signedIn(SERVER, KEY);
  t.after(() => page.context().close());
  const todo = [`${SERVER}/console/`];
  const done = new Set();
  for (let at = todo.shift(); at; at = todo.shift()) {
    if (done.has(shape(at))) continue;
    done.add(shape(at));
    await page.goto(at);
    await looksRight(page);
    const links = await page.locator("main a:not([download]), nav a").evaluateAll((all) => all.map((a) => a.href));
    todo.push(...links.filter((link) => link.startsWith(`${SERVER}/console/`)));
  }
  t.diagnostic(`${done.size} pages: ${[...done].sort().join(", ")}`);
  for (const known of ["/console/", "/console/gateways/*", "/console/gateways/*/switch", "/console/apis/*", "/console/apis/*/responses/*", "/console/audit", "/console/keys"]) {
    assert.ok(done.has(known), `no link leads to ${known}`);
  }
});

test("what went wrong is seen and heard, too", async (t) => {
  const page = await browser.signedIn(SERVER, KEY);
  t.after(() => page.context().close());
  await page.goto(`${SERVER}/console/gateways/none`);
  await page.getByRole("alert").waitFor();
  await looksRight(page);
});

test("a page says its parts to those who listen", async (t) => {
  const page = await browser.signedIn(SERVER, KEY);
  t.after(() => page.context().close());
  await isHeard(page);
  const gateway = page.getByRole("article").filter({ has: page.getByRole("heading", { name: "default" }) });
  await gateway.getByRole("list", { name: "State" }).waitFor();
  await gateway.getByRole("link", { name: "Switch off" }).waitFor();
  assert.equal(await page.getByRole("navigation", { name: "Console" }).getByRole("link", { name: "Gateways" }).getAttribute("aria-current"), "page");
  await page.getByRole("columnheader", { name: "Bound to" }).waitFor();
  await page.getByRole("rowheader", { name: /^long/ }).first().waitFor();
  assert.equal(await page.locator("#lost").getAttribute("role"), "status", "a lost connection is not said");
});
