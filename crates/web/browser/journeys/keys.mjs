// With the keyboard only, and with JavaScript off.
import assert from "node:assert/strict";
import { PHONE, pageOf, visitor } from "./browser.mjs";
import { journey } from "./journey.mjs";
import { PAGES } from "./pages.mjs";

/** Writes down what Tab comes to, beside what it must come to, in the order of the page. Runs in the page. */
const listen = () => {
  const can = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const seen = (node) => node.checkVisibility({ visibilityProperty: true }) && !node.closest("[inert]") && !node.disabled && node.tabIndex >= 0;
  const radios = new Set();
  const once = (node) => {
    if (node.type !== "radio") return true;
    const group = node.name;
    const chosen = document.querySelector(`input[type=radio][name="${CSS.escape(group)}"]:checked`);
    if (chosen ? chosen !== node : radios.has(group)) return false;
    radios.add(group);
    return true;
  };
  const wanted = [...document.querySelectorAll(can)].filter((node) => seen(node) && once(node));
  window.come = [];
  document.addEventListener("focusin", ({ target: node }) => {
    const style = getComputedStyle(node);
    const box = node.getBoundingClientRect();
    const name = `<${node.tagName.toLowerCase()}> ${(node.textContent || node.getAttribute("aria-label") || node.name || "").trim().slice(0, 40)}`;
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    window.come.push({ at: wanted.indexOf(node), name, outlined, within: box.right > 0 && box.left < innerWidth && box.width > 0 });
  });
  return wanted.length;
};

/** So often is Tab pressed on a page. */
const MOST = 120;

for (const [name, viewport] of [["a desktop", undefined], ["a phone", PHONE]]) {
  journey(`Tab comes to every link and button in the order of the page, and shows where it is, on ${name}`, async () => {
    const context = await visitor(viewport ? { viewport } : {});
    const { page } = await pageOf(context);
    const told = [];
    for (const path of PAGES) {
      await page.goto(path, { waitUntil: "load" });
      const count = Math.min(await page.evaluate(listen), MOST);
      for (let step = 0; step < count; step += 1) await page.keyboard.press("Tab");
      const come = await page.evaluate(() => window.come);
      const lost = come.findIndex((one, step) => one.at !== step);
      if (lost >= 0 || come.length !== count) told.push(`${path}: the ${(lost < 0 ? come.length : lost) + 1}th Tab comes to ${come[lost]?.name ?? "nothing"}`);
      else told.push(...come.filter((one) => !one.outlined || !one.within).map((one) => `${path}: one does not see that Tab is at ${one.name}`));
    }
    await context.close();
    assert.deepEqual(told, []);
  });
}

journey("The first Tab leads past the head to what the page is about", async () => {
  const context = await visitor();
  const { page } = await pageOf(context);
  await page.goto("/");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "MAIN");
  await context.close();
});

journey("Escape closes a menu and gives the keyboard back to what opened it", async () => {
  const context = await visitor({ viewport: PHONE });
  const { page } = await pageOf(context);
  await page.goto("/");
  await page.locator(".menu-ponsel summary").focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.locator(".menu-ponsel").evaluate((menu) => menu.open), true);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".menu-ponsel").evaluate((menu) => menu.open), false);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "SUMMARY");
  await context.close();
});

journey("Light or dark is chosen without JavaScript, and stays", async () => {
  const context = await visitor({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/en");
  await page.locator(".menu-rupa summary").click();
  await page.locator(".menu-rupa button[value=gelap]").click();
  assert.equal(new URL(page.url()).pathname, "/en");
  assert.equal(await page.locator("html").getAttribute("data-rupa"), "gelap");
  await page.goto("/");
  assert.equal(await page.locator("html").getAttribute("data-rupa"), "gelap");
  await context.close();
});

journey("The other language is one click away, on the same page", async () => {
  const context = await visitor({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/gaya");
  await page.locator(".kepala a[hreflang=en]:visible").click();
  assert.equal(new URL(page.url()).pathname, "/en/gaya");
  await page.locator(".kepala a[hreflang=id]:visible").click();
  assert.equal(new URL(page.url()).pathname, "/gaya");
  await context.close();
});

journey("With JavaScript off every page shows what it is about", async () => {
  const context = await visitor({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const path of PAGES) {
    await page.goto(path);
    assert.ok(await page.locator("h1").isVisible(), path);
    const texts = await page.locator("main").innerText();
    assert.ok(texts.length > 100, `${path} shows next to nothing`);
  }
  await context.close();
});

journey("What was typed is there again after a page was closed by mistake", async () => {
  const context = await visitor();
  const { page } = await pageOf(context);
  await page.goto("/gaya");
  await page.fill("#nama", "Cakupan 84,17 persen");
  await page.close();
  const again = await pageOf(context);
  await again.page.goto("/gaya");
  assert.equal(await again.page.inputValue("#nama"), "Cakupan 84,17 persen");
  assert.deepEqual(again.wrong, []);
  await context.close();
});
