// SPDX-License-Identifier: Apache-2.0

// The first page follows what it shows.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./browser.mjs";
import { KEY, SERVER, v1 } from "./server.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

test("a lost connection shows and heals, and what came meanwhile is there", async (t) => {
  const page = await browser.signedIn(SERVER, KEY);
  t.after(() => page.context().close());
  const lost = page.getByRole("status").filter({ hasText: "No connection to the server since" });
  const name = `made while nobody saw it ${Date.now()}`;
  await page.getByRole("link", { name: "Audit" }).focus();
  await page.context().setOffline(true);
  await lost.waitFor();
  await v1("POST", "/apis", { name });
  await page.context().setOffline(false);
  await page.getByRole("link", { name }).waitFor();
  await lost.waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Audit", "the focus is lost");
});

test("what is written into the search stays while the page follows", async (t) => {
  const page = await browser.signedIn(SERVER, KEY);
  t.after(() => page.context().close());
  const search = page.getByRole("searchbox");
  await search.fill("meanw");
  await v1("POST", "/apis", { name: "made while somebody writes" });
  const asked = () => page.waitForResponse((answer) => answer.url() === `${SERVER}/console/` && answer.request().resourceType() === "xhr");
  await asked();
  await asked();
  assert.equal(await search.inputValue(), "meanw");
  assert.equal(await page.getByRole("link", { name: "made while somebody writes" }).count(), 0);
  await search.fill("");
  await search.blur();
  await page.getByRole("link", { name: "made while somebody writes" }).waitFor();
  await search.fill("SOMEBODY writes");
  await search.press("Enter");
  await page.waitForURL(/search=SOMEBODY/);
  assert.equal(await page.getByRole("rowheader").count(), 1);
});
