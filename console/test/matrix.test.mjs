// SPDX-License-Identifier: Apache-2.0

// Who sees what, in a real browser: what differs from what is in force, as its client sees it, from the list to the editor.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./browser.mjs";
import { looksRight } from "./look.mjs";
import { KEY, SERVER, v1 } from "./server.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const throttled = (html) => ({ statusCode: "429", responseTemplates: { "application/json": '{"message":"slow down"}', "text/html": html } });

// newAPI makes an API that was changed since it was deployed, and gives its id.
async function newAPI() {
  const { id } = await v1("POST", "/apis", { name: "matrix" });
  await v1("PUT", `/apis/${id}/responses/THROTTLED`, throttled("<h1>Slow down</h1>"));
  await v1("POST", `/apis/${id}/deployments`, { stage: "prod" });
  await v1("PUT", `/apis/${id}/responses/THROTTLED`, throttled("<h1>Slower</h1><script>document.body.textContent = 'ran'</script>"));
  return id;
}

for (const [name, options] of Object.entries({
  "with scripts": {}, "on a phone": { viewport: { width: 360, height: 800 } }, "without scripts": { javaScriptEnabled: false },
})) {
  test(`what differs is found, seen as the client sees it, and led to the editor: ${name}`, async (t) => {
    const api = await newAPI();
    const page = await browser.signedIn(SERVER, KEY, options);
    t.after(() => page.context().close());
    const looked = async () => options.javaScriptEnabled === false || looksRight(page);
    await page.goto(`${SERVER}/console/apis/${api}`);
    await page.getByRole("link", { name: "Who sees what" }).click();
    await page.getByText("21 types. 1 reply differs.").waitFor();
    await looked();

    await page.getByLabel("Only what differs").focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(/differs=1/);
    assert.equal(await page.locator("tbody tr").count(), 1);
    assert.match(await page.locator("td.differs").innerText(), /Slower[^]*was[^]*Slow down/);

    await page.locator("td.differs a").click();
    for (const [i, text] of ["Slow down", "Slower"].entries()) {
      const frame = page.frameLocator("iframe").nth(i);
      await frame.getByRole("heading", { name: text, exact: true }).waitFor();
    }
    await looked();

    await page.getByRole("link", { name: "Who sees what" }).click();
    await page.waitForURL(/differs=1/);
    await page.getByLabel("Client").selectOption("browser");
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByRole("columnheader", { name: "What it gets" }).waitFor({ state: "attached" });
    await page.getByRole("link", { name: "THROTTLED" }).click();
    await page.waitForURL(`${SERVER}/console/apis/${api}/responses/THROTTLED`);
  });
}
