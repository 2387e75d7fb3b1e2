// SPDX-License-Identifier: Apache-2.0

// What tests of the console in a browser share.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// browserPath is where the browser is: CHROMIUM names it, or it is on PATH.
function browserPath() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const places = ["chromium", "chromium-browser", "google-chrome"].flatMap((name) => process.env.PATH.split(":").map((folder) => join(folder, name)));
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error("no chromium on PATH; install it (Debian: apt-get install chromium), or name a Chromium in CHROMIUM");
  return found;
}

// openBrowser starts the browser.
export async function openBrowser() {
  const browser = await chromium.launch({ executablePath: browserPath(), args: ["--no-sandbox", "--disable-dev-shm-usage", "--no-proxy-server"] });
  return {
    close: () => browser.close(),
    // signedIn is a page of somebody who has signed in with a key. violations are what went against the policies of pages.
    signedIn: async (server, key, options = {}) => {
      const context = await browser.newContext(options);
      context.setDefaultTimeout(20_000);
      const page = await context.newPage();
      const violations = [];
      page.on("console", (message) => {
        if (/content security policy|trusted ?type/i.test(message.text())) violations.push(message.text());
      });
      page.on("pageerror", (error) => violations.push(String(error)));
      page.violations = async () => violations;
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

// axeFindings are what axe finds on a page, in a line each.
export async function axeFindings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary.replace(/\s+/g, " ")}`));
}
