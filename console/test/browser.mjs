// SPDX-License-Identifier: Apache-2.0

// What tests of the console in a browser share.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { patience } from "./server.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// browserPath is where the browser is: CHROMIUM names it, or it is on PATH.
export function browserPath() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const places = ["chromium", "chromium-browser", "google-chrome"].flatMap((name) => process.env.PATH.split(":").map((folder) => join(folder, name)));
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error("no chromium on PATH; install it (Debian: apt-get install chromium), or name a Chromium in CHROMIUM");
  return found;
}

// openBrowser starts the browser. What goes wrong in any page until close is an error of close: what is against a policy of a page, an
// error of a script, and a file of ours that is not there. So no journey has to ask for it.
export async function openBrowser() {
  const browser = await chromium.launch({ executablePath: browserPath(), args: ["--no-sandbox", "--disable-dev-shm-usage", "--no-proxy-server"], timeout: patience });
  const complaints = [];

  // newPage is a page in a window of its own.
  async function newPage(options = {}) {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    const own = await watch(page);
    complaints.push(own);
    page.violations = async () => [...own];
    return page;
  }

  return {
    newPage,
    close: async () => {
      await browser.close();
      assert.deepEqual(complaints.flat(), []);
    },
    // signedIn is a page of somebody who has signed in with a key. Its violations are what went wrong in it so far.
    signedIn: async (server, key, options = {}) => {
      const page = await newPage(options);
      await page.goto(`${server}/console/sign-in`);
      await page.locator("input[name=key]").fill(key);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.waitForURL(`${server}/console/`);
      const before = options.javaScriptEnabled === false ? 0 : await page.evaluate(() => history.length);
      page.historyAtStart = async () => before + 1;
      return page;
    },
  };
}

// isReply reports whether a frame holds a reply of somebody else: its policy is there to stop what is in it.
const isReply = (url) => /^\/console\/(?:frame|(?:apis|gateways)\/[^/]+\/matrix\/frame)$/.test(URL.parse(url)?.pathname);

// watch gathers what goes wrong in a page. The browser itself tells what is against a policy, whether or not scripts run.
async function watch(page) {
  const found = [];
  const devTools = await page.context().newCDPSession(page);
  devTools.on("Audits.issueAdded", ({ issue: { code, details } }) => {
    const broken = details.contentSecurityPolicyIssueDetails;
    const from = broken?.sourceCodeLocation?.url ?? "";
    if (code === "ContentSecurityPolicyIssue" && !isReply(from)) {
      found.push(`${page.url()}: ${broken.violatedDirective} forbids ${broken.blockedURL ?? broken.contentSecurityPolicyViolationType} at ${from}`);
    }
  });
  await devTools.send("Audits.enable");
  page.on("pageerror", (error) => found.push(`${page.url()}: ${error.stack ?? error}`));
  page.on("console", (message) => {
    const isOfNetwork = message.text().startsWith("Failed to load resource"); // what a request came to, the page itself says
    if (message.type() === "error" && !isOfNetwork && !isReply(message.location().url)) found.push(`${page.url()}: ${message.text()}`);
  });
  page.on("response", (answer) => {
    if (answer.status() >= 500 || (answer.status() >= 400 && answer.url().includes("/console/assets/"))) found.push(`${answer.url()}: ${answer.status()}`);
  });
  return found;
}

// axeFindings are what axe finds on a page, in a line each.
export async function axeFindings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary.replace(/\s+/g, " ")}`));
}
