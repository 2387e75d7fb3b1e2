// SPDX-License-Identifier: Apache-2.0

// What every page of the console must be like, for people who look, who listen, and who type.
import assert from "node:assert/strict";
import { axeFindings } from "./browser.mjs";
import { until } from "./server.mjs";

// looks are the windows and colours in which pages are looked at.
export const looks = [["wide", { width: 1280, height: 900 }], ["narrow", { width: 390, height: 844 }]].flatMap(([name, viewport]) =>
  ["light", "dark"].map((colorScheme) => ({ name: `${name}, ${colorScheme}`, viewport, colorScheme })));

// looksRight holds that axe finds nothing in a page and that it fits its window, in every look, and that it can be listened to.
export async function looksRight(page) {
  const before = page.viewportSize();
  for (const { name, viewport, colorScheme } of looks) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await axeFindings(page), [], `axe, ${name}: ${page.url()}`);
    const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(content <= window, `${page.url()} is ${content} px wide in a window of ${window}`);
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: null });
  await isHeard(page);
}

// isHeard holds what a screen reader goes by: a title, landmarks, headings in order with one of the first level, and a name of everything
// that can be used.
export async function isHeard(page) {
  const at = page.url();
  assert.match(await page.title(), /^\S.* - gateway responses$/, at);
  for (const landmark of ["banner", "main"]) assert.equal(await page.getByRole(landmark).count(), 1, `${at}: landmark ${landmark}`);
  const levels = await page.evaluate(() => [...document.querySelectorAll("h1, h2, h3, h4")].filter((h) => h.checkVisibility()).map((h) => [Number(h.tagName[1]), h.textContent.trim()]));
  assert.equal(levels[0]?.[0], 1, `${at}: the first heading is not of the first level: ${levels[0]}`);
  levels.forEach(([level, text], i) => {
    assert.notEqual(text, "", `${at}: a heading is empty`);
    assert.ok(i === 0 || level <= levels[i - 1][0] + 1, `${at}: a level is left out before "${text}"`);
  });
  const tree = await page.locator("body").ariaSnapshot();
  const nameless = tree.split("\n").filter((line) => /^\s*- (button|link|textbox|combobox|checkbox|radio|img|navigation|dialog|searchbox)\b(?! ")/.test(line));
  assert.deepEqual(nameless, [], `${at}: without a name`);
}

// focused is what has the focus: its role and its name, as a screen reader says them, and whether it can be seen.
async function focused(page) {
  return page.evaluate(() => {
    const e = document.activeElement;
    if (!e || e === document.body || e === document.documentElement) return undefined;
    const box = e.getBoundingClientRect();
    const marked = [e, ...(e.closest(".cm-editor") ? [e.closest(".cm-editor")] : [])].some((m) => {
      const style = getComputedStyle(m);
      return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 && style.outlineColor !== "rgba(0, 0, 0, 0)";
    });
    const name = e.getAttribute("aria-label") ?? (e.labels?.[0]?.textContent || e.textContent || e.value || "");
    return {
      name: name.replace(/\s+/g, " ").trim(), tag: e.localName, isMarked: marked,
      isSeen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
  });
}

// leads presses a key that leads to another page, and waits for that.
export const leads = (page, key) => Promise.all([page.waitForEvent("load"), page.keyboard.press(key)]);

// reach presses Tab until what has a name has the focus, or a name that matches. On the way the focus can be seen at every stop, and is
// never lost in the page.
export async function reach(page, name, key = "Tab") {
  const passed = [];
  for (let i = 0; i < 150; i++) {
    await page.keyboard.press(key);
    let at = await focused(page);
    if (!at) continue; // the window itself, between the end of the page and its begin
    const isMarked = async () => (at = (await focused(page)) ?? at).isMarked;
    if (!at.isMarked) await until(`the focus on ${at.tag} "${at.name}" of ${page.url()} is to be seen`, isMarked); // an editor marks itself a moment later
    assert.ok(at.isSeen, `the focus on ${at.tag} "${at.name}" of ${page.url()} is outside the window`);
    if (typeof name === "string" ? at.name === name : name.test(at.name)) return at;
    passed.push(at.name);
  }
  assert.fail(`${key} does not reach ${name} on ${page.url()}; it passes ${passed.join(", ")}`);
}
