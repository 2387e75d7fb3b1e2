// SPDX-License-Identifier: Apache-2.0

// A change that waits for a second person's consent, and a rollout that is steered, in real browsers of two people.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./browser.mjs";
import { looksRight } from "./look.mjs";
import { KEY, SERVER, until, v1 } from "./server.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const home = `${SERVER}/console/gateways/default`;
const standing = () => v1("GET", "/gateways/default/standing");

// base puts a base document, and waits until it is in a revision.
async function base(text) {
  const { newest } = await standing();
  await v1("PUT", "/gateways/default/base", { text });
  await until("the base document is in a revision", async () => (await standing()).newest > newest);
}

test("one changes, another one looks and consents", async (t) => {
  const { bearer } = await v1("POST", "/keys", { name: "bob", rights: { role: "deploy" } });
  const [author, other] = [await browser.signedIn(SERVER, KEY), await browser.signedIn(SERVER, bearer)];
  t.after(() => Promise.all([author.context().close(), other.context().close()]));
  await base("gatewayResponses: {THROTTLED: {statusCode: 429}}");
  await v1("PUT", "/gateways/default", { consent: "required" });
  await base("gatewayResponses: {THROTTLED: {statusCode: 503}, UNAUTHORIZED: {statusCode: 200}}");
  const { newest, inForce } = await standing();
  assert.equal(inForce, newest - 1);

  await author.goto(home);
  await author.getByRole("link", { name: "waits for the consent of somebody else" }).click();
  await author.getByText("Some of it is your own").waitFor();
  assert.equal(await author.getByRole("button", { name: "Consent" }).count(), 0);
  await looksRight(author);

  await other.getByText("Waits for consent").waitFor();
  await other.getByRole("link", { name: "Look and consent" }).click();
  await other.getByRole("heading", { name: `Revision ${newest} of default waits for consent` }).waitFor();
  await other.getByText("becomes 503").first().waitFor();
  await looksRight(other);
  await other.getByRole("link", { name: "GWR112" }).click();
  await other.getByRole("heading", { name: /^GWR112/ }).waitFor();
  await looksRight(other);
  await other.goBack();
  await other.getByLabel("What there is to say to it").fill("looked at it");
  await other.getByRole("button", { name: "Consent" }).click();
  await other.waitForURL(home);
  const now = await standing();
  assert.equal(now.inForce, newest);
  assert.equal(now.consented.by, "bob");

  await v1("PUT", "/gateways/default", {});
  await other.goto(`${home}/consent`);
  await looksRight(other);
  await other.getByRole("button", { name: "Consent" }).click();
  await other.waitForURL(home);
  assert.equal((await v1("GET", "/gateways/default")).consent, undefined);
});

test("a rollout is looked at and aborted", async (t) => {
  const page = await browser.signedIn(SERVER, KEY);
  t.after(() => page.context().close());
  await v1("PUT", "/gateways/default", { rollout: { first: { nodes: ["canary-*"] }, afterSeconds: 60 } });
  await base("gatewayResponses: {THROTTLED: {statusCode: 420}}");
  const before = await standing();
  await page.goto(home);
  await page.getByRole("link", { name: "Steer rollout" }).click();
  await page.getByRole("heading", { name: `Rollout of revision ${before.rollout.to.revision}` }).waitFor();
  await looksRight(page);
  await page.getByRole("link", { name: "Abort" }).click();
  await page.getByRole("heading", { name: /^Abort the rollout/ }).waitFor();
  await looksRight(page);
  await page.getByRole("button", { name: "Abort it" }).click();
  await page.waitForURL(home);
  const now = await standing();
  assert.equal(now.pin.revision, before.inForce);
  assert.equal(now.rollout, undefined);
});
