// Figures while they are typed and saved: what does not look right, what cannot be read, and what somebody else saved meanwhile.
import assert from "node:assert/strict";
import { figures, unfold } from "./dossier.mjs";
import { DARK_DESKTOP, DARK_PHONE, LIGHT_PHONE, PLAIN, journey } from "./journey.mjs";
import { pageOf } from "./browser.mjs";
import { actsFor, deskOf, signedIn, walkedBy } from "./people.mjs";

const CANDIDATE = "c13-kabkota-1";
const FIGURES = `${deskOf(CANDIDATE)}/angka`;
/** The figures that are the `nth` of those with two. */
const ratio = (page, nth) => figures(page).filter({ has: page.locator("[name=b_nilai]") }).nth(nth);
/** Opens the figures of the candidate, and unfolds one of them. */
const go = async (page, nth) => {
  await page.goto(FIGURES);
  return unfold(ratio(page, nth));
};

journey("More protected than there are is doubted while it is typed, and nothing is saved by that", async () =>
  walkedBy(await actsFor(CANDIDATE), DARK_PHONE, async (page) => {
    const form = await go(page, 0);
    await form.locator("[name=b_nilai]").fill("1.000");
    await form.locator("[name=a_nilai]").fill("1.200");
    await form.locator(".wanti").first().waitFor();
    assert.match(await form.locator(".wanti").first().innerText(), /120,0 %/);
    await form.locator("[name=a_nilai]").fill("900");
    await form.locator(".wanti").first().waitFor({ state: "detached" });
    const elsewhere = await signedIn(await actsFor(CANDIDATE));
    const { page: fresh } = await pageOf(elsewhere);
    await fresh.goto(FIGURES);
    assert.equal(await ratio(fresh, 0).locator("[name=a_nilai]").inputValue(), "");
    await elsewhere.close();
  }));

journey("A number that could mean two things is refused beside its field, and all that was typed stands there", async () =>
  walkedBy(await actsFor(CANDIDATE), { ...LIGHT_PHONE, ...PLAIN }, async (page) => {
    const form = await go(page, 1);
    await form.locator("[name=a_nilai]").fill("1.5");
    await form.locator("[name=a_sumber]").fill("Rekap yang belum selesai");
    await form.locator("footer button").click();
    const field = ratio(page, 1).locator("[name=a_nilai]");
    assert.equal(await field.inputValue(), "1.5");
    assert.equal(await ratio(page, 1).locator("[name=a_sumber]").inputValue(), "Rekap yang belum selesai");
    const [first] = (await field.getAttribute("aria-describedby")).split(" ");
    const wrong = page.locator(`#${first}`);
    assert.match(await wrong.innerText(), /1\.234\.567,5/, "and how it is written");
  }, [422]));

journey("Two who save the same figure see both values, and neither loses a word", async () => {
  const person = await actsFor(CANDIDATE);
  const colleague = await signedIn(person, DARK_DESKTOP);
  await walkedBy(person, LIGHT_PHONE, async (page) => {
    const { page: theirs } = await pageOf(colleague);
    await go(page, 2);
    await go(theirs, 2);
    const typed = async (on, value, source) => {
      await ratio(on, 2).locator("[name=a_nilai]").fill(value);
      await ratio(on, 2).locator("[name=a_sumber]").fill(source);
      await ratio(on, 2).locator("footer button").click();
    };
    await typed(theirs, "4.111", "Rekap rekan");
    await ratio(theirs, 2).locator("summary [role=status]").waitFor();
    await typed(page, "4.222", "Rekap saya");
    const both = ratio(page, 2).locator("fieldset .pesan.tunggu");
    await both.waitFor();
    assert.match(await both.innerText(), /4\.222[\s\S]*Rekap saya[\s\S]*4\.111[\s\S]*Rekap rekan/);
    assert.equal(await ratio(page, 2).locator("[name=a_nilai]").inputValue(), "4.222");
    await both.locator("button").click();
    await ratio(page, 2).locator("summary [role=status]").waitFor();
    assert.equal(await ratio(page, 2).locator("[name=a_nilai]").inputValue(), "4.222");

    await typed(theirs, "4.333", "Rekap rekan lagi");
    await ratio(theirs, 2).locator("fieldset .pesan.tunggu a").click();
    await theirs.waitForURL(/lupakan=/);
    assert.equal(await ratio(theirs, 2).locator("[name=a_nilai]").inputValue(), "4.222", "the colleague takes what stands there");
    await theirs.reload();
    assert.equal(await ratio(theirs, 2).locator("[name=a_sumber]").inputValue(), "Rekap saya");
  }, [422]);
  await colleague.close();
});

journey("Whoever goes back after saving finds what was saved, and saving it again changes nothing", async () =>
  walkedBy(await actsFor(CANDIDATE), DARK_DESKTOP, async (page) => {
    await go(page, 3);
    await ratio(page, 3).locator("[name=a_nilai]").fill("77");
    await ratio(page, 3).locator("[name=a_sumber]").fill("Rekap (contoh)");
    await ratio(page, 3).locator("footer button").click();
    await page.waitForURL(/tersimpan=/);
    await page.goBack();
    await unfold(ratio(page, 3));
    assert.equal(await ratio(page, 3).locator("[name=a_nilai]").inputValue(), "77");
    await ratio(page, 3).locator("footer button").click();
    await page.waitForURL(/tersimpan=/);
    await page.goto(`${deskOf(CANDIDATE)}/riwayat`);
    const told = (await page.locator(".garis-waktu li").allInnerTexts()).filter((line) => /\b77\b/.test(line));
    assert.equal(told.length, 1);
  }));
