// SPDX-License-Identifier: Apache-2.0

// The two ways in which people use a page. Both find things by what they are and are called, as people do.
import { leads, reach } from "../test/look.mjs";

// mouse points and clicks.
export const mouse = {
  follow: (page, link) => page.getByRole("link", { name: link }).first().click(),
  press: (page, button) => page.getByRole("button", { name: button, exact: true }).click(),
  write: (page, field, text) => page.getByLabel(field, { exact: true }).fill(text),
  replace: async (page, editor, text) => {
    await page.getByRole("textbox", { name: editor }).click();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(text);
  },
  save: (page) => mouse.press(page, "Save"),
};

// keyboard has no mouse: it goes on by Tab until it is there, as somebody does who cannot point.
export const keyboard = {
  follow: async (page, link) => {
    await reach(page, link);
    await leads(page, "Enter");
  },
  press: async (page, button) => {
    await reach(page, button);
    await leads(page, "Space");
  },
  write: async (page, field, text) => {
    await reach(page, field);
    await page.keyboard.press("Control+a");
    await page.keyboard.type(text);
  },
  replace: async (page, editor, text) => {
    await reach(page, editor);
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(text);
  },
  save: (page) => page.keyboard.press("Control+s"),
};
