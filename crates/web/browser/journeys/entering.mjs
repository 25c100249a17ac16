// Through the door: by a link, by a letter, with a password, with a telephone; where one is signed in, and out again.
import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pageOf, visitor } from "./browser.mjs";
import { DARK_DESKTOP, DARK_PHONE, LIGHT_DESKTOP, LIGHT_PHONE, PLAIN, journey, walked } from "./journey.mjs";

import { tabTo } from "./keyboard.mjs";
import { CAST, EDITION, codeOf, comesIn, invited, linkOf } from "./people.mjs";
import { paritrana } from "./site.mjs";

const PASSWORD = "kuda besi hijau toska";
const at = (page) => new URL(page.url()).pathname;

journey("A link lets a candidate in once and never again", () =>
  walked({ ...DARK_PHONE, ...PLAIN }, async (page) => {
    const link = await linkOf(CAST.get("candidate"));
    await page.goto(link);
    await page.locator("main form button").click();
    assert.equal(at(page), "/saya");
    await page.locator(".menu-saya summary").click();
    await page.locator(".menu-saya form button").click();
    assert.equal(at(page), "/");
    const again = await page.goto(link);
    assert.equal(again.status(), 200, "only the button takes a link, for mail servers open addresses too");
    await page.locator("main form button").click();
    await page.locator("main .pesan.tolak").waitFor();
    await page.locator("main a.tombol").click();
    assert.equal(at(page), "/masuk", "another link can be asked for");
    assert.equal((await page.goto("/saya")).status(), 401);
  }, [401, 410]));

journey("Whoever has no password at hand comes in by a letter", () =>
  walked({ ...LIGHT_PHONE, ...PLAIN }, async (page) => {
    const person = "surat-saja";
    await paritrana("user", "come", await invited(person, "c33-kabkota-3"));
    await page.goto("/masuk");
    await page.fill("#akun", `${person}@contoh.invalid`);
    await page.locator("button[value=tautan]").click();
    await page.locator("main .pesan.baik").waitFor();
    const folder = await mkdtemp(join(tmpdir(), "surat-"));
    try {
      // Letters to offices that nobody holds stay behind, and the program says so.
      await paritrana("post", "--folder", folder).catch(() => {});
      const letters = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), "utf8")));
      const own = letters.find((letter) => letter.includes(`${person}@`));
      assert.ok(own, "the letter is on its way");
      await page.goto(/\/masuk\/[\w-]+/.exec(own.replace(/=\r?\n/g, ""))[0]);
    } finally {
      await rm(folder, { recursive: true });
    }
    await page.locator("main form button").click();
    assert.equal(at(page), "/saya");
  }));

journey("Whoever is invited sets a password and comes again by it, with the keyboard only", () =>
  walked(LIGHT_DESKTOP, async (page) => {
    const person = "tamu-undangan";
    const code = await invited(person, "c33-kabkota-3");
    const press = (text) => page.keyboard.type(text);
    await page.goto("/undangan");
    await tabTo(page, "#kode");
    await press(code.toLowerCase());
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/undangan\/.+/);
    await tabTo(page, "#baru");
    await press(PASSWORD);
    await tabTo(page, "#ulang");
    await press(`${PASSWORD}?`);
    await page.keyboard.press("Enter");
    await page.locator("#tidak").waitFor();
    await tabTo(page, "#baru");
    await press(PASSWORD);
    await tabTo(page, "#ulang");
    await press(PASSWORD);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/saya$/);
    await tabTo(page, ".menu-saya summary");
    await page.keyboard.press("Enter");
    await tabTo(page, ".menu-saya form button");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === "/");
    await tabTo(page, ".kepala a.masuk");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/masuk/);
    await tabTo(page, "#akun");
    await press(person);
    await tabTo(page, "#sandi");
    await press("bukan ini sandinya");
    await page.keyboard.press("Enter");
    await page.locator("#tidak").waitFor();
    assert.equal(await page.inputValue("#akun"), person, "the account need not be typed again");
    assert.equal(await page.inputValue("#sandi"), "");
    await tabTo(page, "#sandi");
    await press(PASSWORD);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/saya$/);
  }, [422]));

journey("A member of the central committee is asked for the telephone, and without it for a recovery code", () =>
  walked(DARK_DESKTOP, async (page) => {
    const person = "anggota-pusat";
    await paritrana("user", "come", await invited(person));
    await paritrana("user", "give", person, "centre", "--edition", EDITION);
    await page.goto(await linkOf(person));
    await page.locator("main form button").click();
    await page.locator(".qr svg").waitFor();
    assert.equal(at(page), "/saya/telepon");
    await page.locator("main details summary").click();
    const secret = await page.locator("#rahasia").innerText();
    await page.fill("#kode", "000000");
    await page.locator("main form button.utama").click();
    await page.locator("#tidak").waitFor();
    await page.locator("main details summary").click();
    assert.equal(await page.locator("#rahasia").innerText(), secret, "the telephone that scanned it already is not sent away");
    await page.fill("#kode", codeOf(secret));
    await page.locator("main form button.utama").click();
    const codes = await page.locator("#kode-pulih li").allInnerTexts();
    assert.ok(codes.length >= 8, "there are recovery codes");
    await page.locator("main a.tombol.utama").click();
    assert.equal(at(page), "/saya");
    for (const code of [codeOf(secret, 1), codes[0].toLowerCase()]) {
      await page.locator(".menu-saya summary").click();
      await page.locator(".menu-saya form button").click();
      await page.goto(await linkOf(person));
      await page.locator("main form button").click();
      assert.equal(at(page), "/masuk/kode");
      assert.equal((await page.goto("/saya/sesi")).status(), 200, "no page opens before the code");
      assert.equal(at(page), "/masuk/kode");
      await page.fill("#kode", code);
      await page.locator("main form button").click();
      await page.waitForURL(/\/saya/);
      assert.equal(at(page), "/saya/sesi", "and then the page that was asked for");
    }
    assert.ok((await page.goto("/saya")).ok());
    assert.match(await page.locator("dl.fakta").innerText(), new RegExp(`\\b${codes.length - 1}\\b`), "one recovery code is used up");
  }, [422]));

journey("Somebody ends the sign-in that was left open elsewhere, and whoever sat there is shown the way in and comes back", async () => {
  const person = "dua-tempat";
  await paritrana("user", "come", await invited(person, "c33-kabkota-3"));
  await walked(LIGHT_PHONE, async (page, context) => {
    await comesIn(context, person);
    const elsewhere = await visitor(DARK_DESKTOP);
    try {
      await comesIn(elsewhere, person);
      const { page: left } = await pageOf(elsewhere, [401]);
      await left.goto("/en/saya/sandi");
      await page.goto("/saya/sesi");
      assert.equal(await page.locator("tbody tr").count(), 2);
      await page.locator("tbody form button").click();
      assert.equal(await page.locator("tbody tr").count(), 1);
      assert.equal((await left.goto("/en/saya/sandi")).status(), 401);
      assert.equal(await left.locator("html").getAttribute("lang"), "en");
      await left.locator("main a.tombol.utama").click();
      assert.equal(at(left), "/en/masuk");
      assert.match(left.url(), /kembali=.*saya.*sandi/);
    } finally {
      await elsewhere.close();
    }
    assert.equal((await page.goto("/saya")).status(), 200, "the one that is kept still opens");
  });
});

journey("Whoever changes the password is signed out everywhere else", async () => {
  const person = "ganti-sandi";
  await paritrana("user", "come", await invited(person, "c33-kabkota-3"));
  await walked({ ...DARK_PHONE, ...PLAIN }, async (page, context) => {
    await comesIn(context, person);
    const elsewhere = await visitor();
    try {
      await comesIn(elsewhere, person);
      await page.goto("/saya/sandi");
      await page.fill("#baru", PASSWORD);
      await page.fill("#ulang", PASSWORD);
      await page.locator("main form button").click();
      await page.locator("main .pesan.baik").waitFor();
      assert.equal((await elsewhere.request.get("/saya")).status(), 401);
    } finally {
      await elsewhere.close();
    }
  });
});

journey("The language is changed on any page of one's own, and stays on the way on", async () => {
  await walked(LIGHT_DESKTOP, async (page, context) => {
    await comesIn(context, CAST.get("candidate"));
    await page.goto("/saya");
    await page.locator("main a.kartu").first().click();
    const path = at(page);
    await page.locator(".kepala a[hreflang=en]:visible").click();
    assert.equal(at(page), `/en${path}`);
    await page.locator("main a[href$='/angka']").first().click();
    assert.equal(at(page), `/en${path}/angka`);
    await page.locator(".kepala a[hreflang=id]:visible").click();
    assert.equal(at(page), `${path}/angka`);
  });
});
