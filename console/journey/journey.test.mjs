// SPDX-License-Identifier: Apache-2.0

// Goes the whole way of a change in a real browser: from a gateway response that is edited to what a client of a real Envoy sees, and back.
// ENVOY is where that Envoy is.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { openBrowser } from "../test/browser.mjs";
import { looksRight, reach } from "../test/look.mjs";
import { KEY, SERVER, until, v1 } from "../test/server.mjs";
import { keyboard, mouse } from "./hands.mjs";

const { ENVOY } = process.env;
const run = promisify(execFile);

// curl is what curl sees of a path without a route: status and body.
async function curl() {
  const { stdout } = await run("curl", ["--silent", "--show-error", "--noproxy", "*", "--write-out", "\n%{http_code}", `${ENVOY}/`]);
  const [, body, status] = /^([^]*)\n(\d+)$/.exec(stdout);
  return `${status} ${body}`;
}

// sees waits until curl sees a reply.
async function sees(reply) {
  let seen;
  await until(() => `curl sees ${reply}; it sees ${seen}`, async () => (seen = await curl()) === reply);
}

const type = "MISSING_AUTHENTICATION_TOKEN"; // as AWS calls a path without a route
const says = (word) => ({ responseTemplates: { "text/plain": `${word} says $context.error.messageString` } });
const reply = (word) => `403 ${word} says "Missing Authentication Token"`;
const envoys = "404 "; // its own reply to a request that has no route

let browser;
let api;
before(async () => {
  browser = await openBrowser();
  ({ id: api } = await v1("POST", "/apis", { name: "pets" }));
  await deploy("nobody");
  await v1("POST", "/hosts", { host: "*" });
  await v1("PUT", "/hosts/*/bindings/(none)", { api, stage: "prod" });
});
after(() => browser.close());

// deploy lets the API say a word, and brings it to its stage.
async function deploy(word) {
  await v1("PUT", `/apis/${api}/responses/${type}`, says(word));
  await v1("POST", `/apis/${api}/deployments`, { stage: "prod" });
}

// The journey, with the hands of somebody and with what is looked at on each page: from what one has said to what another one says.
async function journey(page, hand, look, old, fresh) {
  await deploy(old);
  await sees(reply(old));
  await page.getByText("1 of 1 node").waitFor();
  await look(page);

  await hand.follow(page, "pets");
  await page.waitForURL(`${SERVER}/console/apis/${api}`);
  await look(page);
  await hand.follow(page, type);
  await page.waitForURL(`${SERVER}/console/apis/${api}/responses/${type}`);
  const preview = page.locator("[data-part=body]");
  await preview.filter({ hasText: `${old} says` }).waitFor();
  await hand.replace(page, "Template of text/plain", says(fresh).responseTemplates["text/plain"]);
  await preview.filter({ hasText: `${fresh} says "Missing Authentication Token"` }).waitFor();
  await look(page);
  await hand.save(page);
  await page.getByText("Saved. It answers nobody until").waitFor();
  assert.equal(await curl(), reply(old), "what is not deployed is in force");

  await hand.follow(page, "pets");
  await hand.follow(page, /^Deploy/);
  await page.getByRole("heading", { name: "Deploy pets to prod?" }).waitFor();
  await page.getByText(`+${fresh} says "Missing Authentication Token"`).first().waitFor();
  await look(page);
  await hand.write(page, "A note for the others", `now ${fresh} says it`);
  await hand.press(page, "Deploy");
  await page.getByText("Everywhere since").waitFor();
  await sees(reply(fresh));
  await look(page);

  await hand.follow(page, "Gateways");
  await hand.follow(page, "default");
  await page.getByRole("heading", { name: "Revisions" }).waitFor();
  await look(page);
  await hand.follow(page, "Take back");
  await page.getByRole("heading", { name: "What that changes" }).waitFor();
  await look(page);
  await hand.write(page, "Why, for the others", "it broke");
  await hand.press(page, /^Take it to revision \d+$/);
  await page.getByText("Pinned to revision").first().waitFor();
  await sees(reply(old));
  await look(page);
  await hand.follow(page, "Release pin");
  await page.getByRole("heading", { name: "Release the pin of default?" }).waitFor();
  await look(page);
  await hand.press(page, "Release it");
  await page.waitForURL(`${SERVER}/console/gateways/default`);
  await page.getByText("Pinned to revision").waitFor({ state: "detached" });
  await sees(reply(fresh));

  await hand.follow(page, "Switch off");
  await page.getByRole("heading", { name: "Switch off default?" }).waitFor();
  await look(page);
  await hand.write(page, "Why, for the others", "an incident");
  await hand.press(page, "Switch it off");
  await page.getByText("Off until").first().waitFor();
  await sees(envoys);
  await look(page);
  await hand.follow(page, "Switch on");
  await page.getByRole("heading", { name: "Switch on default again?" }).waitFor();
  await look(page);
  await hand.press(page, "Switch it on");
  await page.waitForURL(`${SERVER}/console/gateways/default`);
  await page.getByText("Off until").waitFor({ state: "detached" });
  await sees(reply(fresh));

  await hand.follow(page, "Audit");
  await page.getByText("PutSwitch").first().waitFor();
  await hand.press(page, "Sign out");
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await look(page);
}

test("a change, from the editor to curl and back, with the mouse", async (t) => {
  const page = await browser.signedIn(SERVER, KEY);
  t.after(() => page.context().close());
  await journey(page, mouse, looksRight, "the first one", "the second one");
});

test("the same with the keyboard alone, from signing in", async (t) => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  t.after(() => page.context().close());
  await page.goto(`${SERVER}/console/`);
  const ready = page.locator("input[name=key]:focus"); // nobody has to go to the field
  await ready.waitFor();
  await page.keyboard.type("gwr_wrong");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  await ready.waitFor();
  await page.keyboard.type(KEY);
  await page.keyboard.press("Enter");
  await page.waitForURL(`${SERVER}/console/`);
  assert.equal((await reach(page, "Skip to content")).tag, "a");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.getElementById("main").contains(document.activeElement)), "behind the skip link the focus is not in the content");
  await journey(page, keyboard, async () => {}, "a hand", "another hand");
});
