// A candidate's year: the proposal answered, the dossier completed and sent, a correction, the interview, the result.
import assert from "node:assert/strict";
import { choose, figures, pdf, sender, sha256, state } from "./dossier.mjs";
import { DARK_DESKTOP, DARK_PHONE, LIGHT_DESKTOP, LIGHT_PHONE, PLAIN, journey } from "./journey.mjs";
import { tabTo } from "./keyboard.mjs";
import { CAST, actsFor, deskOf, linkOf, personOf, walkedBy } from "./people.mjs";
import { walked } from "./journey.mjs";

const at = (page) => new URL(page.url()).pathname;
const receipt = async (page) => (await page.locator("#tanda-terima .nomor").innerText()).trim();

journey("A candidate answers the proposal, completes the dossier and sends it, on a phone without JavaScript", async () => {
  const candidate = "c13-kabkota-2";
  await walkedBy(await actsFor(candidate), { ...LIGHT_PHONE, ...PLAIN }, async (page) => {
    await page.goto("/saya");
    await page.locator(`main a[href='${deskOf(candidate)}']`).click();
    assert.equal(await page.locator("ol.langkah > li").count(), 6, "the steps of the year");
    await page.locator("#persetujuan button[value=tidak]").click();
    await page.locator("#persetujuan .pesan.tolak").waitFor();
    await page.locator("#persetujuan button[value=bersedia]").click();
    assert.equal(await page.locator("#persetujuan").count(), 0);

    const lacking = page.locator("article.naskah", { has: page.locator("summary .cip.tolak") });
    const lacked = await lacking.count();
    assert.ok(lacked > 3, "the checklist says what is lacking");
    for (let left = lacked; left > 0; left -= 1) {
      await choose(lacking.first(), `berkas-${left}.pdf`, pdf(`berkas ${left} `));
      await sender(lacking.first()).click();
      assert.equal(await lacking.count(), left - 1, "one fewer is lacking");
    }

    await page.locator("main a[href$='/angka']").first().click();
    const groups = await figures(page).count();
    assert.ok(groups > 2);
    for (let nth = 0; nth < groups; nth += 1) {
      await state(page, nth);
      await figures(page).nth(nth).locator("summary [role=status]").waitFor();
    }
    assert.equal(await figures(page).locator("[name=a_nilai]").first().inputValue(), "1.250");
    assert.match(await figures(page).locator("summary .cip.angka").first().innerText(), /^62,50 %$/, "the share of the two is shown");

    await page.locator("nav.remah a").last().click();
    await page.locator("main a[href$='/produk']").click();
    const form = page.locator("details.buka form").first();
    await form.locator("[name=judul]").fill("Peraturan Daerah tentang Jaminan Sosial (contoh)");
    await form.locator("[name=jenis]").selectOption("perda");
    await form.locator("[name=tahap]").selectOption("enacted");
    await form.locator("[name=nomor]").fill("7");
    await form.locator("[name=tahun]").fill("2025");
    await form.locator("button").click();
    await page.locator("tbody tr", { hasText: "Peraturan Daerah tentang Jaminan Sosial" }).waitFor();

    await page.locator("nav.remah a").last().click();
    await page.locator("main a[href$='/kirim']").first().click();
    assert.equal(await page.locator("main .cip.tolak").count(), 0, "nothing is lacking");
    await page.locator("main form button.utama").click();
    assert.match(await receipt(page), /\S{4,}/);
    await page.locator("main details.lipat > summary").first().click();
    await page.locator("main details.buka summary").click();
    assert.ok((await page.locator("main").innerText()).includes(sha256(pdf("berkas 1 "))), "each file is named by its hash");
    await page.locator("nav.remah a").last().click();
    assert.match(await page.locator("main").innerText(), /sudah dikirim/);
  }, [422]);
});

journey("What was given back is corrected and sent again, and the new receipt is another one", () =>
  walkedBy(CAST.get("candidate"), DARK_DESKTOP, async (page) => {
    const desk = deskOf("c32-kabkota-1");
    await page.goto(`${desk}/kirim`);
    const before = await receipt(page);
    await page.goto(desk);
    await page.locator(".meja-kini a.tombol.utama").click();
    const wrong = page.locator("article.naskah", { has: page.locator(".isi > .pesan.tolak h4") }).first();
    assert.match(await wrong.locator(".pesan.tolak").innerText(), /DPA/);
    await choose(wrong, "DPA yang sudah ditandatangani (contoh).pdf", pdf("tertanda "));
    await sender(wrong).click();
    await page.locator("article.naskah summary", { hasText: "DPA yang sudah ditandatangani (contoh).pdf" }).waitFor();
    await page.goto(`${desk}/kirim`);
    await page.locator("main form button.utama").dblclick();
    await page.waitForURL(/#tanda-terima$/);
    const after = await receipt(page);
    assert.notEqual(after, before);
    await page.goto(`${desk}/riwayat`);
    const told = await page.locator(".garis-waktu li").allInnerTexts();
    assert.ok(told.length > 10, "who changed what stands there");
    assert.equal(told.filter((line) => line.startsWith("Mengirim berkas")).length, 2, "once before it was given back; pressed twice now, it was sent once");
  }));

journey("A figure is stated and the dossier sent with the keyboard only", () =>
  walked(LIGHT_DESKTOP, async (page) => {
    const candidate = "c32-kabkota-3";
    const enter = async (selector, arrives) => {
      await tabTo(page, selector);
      await page.keyboard.press("Enter");
      await page.waitForURL(arrives);
    };
    await actsFor(candidate);
    await page.goto(await linkOf(personOf(candidate)));
    await enter("main form button", /\/saya$/);
    await enter(`main a[href='${deskOf(candidate)}']`, new RegExp(`${candidate}$`));
    await enter("main a[href$='/angka']", /angka$/);
    if (!(await figures(page).first().evaluate((one) => one.open))) {
      await tabTo(page, "details.angka-satu summary");
      await page.keyboard.press("Enter");
    }
    await tabTo(page, "[name=a_sumber]");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("Sakernas Agustus 2025 (contoh)");
    await page.keyboard.press("Enter");
    await page.waitForURL(/tersimpan=/);
    assert.equal(await page.locator("[name=a_sumber]").first().inputValue(), "Sakernas Agustus 2025 (contoh)");
    await enter("nav.remah li:last-child a", new RegExp(`${candidate}$`));
    await enter("main a[href$='/kirim']", /kirim$/);
    await enter("main form button.utama", /#tanda-terima$/);
    assert.match(await receipt(page), /\S{4,}/);
  }));

journey("Whoever is invited to the interview says why not, and then comes after all", async () => {
  // Its turn is tomorrow, whatever the hour: nobody answers an invitation after the interview.
  const candidate = "c33-usaha-kecil-mikro-3";
  await walkedBy(await actsFor(candidate), DARK_PHONE, async (page) => {
    await page.goto(deskOf(candidate));
    await page.locator("main a[href$='/wawancara']").first().click();
    assert.match(await page.locator("main .besar.angka").innerText(), /^\d\d\.\d\d–\d\d\.\d\d WIB$/);
    assert.match(await page.locator("dl.fakta").innerText(), /Tempat[\s\S]*Bahan paparan paling lambat/);
    // Who has answered finds the form behind its heading.
    const again = page.locator("details:has(#alasan) > summary");
    await again.click();
    await page.locator("button[value=berhalangan]").click();
    await page.locator("main .pesan.tolak").waitFor();
    await page.fill("#alasan", "Pemilik mendampingi kunjungan menteri (contoh)");
    await page.locator("button[value=berhalangan]").click();
    await page.locator("header .cip", { hasText: "berhalangan" }).waitFor();
    assert.equal(await page.inputValue("#alasan"), "", "what was sent is not offered once more");
    await again.click();
    await page.locator("button[value=hadir]").click();
    await page.locator("header .cip.baik", { hasText: "akan hadir" }).waitFor();
    assert.equal(at(page), `${deskOf(candidate)}/wawancara`);
  }, [422]);
  // Others read it, and nothing there is asked of them.
  await walkedBy(CAST.get("secretariat"), LIGHT_DESKTOP, async (page) => {
    await page.goto(`${deskOf(candidate)}/wawancara`);
    await page.locator("header .cip.baik", { hasText: "akan hadir" }).waitFor();
    assert.equal(await page.locator("main form").count(), 0);
  });
});

journey("After the announcement each candidate sees its place, its points and how far it was from the cut", async () => {
  const places = [];
  for (const [nth, look] of [[1, LIGHT_PHONE], [2, DARK_PHONE], [3, { ...LIGHT_DESKTOP, ...PLAIN }]]) {
    const candidate = `c73-kabkota-${nth}`;
    await walkedBy(await actsFor(candidate), look, async (page) => {
      await page.goto(`/en${deskOf(candidate)}`);
      const result = page.locator("#hasil");
      const place = Number(/^\d+/.exec(await result.locator(".besar").first().innerText())[0]);
      const gap = result.locator(".cip", { hasText: "cut" });
      places.push({ place, gap: (await gap.count()) > 0 });
      assert.match(await result.locator(".besar").nth(1).innerText(), /^\d+\.\d\d$/);
      assert.ok((await result.locator("p.teks").innerText()).length > 20, "and a sentence that says why");
      assert.equal(await page.locator("article.naskah form").count(), 0, "nothing can be handed in any more");
    });
  }
  places.sort((one, other) => one.place - other.place);
  assert.deepEqual(places.map((one) => one.place), [1, 2, 3]);
  assert.ok(places.at(-1).gap && !places[0].gap, "who is below the cut sees the gap, who is first has none");
});

journey("Whoever withdraws is asked once more, and says why", async () => {
  const candidate = "c19-kabkota-1";
  await walkedBy(await actsFor(candidate), LIGHT_DESKTOP, async (page) => {
    await page.goto(deskOf(candidate));
    await page.locator("[data-dialog=mundur]").click();
    const dialog = page.locator("dialog#mundur");
    await dialog.waitFor();
    await page.keyboard.press("Escape");
    assert.equal(await dialog.isVisible(), false, "nothing has happened yet");
    await page.locator("[data-dialog=mundur]").click();
    await dialog.locator("textarea").fill("Daerah sedang dilanda banjir (contoh)");
    await dialog.locator("input[type=checkbox]").check();
    await dialog.locator("form[method=post] button").click();
    await page.locator("main .cip.diam").first().waitFor();
    assert.equal(await page.locator("article.naskah form").count(), 0);
  });
});
