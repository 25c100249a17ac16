// A visitor who wants to know: the rules, the days, who sits on the panels, who won and why.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { LIGHT_DESKTOP, LIGHT_PHONE, PLAIN, journey, walked } from "./journey.mjs";

/** The journey on a desktop with JavaScript, and on a phone without. */
const both = (name, walk) => {
  const fromTheFront = async (page, context) => {
    await page.goto("/");
    await walk(page, context);
  };
  journey(`${name}, on a desktop`, () => walked(LIGHT_DESKTOP, fromTheFront));
  journey(`${name}, on a phone without JavaScript`, () => walked({ ...LIGHT_PHONE, ...PLAIN }, fromTheFront));
};

/** Follows a link of the menu, wherever it is on this screen. */
const menu = async (page, end) => {
  const small = page.locator(".menu-ponsel > summary");
  if (await small.isVisible()) await small.click();
  await page.locator(`header.kepala nav a[href$="${end}"]:visible`).first().click();
};

both("A visitor reads the rules and holds the very text by which the year goes", async (page, context) => {
  await page.locator(".muka-depan a[href$='/aturan']").click();
  assert.match(new URL(page.url()).pathname, /^\/edisi\/[^/]+\/aturan$/);
  const file = await context.request.get(await page.locator("a[href$='/aturan.toml']").getAttribute("href"));
  assert.equal(file.status(), 200);
  const shown = (await page.locator("code.sidik").first().innerText()).replace(/\s/g, "");
  assert.equal(createHash("sha256").update(await file.body()).digest("hex"), shown);
  const contents = page.locator(".isi-halaman a");
  assert.ok((await contents.count()) > 3);
  if (!(await contents.nth(2).isVisible())) await page.locator(".isi-halaman summary").click();
  await contents.nth(2).click();
  const id = new URL(page.url()).hash.slice(1);
  assert.ok(await page.locator(`[id="${id}"]`).isVisible());
  assert.ok((await page.locator("article .asumsi").count()) > 0, "what no source states is marked");
});

both("A visitor sees what was planned, what took place, and takes the days along", async (page, context) => {
  await menu(page, "/jadwal");
  assert.ok((await page.locator("time").count()) > 3);
  const file = await context.request.get(await page.locator("a[href$='/jadwal.ics']").getAttribute("href"));
  const text = await file.text();
  assert.match(file.headers()["content-type"], /^text\/calendar/);
  assert.match(text, /^BEGIN:VCALENDAR\r\n/);
  assert.equal(text.match(/^BEGIN:VEVENT/gm).length, text.match(/^END:VEVENT/gm).length);
  assert.ok(text.split("\r\n").every((line) => Buffer.byteLength(line) <= 75), "no line is longer than calendars take");
});

both("A visitor finds a winner, and how the winner's place came about", async (page) => {
  await page.locator(".kartu.hormat a[href*='/putaran/']").first().click();
  await page.locator(".kartu.hormat a[href*='/hasil/']").first().click();
  assert.ok((await page.locator(".juara .kartu").count()) > 0, "there are winners");
  assert.ok(await page.locator("table caption").first().innerText());
  const winner = page.locator(".juara a[href*='/kandidat/']").first();
  const name = await winner.innerText();
  await winner.click();
  assert.equal(await page.locator("h1").innerText(), name);
  const working = page.locator("details", { has: page.locator(".pohon") }).first();
  if (!(await working.evaluate((part) => part.open))) await working.locator("summary").click();
  assert.ok(await working.locator(".pohon .angka").first().isVisible(), "the points of every part are shown");
});

both("Of a contest that is neither published nor announced nobody sees a place or a mark", async (page) => {
  const edition = await page.locator("a[href*='/edisi/']").first().getAttribute("href");
  const base = /^\/edisi\/[^/]+/.exec(edition)[0];
  await page.goto(`${base}/hasil`);
  const rounds = await page.locator("main a[href*='/putaran/']").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  assert.ok(rounds.length > 0);
  let hidden = 0;
  for (const round of rounds) {
    await page.goto(round);
    const contests = await page.locator("main table a[href*='/hasil/']").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    for (const contest of contests) {
      await page.goto(contest);
      // Objections come against a result that everybody can read: it says that it is not final.
      if (await page.getByRole("heading", { name: "Hasil sementara" }).count()) continue;
      assert.ok(await page.locator("#belum").isVisible(), `${contest} says why there is nothing to see`);
      assert.equal(await page.locator(".juara, table.tabel .angka").count(), 0, contest);
      hidden += 1;
    }
  }
  assert.ok(hidden > 0, "there is something that may not be seen yet");
});
