// Nothing typed is lost: when the line goes, when the sign-in ends, when somebody else was quicker, when a page is closed.
import assert from "node:assert/strict";
import { pageOf } from "./browser.mjs";
import { figures, unfold } from "./dossier.mjs";
import { DARK_DESKTOP, DARK_PHONE, LIGHT_DESKTOP, LIGHT_PHONE, journey } from "./journey.mjs";
import { CAST, actsFor, comesIn, deskOf, invited, signedIn, walkedBy } from "./people.mjs";
import { paritrana } from "./site.mjs";

const CANDIDATE = "c19-kabkota-2";
const DESK = deskOf(CANDIDATE);
const FIGURES = `${DESK}/angka`;
const form = (page, nth) => figures(page).filter({ has: page.locator("[name=b_nilai]") }).nth(nth);
/** Opens the figures of the candidate, and unfolds one of them. */
const go = async (page, nth) => {
  await page.goto(FIGURES);
  return unfold(form(page, nth));
};
/** The form for one more legal product, which is open only while there is none. */
const openedForm = async (page) => {
  const part = page.locator("details.buka").first();
  if (!(await part.evaluate((one) => one.open))) await part.locator("summary").click();
  return part.locator("form");
};
const OFFLINE = ["ERR_INTERNET_DISCONNECTED", "htmx:sendError"];

journey("The line goes while figures are typed: it is said, and after the page comes again all of it stands there", async () =>
  walkedBy(await actsFor(CANDIDATE), LIGHT_PHONE, async (page, context) => {
    await go(page, 0);
    await context.setOffline(true);
    await page.locator("#kabar div").first().waitFor();
    await form(page, 0).locator("[name=a_nilai]").fill("8.417");
    await form(page, 0).locator("[name=b_sumber]").fill("Sakernas, halaman 12");
    await form(page, 0).locator("footer button").click();
    await page.waitForURL(/^chrome-error:/);
    await context.setOffline(false);
    await go(page, 0);
    await page.locator("#kabar div").first().waitFor();
    assert.equal(await form(page, 0).locator("[name=a_nilai]").inputValue(), "8.417");
    assert.equal(await form(page, 0).locator("[name=b_sumber]").inputValue(), "Sakernas, halaman 12");
    await form(page, 0).locator("footer button").click();
    await page.waitForURL(/tersimpan=/);
    assert.equal(await form(page, 0).locator("[name=a_nilai]").inputValue(), "8.417");
    assert.equal(await page.evaluate(() => Object.keys(localStorage).length), 0, "and what is saved is no longer kept on the device");
  }, OFFLINE));

journey("What was typed and never sent stays on the device for fourteen days and no longer", async () =>
  walkedBy(await actsFor(CANDIDATE), LIGHT_DESKTOP, async (page) => {
    await page.goto(DESK);
    const DAY = 864e5;
    await page.evaluate((day) => {
      for (const days of [13, 15]) localStorage.setItem(`isian:/${days}`, JSON.stringify({ at: Date.now() - days * day, values: [] }));
      localStorage.setItem("isian:/torn", "{");
      localStorage.setItem("of-another-page", "{");
    }, DAY);
    await page.reload();
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).sort()), ["isian:/13", "of-another-page"]);
  }));

journey("The sign-in is ended while figures are typed: one comes in again, and all of it stands there", async () => {
  const person = "staf-desa";
  await paritrana("user", "come", await invited(person, "c19-desa-kelurahan-1"));
  const theirs = `${deskOf("c19-desa-kelurahan-1")}/angka`;
  await walkedBy(person, DARK_DESKTOP, async (page, context) => {
    await page.goto(theirs);
    const first = await unfold(figures(page).first());
    await first.locator("[name=a_sumber]").fill("Buku induk desa");
    await paritrana("user", "sessions", person, "--end");
    await first.locator("footer button").click();
    await page.locator("main .pesan.tolak").waitFor();
    const back = await page.locator("main a.tombol.utama").getAttribute("href");
    assert.match(decodeURIComponent(back), /kembali=.*\/angka/, "the way in leads back to the figures");
    await comesIn(context, person);
    await page.goto(back);
    await page.waitForURL(/angka$/);
    assert.equal(await page.locator("[name=a_sumber]").first().inputValue(), "Buku induk desa");
    await (await unfold(figures(page).first())).locator("footer button").click();
    await page.waitForURL(/tersimpan=/);
    assert.equal(await page.locator("[name=a_sumber]").first().inputValue(), "Buku induk desa");
  }, [401]);
});

journey("What was kept on the device does not silently take the place of what a colleague saved meanwhile", async () => {
  const person = await actsFor(CANDIDATE);
  await walkedBy(person, DARK_PHONE, async (page) => {
    await go(page, 1);
    await form(page, 1).locator("[name=a_nilai]").fill("31");
    await page.goto(DESK);
    const colleague = await signedIn(person);
    const { page: theirs } = await pageOf(colleague);
    await go(theirs, 1);
    await form(theirs, 1).locator("[name=a_nilai]").fill("47");
    await form(theirs, 1).locator("footer button").click();
    await theirs.waitForURL(/tersimpan=/);
    await colleague.close();
    await go(page, 1);
    assert.equal(await form(page, 1).locator("[name=a_nilai]").inputValue(), "31");
    await form(page, 1).locator("footer button").click();
    const both = form(page, 1).locator("fieldset .pesan.tunggu");
    await both.waitFor();
    assert.match(await both.innerText(), /31[\s\S]*47/);
    await both.locator("button").click();
    await page.waitForURL(/tersimpan=/);
    assert.equal(await form(page, 1).locator("[name=a_nilai]").inputValue(), "31");
  }, [422]);
});

/** Says of a product what has to be said. */
const kindAndStage = async (form) => {
  await form.locator("[name=jenis]").selectOption("se");
  await form.locator("[name=tahap]").selectOption("enacted");
};

journey("A legal product that was saved is not typed into the form once more", async () =>
  walkedBy(await actsFor(CANDIDATE), LIGHT_DESKTOP, async (page) => {
    await page.goto(`${DESK}/produk`);
    const adding = await openedForm(page);
    await adding.locator("[name=judul]").fill("Surat edaran bupati (contoh)");
    await page.reload();
    assert.equal(await adding.locator("[name=judul]").inputValue(), "Surat edaran bupati (contoh)", "until it is sent it is kept");
    await kindAndStage(adding);
    await adding.locator("button").click();
    const line = page.locator("tbody tr", { hasText: "Surat edaran bupati (contoh)" });
    await line.waitFor();
    assert.equal(await adding.locator("[name=judul]").inputValue(), "");
    await line.locator("a").click();
    await page.locator("details.buka[open] form [name=judul]").first().fill("Surat edaran bupati nomor 3 (contoh)");
    await page.locator("details.buka form button").first().click();
    await page.locator("tbody tr", { hasText: "nomor 3" }).waitFor();
    assert.equal(await page.locator("tbody tr", { hasText: "Surat edaran bupati" }).count(), 1, "said otherwise, it is still one");
    assert.equal(await page.evaluate(() => Object.keys(localStorage).length), 0);
  }));

journey("A form of somebody who was signed in before in the same browser does nothing", async () =>
  walkedBy(await actsFor(CANDIDATE), LIGHT_PHONE, async (page, context) => {
    await go(page, 2);
    await form(page, 2).locator("[name=a_nilai]").fill("5");
    await comesIn(context, CAST.get("candidate"));
    await form(page, 2).locator("footer button").click();
    await page.locator("main .pesan.tolak").waitFor();
    await comesIn(context, await actsFor(CANDIDATE));
    await page.locator("main a.tombol.utama").click();
    await page.waitForURL(/angka$/);
    assert.equal(await form(page, 2).locator("[name=a_nilai]").inputValue(), "5");
  }, [401, 404, 422]));

journey("A script typed into any field is shown as text, on every page that tells of it", async () =>
  walkedBy(await actsFor(CANDIDATE), DARK_DESKTOP, async (page) => {
    const script = `"'><script>alert(1)</script><img src=x onerror=alert(2)>`;
    await go(page, 3);
    await form(page, 3).locator("[name=a_nilai]").fill("9");
    await form(page, 3).locator("[name=a_sumber]").fill(script);
    await form(page, 3).locator("footer button").click();
    await page.waitForURL(/tersimpan=/);
    assert.equal(await form(page, 3).locator("[name=a_sumber]").inputValue(), script);
    await page.goto(`${DESK}/produk`);
    const adding = await openedForm(page);
    await adding.locator("[name=judul]").fill(script);
    await adding.locator("[name=nomor]").fill(script.slice(0, 60));
    await kindAndStage(adding);
    await adding.locator("button").click();
    await page.locator("tbody tr th", { hasText: "<script>" }).first().waitFor();
    for (const path of [DESK, `${DESK}/riwayat`, `${DESK}/kirim`, `${DESK}/produk`, FIGURES]) {
      await page.goto(path);
      assert.equal(await page.locator("main script:not([src]), main img[src=x]").count(), 0, path);
    }
  }));
