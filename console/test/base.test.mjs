// SPDX-License-Identifier: Apache-2.0

// Edits the base document of a gateway in a real browser, at a real server: one entry, the whole text, a type of its own.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./browser.mjs";
import { looksRight } from "./look.mjs";
import { KEY, SERVER, v1 } from "./server.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const document = `# The rules of the house.
stageVariables: {docs: "https://docs.example.com"}
gatewayResponses:
  DEFAULT_4XX: {responseTemplates: {application/json: '{"error": $context.error.messageString}'}} # everybody's
  THROTTLED: {statusCode: "429", headers: {x-docs: $stageVariables.docs}}
`;

const home = `${SERVER}/console/gateways/default/base`;
const stored = async () => (await v1("GET", "/gateways/default/base")).text;
const text = (editor) => editor.evaluate((e) => [...e.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"));

// open opens a page of the base document, which is as it was written first.
async function open(t, path = "") {
  await v1("PUT", "/gateways/default/base", { text: document });
  return again(t, path);
}

// again opens a page of the base document as it is.
async function again(t, path) {
  const page = await browser.signedIn(SERVER, KEY);
  t.after(() => page.context().close());
  await page.goto(home + path);
  return page;
}

// status waits for the status of the preview.
const status = (page, wanted) => page.locator("[data-part=status]").filter({ hasText: wanted }).waitFor();

test("an entry is edited, reviewed and put in force", async (t) => {
  const page = await open(t);
  await page.getByRole("link", { name: "THROTTLED" }).click();
  await status(page, "429");
  await page.getByText("x-docs", { exact: true }).waitFor();
  assert.equal(await page.locator("#edit-count").textContent().then((said) => /error/.test(said)), false);
  await page.getByLabel("Status", { exact: true }).fill("503");
  await status(page, "503");
  await looksRight(page);
  await page.keyboard.press("Control+s");
  await page.getByRole("heading", { name: "Change the base document?" }).waitFor();
  await page.getByText("becomes").first().waitFor();
  assert.equal(await stored(), document, "a review has saved");
  await looksRight(page);
  await page.getByRole("button", { name: "Put it in force" }).click();
  await page.waitForURL(`${SERVER}/console/gateways/default`);
  assert.match(await stored(), /^# The rules of the house\.\n[^]*# everybody's\n {2}THROTTLED:\n {4}statusCode: "503"\n {4}headers:\n {6}x-docs: \$stageVariables\.docs\n$/);
});

test("the whole text is edited, with findings and a preview, and comes back from its review", async (t) => {
  const page = await open(t, "/document");
  await status(page, "429");
  const editor = page.getByRole("textbox", { name: "Text of the document" });
  assert.equal(await text(editor), document);
  await editor.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText("mode: rewrit\n");
  await page.locator("#edit-findings").getByText('"rewrit"').waitFor();
  await page.keyboard.press("Control+s");
  await page.getByText("Not saved:").waitFor();
  await page.getByRole("button", { name: "Write rewrite" }).click();
  await page.locator("#edit-count").filter({ hasText: /Nothing found|finding/ }).waitFor();
  await looksRight(page);
  await page.getByRole("button", { name: "Review", exact: true }).click();
  await page.getByRole("button", { name: "Back to the text" }).click();
  await status(page, "429");
  assert.equal(await text(page.getByRole("textbox", { name: "Text of the document" })), `${document}mode: rewrite\n`);
  await page.getByRole("button", { name: "Review", exact: true }).click();
  await page.getByRole("button", { name: "Put it in force" }).click();
  await page.waitForURL(`${SERVER}/console/gateways/default`);
  assert.equal(await stored(), `${document}mode: rewrite\n`);
});

test("of two people the second sees who has saved the same entry, and loses nothing", async (t) => {
  const page = await open(t, "/responses/THROTTLED");
  await status(page, "429");
  await v1("PUT", "/gateways/default/base/responses/THROTTLED", { statusCode: "420" });
  await page.getByLabel("Status", { exact: true }).fill("503");
  await page.keyboard.press("Control+s");
  await page.getByText(/first key has saved it at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\./).waitFor();
  await looksRight(page);
  await page.getByRole("button", { name: "Review yours" }).click();
  await page.getByRole("button", { name: "Put it in force" }).click();
  await page.waitForURL(`${SERVER}/console/gateways/default`);
  assert.match(await stored(), /THROTTLED:\n {4}statusCode: "503"/);
});

test("somebody else's change of another entry stays, and stops nobody", async (t) => {
  const page = await open(t, "/responses/THROTTLED");
  await status(page, "429");
  await v1("PUT", "/gateways/default/base/responses/UNAUTHORIZED", { statusCode: "403" });
  await page.getByLabel("Status", { exact: true }).fill("503");
  await page.keyboard.press("Control+s");
  await page.getByRole("button", { name: "Put it in force" }).click();
  await page.waitForURL(`${SERVER}/console/gateways/default`);
  assert.match(await stored(), /THROTTLED:\n {4}statusCode: "503"[^]*UNAUTHORIZED:\n {4}statusCode: "403"/);
});

test("a type of one's own is made with its rule, and seen in the preview", async (t) => {
  const page = await open(t, "/own");
  await page.getByLabel("Type", { exact: true }).fill("X_LOGIN");
  await page.getByLabel("Status", { exact: true }).fill("401");
  await page.getByLabel("Name of the rule").fill("login");
  await page.getByLabel("Filter that sends the reply").fill("envoy.filters.http.oauth2");
  await page.getByLabel("Status of the reply").fill("403");
  await page.getByRole("button", { name: "Review" }).click();
  await page.getByRole("button", { name: "Put it in force" }).click();
  await page.waitForURL(`${SERVER}/console/gateways/default`);
  const edit = await again(t, "/responses/X_LOGIN");
  await status(edit, "401");
  await edit.getByText("rule 1").waitFor();
  await edit.locator("#edit-count").filter({ hasText: /found|finding/ }).waitFor();
  assert.equal(await edit.getByText("never answers").count(), 0, "the rule that leads to the type is not known to the findings");
  await looksRight(edit);
});
