// SPDX-License-Identifier: Apache-2.0

// Signs in with an OpenID provider, and out again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./browser.mjs";
import { looksRight } from "./look.mjs";
import { SERVER } from "./server.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

test("somebody signs in with a provider, sees who is signed in, and signs out", async (t) => {
  const page = await browser.newPage();
  t.after(() => page.context().close());
  await page.goto(`${SERVER}/console/audit`);
  await looksRight(page);
  await page.getByRole("link", { name: "Sign in with " }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(`${SERVER}/console/audit`);
  await page.getByText("SignIn").first().waitFor();
  await page.getByRole("link", { name: "Keys" }).click();
  await page.getByRole("link", { name: "Who is signed in" }).click();
  await page.getByRole("rowheader", { name: /^Ann you/ }).waitFor();
  await looksRight(page);
  await page.getByRole("link", { name: "Sign out Ann everywhere" }).click();
  await page.getByRole("heading", { name: "Sign out Ann everywhere?" }).waitFor();
  await looksRight(page);
  await page.goto(`${SERVER}/console/`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "You are signed out" }).waitFor();
  await looksRight(page);
  assert.match(await page.getByRole("link", { name: /^Sign out of / }).getAttribute("href"), /id_token_hint=/);
  await page.goto(`${SERVER}/console/`);
  await page.waitForURL(/sign-in/);
});
