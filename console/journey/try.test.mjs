// SPDX-License-Identifier: Apache-2.0

// Tries requests on a real Envoy from the console, with the mouse, with the keyboard alone and without scripts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "../test/browser.mjs";
import { looksRight } from "../test/look.mjs";
import { KEY, SERVER, until, v1 } from "../test/server.mjs";
import { keyboard, mouse } from "./hands.mjs";

const { ENVOY } = process.env;
const html = "<h1>Nothing here</h1><script>alert(1)</script>";

let browser;
before(async () => {
  browser = await openBrowser();
  const { newest } = await v1("GET", "/gateways/default/standing");
  await v1("PUT", "/gateways/default/base", { text: JSON.stringify({ gatewayResponses: { RESOURCE_NOT_FOUND: { responseTemplates: { "application/json": '{"tried":"$context.path"}', "text/html": html } } } }) });
  await until("the document is in force", async () => (await v1("GET", "/gateways/default/standing")).inForce > newest);
  await until("Envoy has it", async () => (await fetch(`${ENVOY}/first`, { headers: { accept: "text/html" } })).headers.get("content-type") === "text/html");
});
after(() => browser.close());

// what is in a section of the page, by its heading.
const section = (page, name) => page.getByRole("region", { name });

for (const [name, hand, options] of [["mouse", mouse, {}], ["keyboard", keyboard, {}], ["mouse, without scripts", mouse, { javaScriptEnabled: false }]]) {
  test(`a request is tried, and its reply is as expected: ${name}`, async (t) => {
    const page = await browser.signedIn(SERVER, KEY, options);
    t.after(() => page.context().close());
    await hand.follow(page, "Try");
    await page.waitForURL(`${SERVER}/console/tries`);
    if (options.javaScriptEnabled !== false) await looksRight(page);
    await hand.write(page, "Path and query", "/here?token=secret");
    await hand.press(page, "Send it");
    await page.getByText("As expected").waitFor();
    assert.match(await section(page, "The client sees").innerText(), /404[^]*\{"tried":"\/here"\}/);
    assert.match(await section(page, "The line of the access log").innerText(), /response_code_details\s+route_not_found[^]*gateway_response_type\s+RESOURCE_NOT_FOUND/);
    if (options.javaScriptEnabled !== false) await looksRight(page);
    const { items } = await v1("GET", "/audit?limit=1");
    assert.equal(items[0].action, "Try");
    assert.doesNotMatch(JSON.stringify(items[0]), /secret/);
  });
}

test("HTML is shown as a page that can do nothing", async (t) => {
  const page = await browser.signedIn(SERVER, KEY);
  t.after(() => page.context().close());
  await page.goto(`${SERVER}/console/tries?client=browser&path=/page`);
  await mouse.press(page, "Send it");
  await mouse.press(page, "Show it as a page");
  await page.frameLocator("iframe").getByRole("heading", { name: "Nothing here" }).waitFor();
  await looksRight(page);
});

test("what is wrong with a request is said, and nothing typed is lost", async (t) => {
  const page = await browser.signedIn(SERVER, KEY);
  t.after(() => page.context().close());
  await page.goto(`${SERVER}/console/tries`);
  await page.getByText("Headers and body").click();
  await page.getByLabel("Headers, one a line").fill("Host: evil.example.com");
  await page.getByLabel("Path and query").fill("//evil.example.com/");
  await mouse.press(page, "Send it");
  await page.getByRole("alert").filter({ hasText: "two slashes" }).waitFor();
  assert.equal(await page.getByLabel("Headers, one a line").inputValue(), "Host: evil.example.com");
  assert.equal(await page.getByLabel("Path and query").inputValue(), "//evil.example.com/");
  await looksRight(page);
});

test("the preview of the editor leads to a try of its request", async (t) => {
  const { id } = await v1("POST", "/apis", { name: "pets" });
  const page = await browser.signedIn(SERVER, KEY);
  t.after(() => page.context().close());
  await page.goto(`${SERVER}/console/apis/${id}/responses/RESOURCE_NOT_FOUND`);
  await page.getByRole("combobox", { name: "Client" }).selectOption("page");
  await page.getByLabel("Path", { exact: true }).fill("/pets/1?a=b");
  await page.locator("[data-part=try] a[href*='pets']").click();
  await page.waitForURL(`${SERVER}/console/tries?**`);
  assert.equal(await page.getByLabel("Path and query").inputValue(), "/pets/1?a=b");
  assert.equal(await page.getByLabel("Client").inputValue(), "page");
  assert.match(await page.getByLabel("Headers, one a line").inputValue(), /^origin: https:\/\/app\.example\.com/);
  await mouse.press(page, "Send it");
  await section(page, "The client sees").getByText("/pets/1").waitFor();
});
