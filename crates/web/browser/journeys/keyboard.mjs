// The keyboard as somebody uses it who has nothing else.

/** No page has more to come past. */
const MOST = 250;

/** Presses Tab until it comes to something that is meant. */
export const tabTo = async (page, selector) => {
  await page.locator(selector).first().waitFor();
  for (let pressed = 0; pressed < MOST; pressed += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not come to ${selector} on ${page.url()}`);
};
