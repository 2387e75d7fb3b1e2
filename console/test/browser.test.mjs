// SPDX-License-Identifier: Apache-2.0

// Holds that what goes wrong in a page is an error of the journey through it.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { openBrowser } from "./browser.mjs";

const policy = "default-src 'none'; script-src 'nonce-n'; style-src 'nonce-n'; img-src data:; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
const script = (text) => `<script nonce="n">${text}</script>`;
const pages = {
  "/style": `<p style="color: red">styled in line</p>`,
  "/event": script("document.onclick = 1") + `<p onclick="done()">acts in line</p>`,
  "/image": `<img src="http://127.0.0.1:1/elsewhere.png" alt="">`,
  "/markup": script("try { document.body.innerHTML = '<p>made of text</p>' } catch {}"),
  "/error": script("nobody.knows()"),
  "/rejected": script("Promise.reject(new Error('nobody waits'))"),
  "/failure": script("fetch('/broken').then(() => {})"),
  "/right": script("document.body.append('fine')"),
  "/asset": `<link rel="stylesheet" nonce="n" href="/console/assets/gone.css">`,
};

let server;
let browser;
before(async () => {
  browser = await openBrowser();
  server = createServer((request, answer) => {
    const page = pages[request.url];
    answer.writeHead(page ? 200 : request.url === "/broken" ? 500 : 404, { "content-type": "text/html", "content-security-policy": policy });
    answer.end(`<!doctype html><title>t</title><link rel="icon" href="data:,"><body>${page ?? ""}`);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});
after(async () => {
  server.close();
  await assert.rejects(browser.close(), /styled|style-src/);
});

// wrong visits a page, and says what was wrong with it.
async function wrong(path, options) {
  const page = await browser.newPage(options);
  await page.goto(`http://127.0.0.1:${server.address().port}${path}`);
  await page.waitForTimeout(300); // what is wrong is told a little later
  return (await page.violations()).join("\n");
}

for (const [path, expected] of Object.entries({
  "/style": /style-src/, "/event": /script-src/, "/image": /img-src/, "/markup": /trusted/i, "/error": /nobody is not defined/,
  "/rejected": /nobody waits/, "/failure": /broken: 500/, "/asset": /gone\.css: 404/,
})) {
  test(`a page with a wrong ${path.slice(1)} does not pass`, async () => assert.match(await wrong(path), expected));
}
test("without scripts it does not pass either", async () => assert.match(await wrong("/style", { javaScriptEnabled: false }), /style-src/));
test("a page in which nothing is wrong passes", async () => assert.equal(await wrong("/right"), ""));
