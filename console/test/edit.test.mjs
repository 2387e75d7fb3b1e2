// SPDX-License-Identifier: Apache-2.0

// Edits a gateway response in a real browser, at a real server. Nothing may go against the policy of the page, and axe may find nothing.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { axeFindings, openBrowser } from "./browser.mjs";
import { KEY, SERVER, v1 } from "./server.mjs";

const longest = 100; // milliseconds from a keystroke to the preview

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const html = "<h1>$context.status</h1>\n<p>$context.error.message</p>";
const customised = {
  statusCode: "429",
  responseParameters: { "gatewayresponse.header.Retry-After": "'30'" },
  responseTemplates: { "application/json": '{"message":$context.error.messageString}', "text/html": html },
};

// newAPI makes an API with a gateway response, and gives its id.
async function newAPI() {
  const { id } = await v1("POST", "/apis", { name: "pets <script>alert(1)</script>" });
  await v1("PUT", `/apis/${id}/responses/THROTTLED`, customised);
  return id;
}

const stored = (api) => v1("GET", `/apis/${api}/responses/THROTTLED`);

// open opens the editor, signed in.
async function open(t, api, viewport) {
  const page = await browser.signedIn(SERVER, KEY, viewport);
  t.after(() => page.context().close());
  await page.goto(`${SERVER}/console/apis/${api}/responses/THROTTLED`);
  await page.locator("[data-part=status]").filter({ hasText: "429" }).waitFor();
  return page;
}

const raw = (page) => page.getByRole("textbox", { name: "Raw JSON of the gateway response" });
const template = (page, media) => page.getByRole("textbox", { name: `Template of ${media}` });
const text = (editor) => editor.evaluate((e) => [...e.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"));
const client = (page) => page.getByRole("combobox", { name: "Client" });
const body = (page) => page.locator("[data-part=body]");

// sees waits for a text in the body of the preview.
const sees = (page, wanted) => body(page).filter({ hasText: wanted }).waitFor();

test("form and raw are kept in step, and the preview follows", async (t) => {
  const page = await open(t, await newAPI());
  await page.getByLabel("Status", { exact: true }).fill("503");
  await page.locator("[data-part=status]").filter({ hasText: "503" }).waitFor();
  assert.match(await text(raw(page)), /"statusCode": "503"/);
  await template(page, "application/json").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText('{"why":"typed"}');
  await sees(page, '{"why":"typed"}');
  assert.match(await text(raw(page)), /"application\/json": "\{\\"why\\":\\"typed\\"\}"/);
  await raw(page).click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText('{"responseTemplates": {"text/plain": "from raw"}}');
  await sees(page, "from raw");
  assert.equal(await page.getByLabel("Media type").inputValue(), "text/plain");
  assert.equal(await text(template(page, "text/plain")), "from raw");
  assert.equal(await page.locator(".header-row").count(), 0);
  assert.deepEqual(await page.violations(), []);
});

test("of two rows with one name the second says that it does not count", async (t) => {
  const page = await open(t, await newAPI());
  await page.getByRole("button", { name: "Add a header" }).click();
  await page.getByLabel("Name of the header").last().fill("retry-after");
  await page.getByText("There is a row of this header already").waitFor();
  await page.getByLabel("Name of the header").last().fill("X-Other");
  await page.getByText("There is a row of this header already").waitFor({ state: "detached" });
  assert.match(await text(raw(page)), /"gatewayresponse\.header\.X-Other": ""/);
  assert.deepEqual(await page.violations(), []);
});

test("findings stand where they are, and their fix is a button", async (t) => {
  const page = await open(t, await newAPI());
  await template(page, "application/json").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText('{"id": "$context.requestID", "no": $context.nothing}');
  const finding = page.locator("#edit-findings li").filter({ hasText: "context.requestID" });
  await finding.waitFor();
  assert.equal(await page.locator(".template-row .cm-lintRange-warning").first().textContent(), "$context.requestID");
  assert.equal(await page.locator("#edit-raw .cm-lintRange-warning").first().textContent(), "$context.requestID");
  await finding.getByRole("button", { name: "Write context.requestId" }).click();
  await sees(page, "00000000-0000-4000-8000-000000000000");
  assert.match(await text(template(page, "application/json")), /\$context\.requestId"/);
  await page.locator("#edit-count").filter({ hasText: "1 finding" }).waitFor();
  assert.equal(await page.locator(".template-row .cm-lintRange-warning").first().textContent(), "$context.nothing");
  await page.getByRole("button", { name: "Remove this header" }).click();
  await page.getByRole("button", { name: "Add Retry-After: 30" }).click();
  await page.locator("[data-part=headers]").filter({ hasText: "retry-after" }).waitFor();
  assert.deepEqual(await page.violations(), []);
});

test("names are completed", async (t) => {
  const page = await open(t, await newAPI());
  await template(page, "application/json").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("x $context.error.responseT");
  await page.getByRole("option", { name: /context\.error\.responseType/ }).waitFor();
  await page.waitForTimeout(100); // CodeMirror takes no key for a completion that has only just appeared
  await page.keyboard.press("Enter");
  await sees(page, 'x "THROTTLED"');
  await raw(page).click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText('{"responseParameters": {"gatewayresponse.header.X-Id": ""}}');
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("method.request.he");
  await page.getByRole("option", { name: /method\.request\.header/ }).first().waitFor();
  assert.deepEqual(await page.violations(), []);
});

test("every client sees what it would", async (t) => {
  const api = await newAPI();
  const page = await open(t, api);
  await sees(page, '{"message":"Too Many Requests"}');
  await client(page).selectOption("browser");
  await sees(page, "<p>Too Many Requests</p>");
  const frame = page.frameLocator("iframe[title='The reply as a page']");
  await frame.getByRole("heading", { name: "429" }).waitFor();
  assert.equal(await page.locator("iframe").getAttribute("sandbox"), "");
  assert.equal(await page.evaluate(() => document.querySelector("iframe").contentDocument), null, "the page can reach into the frame");
  await client(page).selectOption("page");
  await page.getByText("The script on the page sees nothing of this").waitFor();
  await client(page).selectOption("grpc");
  await page.getByText("The call fails with status").waitFor();
  await page.getByText("How it comes about").click();
  assert.ok(await page.locator("[data-part=trace] li").count() > 2);
  assert.deepEqual(await page.violations(), []);
});

test("a hostile reply can do nothing, and is shown as text", async (t) => {
  let asked = 0;
  const elsewhere = createServer((_, answer) => { asked++; answer.end(); }).listen(0, "127.0.0.1");
  await once(elsewhere, "listening");
  t.after(() => elsewhere.close());
  const page = await open(t, await newAPI());
  await client(page).selectOption("browser");
  await template(page, "text/html").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(`<title>t</title><script>top.document.title = "taken"</script><img src="http://127.0.0.1:${elsewhere.address().port}/"><form action="/x"><button>b</button></form><h1>\u202Ehostile</h1>`);
  await page.frameLocator("iframe").last().getByRole("heading", { name: /hostile/ }).waitFor();
  await sees(page, "⟨U+202E⟩hostile");
  assert.notEqual(await page.title(), "taken");
  assert.equal(asked, 0, "the reply asks for something");
  assert.equal(await page.evaluate(() => history.length), await page.historyAtStart(), "each preview is a step back of the browser");
});

test("a preview comes within 100 ms of a keystroke", async (t) => {
  const page = await open(t, await newAPI());
  await template(page, "application/json").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText("");
  await page.evaluate(() => performance.clearMeasures());
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press("a");
    await page.waitForTimeout(60);
  }
  await sees(page, "a".repeat(30));
  const took = (await page.evaluate(() => performance.getEntriesByName("keystroke to preview").map((e) => e.duration))).sort((a, b) => a - b);
  const middle = took[Math.floor(took.length / 2)];
  t.diagnostic(`keystroke to preview: median ${middle.toFixed(1)} ms, 90 % within ${took[Math.floor(took.length * 0.9)].toFixed(1)} ms, ${took.length} previews`);
  assert.ok(middle < longest, `the median is ${middle} ms`);
});

test("of two people the second sees what the first has saved, and loses nothing", async (t) => {
  const api = await newAPI();
  const [first, second] = [await open(t, api), await open(t, api)];
  await first.getByLabel("Status", { exact: true }).fill("503");
  await first.getByRole("button", { name: "Save", exact: true }).click();
  await first.getByText("Saved. It answers nobody until").waitFor();
  assert.equal((await stored(api)).statusCode, "503");

  await template(second, "application/json").click();
  await second.keyboard.press("Control+a");
  await second.keyboard.insertText('{"mine":true}');
  await second.keyboard.press("Control+s");
  await second.getByRole("heading", { name: "Somebody else has changed this" }).waitFor();
  assert.equal((await stored(api)).responseTemplates["application/json"], customised.responseTemplates["application/json"], "it was saved over theirs");
  assert.match(await text(second.getByRole("textbox", { name: "What is saved now, by somebody else" })), /"503"/);
  const mine = second.getByRole("textbox", { name: "Yours, which will be saved" });
  assert.match(await text(mine), /mine/);
  assert.deepEqual(await axeFindings(second), []);
  await second.getByRole("button", { name: "Take this part of theirs" }).first().click();
  await second.getByRole("button", { name: "Save yours" }).click();
  await second.getByText("Saved. It answers nobody until").waitFor();
  const both = await stored(api);
  assert.equal(both.statusCode, "503");
  assert.equal(both.responseTemplates["application/json"], '{"mine":true}');
  assert.deepEqual(await second.violations(), []);
});

test("a lost connection shows, and heals", async (t) => {
  const page = await open(t, await newAPI());
  await page.context().setOffline(true);
  await page.getByLabel("Status", { exact: true }).fill("502");
  await page.getByText("The server cannot be reached. Your text is safe").waitFor();
  await page.context().setOffline(false);
  await page.locator("[data-part=status]").filter({ hasText: "502" }).waitFor();
  assert.equal(await page.locator("#edit-lost").isHidden(), true);
});

test("the keyboard alone is enough", async (t) => {
  const api = await newAPI();
  const page = await open(t, api);
  const reach = async (name) => {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((name) => (document.activeElement.getAttribute("aria-label") ?? document.activeElement.closest("label")?.textContent ?? document.activeElement.textContent).trim().startsWith(name), name)) return;
    }
    assert.fail(`the key Tab does not reach ${name}`);
  };
  await reach("Template of application/json");
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText('{"by":"keyboard"}');
  await reach("Client");
  await page.keyboard.press("ArrowDown");
  await sees(page, "<p>Too Many Requests</p>");
  await page.keyboard.press("Control+s");
  await page.keyboard.press("Control+s");
  await page.getByText("Saved. It answers nobody until").waitFor();
  assert.equal((await stored(api)).responseTemplates["application/json"], '{"by":"keyboard"}');
});

for (const [name, viewport] of [["wide", { width: 1440, height: 900 }], ["narrow", { width: 390, height: 844 }]]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`axe finds nothing: ${name}, ${colorScheme}`, async (t) => {
      const page = await open(t, await newAPI(), { viewport, colorScheme });
      await client(page).selectOption("browser");
      await page.frameLocator("iframe").getByRole("heading", { name: "429" }).waitFor();
      await page.getByText("How it comes about").click();
      await page.getByText("Error, route and headers").click();
      assert.deepEqual(await axeFindings(page), []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the page is wider than the window");
    });
  }
}

test("without scripts the raw JSON can be edited, and nobody's work is lost", async (t) => {
  const api = await newAPI();
  const page = await browser.signedIn(SERVER, KEY, { javaScriptEnabled: false });
  t.after(() => page.context().close());
  await page.goto(`${SERVER}/console/apis/${api}/responses/THROTTLED`);
  await page.locator("textarea[name=raw]").fill('{"statusCode": "418"}');
  await v1("PUT", `/apis/${api}/responses/THROTTLED`, { ...customised, statusCode: "503" });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("first key has saved this meanwhile").waitFor();
  assert.equal((await stored(api)).statusCode, "503");
  assert.equal(await page.locator("textarea[name=raw]").inputValue(), '{"statusCode": "418"}');
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.waitForURL(`${SERVER}/console/apis/${api}`);
  assert.equal((await stored(api)).statusCode, "418");
});
