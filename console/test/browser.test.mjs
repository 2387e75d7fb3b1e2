// SPDX-License-Identifier: Apache-2.0

// Holds that what goes wrong in a page is an error of the journey through it.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { openBrowser } from "./browser.mjs";
import { until } from "./server.mjs";

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

// visit is a page that was visited.
async function visit(path, options) {
  const page = await browser.newPage(options);
  await goTo(page, path);
  return page;
}

const goTo = (page, path) => page.goto(`http://127.0.0.1:${server.address().port}${path}`);

// isTold waits until something is said to be wrong in a page. The browser tells it a little later.
const isTold = (page, wrong) => until(`${wrong} is told`, async () => (await page.violations()).some((told) => wrong.test(told)));

for (const [path, wrong] of Object.entries({
  "/style": /style-src/, "/event": /script-src/, "/image": /img-src/, "/markup": /trusted/i, "/error": /nobody is not defined/,
  "/rejected": /nobody waits/, "/failure": /broken: 500/, "/asset": /gone\.css: 404/,
})) {
  test(`a page with a wrong ${path.slice(1)} does not pass`, async () => isTold(await visit(path), wrong));
}
test("without scripts it does not pass either", async () => isTold(await visit("/style", { javaScriptEnabled: false }), /style-src/));
test("a page in which nothing is wrong passes", async () => {
  const page = await visit("/right");
  await goTo(page, "/style"); // what is told of it comes after what is told of the page before
  await isTold(page, /style-src/);
  for (const told of await page.violations()) assert.match(told, /style-src/);
});
