// Files on their way: on a bad line, of a wrong kind, under a dangerous name, too large, too many.
import assert from "node:assert/strict";
import { mkdtemp, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { choose, chooseFile, pdf, sender, sha256, unfolded } from "./dossier.mjs";
import { DARK_PHONE, LIGHT_DESKTOP, LIGHT_PHONE, PLAIN, journey } from "./journey.mjs";
import { CAST, actsFor, deskOf, walkedBy } from "./people.mjs";

const CANDIDATE = "c13-kabkota-1";
const DESK = deskOf(CANDIDATE);
/** So much is sent at once, in bytes, as unggah.js has it. */
const PIECE = 512 * 1024;
const PIECES = /\/unggah\/\w+\?dari=/;
const from = (request) => Number(new URL(request.url()).searchParams.get("dari"));
const document = (page, nth) => page.locator("article.naskah").nth(nth);
/** Opens the form of a document where it is closed. */
const opened = (page, nth) => unfolded(document(page, nth));

journey("A large file whose line is cut goes on where it stood, after a reload too, and arrives as it was", async () =>
  walkedBy(await actsFor(CANDIDATE), LIGHT_PHONE, async (page, context) => {
    const file = pdf("rekaman rapat ", 12 * PIECE);
    const name = `Notulen "rapat" 2025.pdf`;
    const folder = await mkdtemp(join(tmpdir(), "kiriman-"));
    await writeFile(join(folder, name), file);
    const sent = [];
    page.on("request", (request) => PIECES.test(request.url()) && sent.push(from(request)));
    await page.goto(DESK);
    let stays = false;
    let cut;
    const isCut = new Promise((done) => (cut = done));
    await page.route(PIECES, async (route) => {
      const at = from(route.request());
      if (at === 4 * PIECE && !stays) {
        await context.setOffline(true);
        await route.abort("internetdisconnected");
        return cut();
      }
      if (at < 9 * PIECE) return route.continue();
      await route.abort("internetdisconnected");
      return gone();
    });
    let gone;
    const isGone = new Promise((done) => (gone = done));
    const article = await opened(page, 0);
    await chooseFile(article, join(folder, name));
    await sender(article).click();
    await isCut;
    await article.locator("[data-kata]", { hasText: "terputus" }).waitFor();
    assert.ok(!sent.includes(5 * PIECE));
    // The line is back, and goes again for good: only a new page and the same file help.
    stays = true;
    await context.setOffline(false);
    await isGone;
    assert.ok(sent.includes(8 * PIECE), "it went on by itself when the line was back");
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await page.reload();
    sent.length = 0;
    assert.match(await document(page, 0).locator(".kiriman").innerText(), /4,5 MB dari 6 MB/);
    const again = await opened(page, 0);
    await chooseFile(again, join(folder, name));
    await Promise.all([page.waitForEvent("load"), sender(again).click()]);
    assert.equal(sent[0], 9 * PIECE, "what had come was not sent once more");
    const link = (await opened(page, 0)).locator("ol.versi a").first();
    assert.match(await link.innerText(), /Notulen .*rapat.* 2025\.pdf/);
    const path = await link.getAttribute("href");
    assert.ok(path.endsWith(sha256(file)));
    const back = await context.request.get(path);
    assert.equal(sha256(await back.body()), sha256(file));
    assert.match(back.headers()["content-disposition"], /^attachment/);
    await rm(folder, { recursive: true });
  }, ["ERR_INTERNET_DISCONNECTED"]));

journey("A file that was put right meanwhile is sent from its beginning, though it has the name and the size of the one before", async () =>
  walkedBy(await actsFor(CANDIDATE), LIGHT_DESKTOP, async (page, context) => {
    const folder = await mkdtemp(join(tmpdir(), "kiriman-"));
    const path = join(folder, "anggaran.pdf");
    const sent = [];
    page.on("request", (request) => PIECES.test(request.url()) && sent.push(from(request)));
    await writeFile(path, pdf("dua belas ", 3 * PIECE));
    await page.goto(DESK);
    await page.route(PIECES, (route) => (from(route.request()) < 2 * PIECE ? route.continue() : route.abort("connectionreset")));
    await chooseFile(await opened(page, 2), path);
    await sender(document(page, 2)).click();
    await page.waitForRequest((request) => PIECES.test(request.url()) && from(request) === 2 * PIECE);
    await page.unrouteAll({ behavior: "ignoreErrors" });
    const right = pdf("tiga belas", 3 * PIECE);
    await writeFile(path, right);
    await utimes(path, new Date(), new Date(Date.now() + 60_000));
    await page.reload();
    sent.length = 0;
    await chooseFile(await opened(page, 2), path);
    await Promise.all([page.waitForEvent("load"), sender(document(page, 2)).click()]);
    assert.equal(sent[0], 0);
    const link = await document(page, 2).locator("ol.versi a").first().getAttribute("href");
    const back = await context.request.get(link);
    assert.equal(sha256(await back.body()), sha256(right));
    await rm(folder, { recursive: true });
  }, ["ERR_CONNECTION_RESET", "ERR_UPLOAD_FILE_CHANGED"]));

journey("An upload that is given up leaves nothing behind", async () =>
  walkedBy(await actsFor(CANDIDATE), DARK_PHONE, async (page) => {
    await page.goto(DESK);
    await page.route(PIECES, (route) => from(route.request()) === 0 ? route.continue() : undefined);
    const article = await opened(page, 1);
    await choose(article, "terlalu lama.pdf", pdf("x", 3 * PIECE));
    await sender(article).click();
    await page.waitForRequest((request) => PIECES.test(request.url()) && from(request) === PIECE);
    await article.locator("[data-batal]").click();
    await article.locator("[data-maju]").waitFor({ state: "hidden" });
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await page.reload();
    assert.equal(await document(page, 1).locator(".kiriman").count(), 0);
  }, [404]));

/** A ZIP with one entry of zeroes that is far larger than it looks. */
const bomb = () => {
  const inner = deflateRawSync(Buffer.alloc(64 << 20), { level: 9 });
  const name = Buffer.from("xl/workbook.xml");
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(inner.length, 18);
  head.writeUInt32LE(64 << 20, 22);
  head.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(20, 6);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(inner.length, 20);
  entry.writeUInt32LE(64 << 20, 24);
  entry.writeUInt16LE(name.length, 28);
  const local = Buffer.concat([head, name, inner]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length + name.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, entry, name, end]);
};

const WRONG = [
  ["a page that calls itself a PDF", "perda.pdf", Buffer.from("<html><script>alert(1)</script></html>")],
  ["a program that calls itself a PDF", "perda.pdf", Buffer.concat([Buffer.from("MZ\x90\x00"), Buffer.alloc(600)])],
  ["a PDF that is a page too", "perda.pdf", Buffer.concat([Buffer.from("<html><script>alert(1)</script>"), pdf()])],
  ["a file with nothing in it", "kosong.pdf", Buffer.alloc(0)],
  ["a sheet that unpacks without end", "rekap.xlsx", bomb()],
];
for (const [look, nth, options] of [["with JavaScript", 2, LIGHT_DESKTOP], ["without", 5, { ...DARK_PHONE, ...PLAIN }]])
  journey(`A file that is not what it says is refused beside its document, with what to do, ${look}`, async () =>
    walkedBy(await actsFor(CANDIDATE), options, async (page) => {
      await page.goto(DESK);
      for (const [what, name, bytes] of WRONG) {
        const article = await opened(page, nth);
        const before = await article.locator("ol.versi li").count();
        await choose(article, name, bytes);
        await sender(article).click();
        const refused = document(page, nth).locator("[role=alert]:visible");
        await refused.waitFor().catch(() => assert.fail(`${what} is not refused`));
        assert.ok((await refused.innerText()).length > 40, `${what} is refused with a reason and a next step`);
        assert.equal(await document(page, nth).locator("ol.versi li").count(), before, what);
        await page.goto(DESK);
      }
    }, [422]));

journey("A file larger than its document may be is refused before a byte of it is sent", async () =>
  walkedBy(await actsFor(CANDIDATE), LIGHT_PHONE, async (page) => {
    await page.goto(DESK);
    let asked = 0;
    page.on("request", (request) => (asked += request.url().includes("/unggah") ? 1 : 0));
    const article = await opened(page, 3);
    const most = Number(await article.locator("form[data-maks]").getAttribute("data-maks"));
    const large = join(await mkdtemp(join(tmpdir(), "besar-")), "besar.pdf");
    try {
      await writeFile(large, pdf());
      await truncate(large, most + 1);
      await article.locator("input[type=file]").setInputFiles(large);
      await sender(article).click();
      await article.locator("[data-galat]:visible").waitFor();
    } finally {
      await rm(dirname(large), { recursive: true });
    }
    assert.match(await article.locator("[data-galat]").innerText(), /MB/);
    assert.equal(asked, 0);
  }));

journey("A dangerous name of a file does no harm, and the file comes back under a plain one", async () =>
  walkedBy(await actsFor(CANDIDATE), LIGHT_DESKTOP, async (page, context) => {
    await page.goto(DESK);
    const token = await page.locator("[name=tanda]").first().inputValue();
    const id = await document(page, 4).locator("[name=dokumen]").inputValue();
    for (const name of ["../../etc/passwd.pdf", `a"; filename="b.exe.pdf`, "laporan\u202Efdp.exe.pdf", `<img src=x onerror=alert(1)>.pdf`, `${"panjang".repeat(60)}.pdf`, "CON.pdf"]) {
      const file = pdf(`${name} `);
      const answer = await context.request.post(`${DESK}/unggah`, { multipart: { tanda: token, dokumen: id, ...(await kindOf(page)), berkas: { name, mimeType: "application/pdf", buffer: file } }, maxRedirects: 0 });
      assert.ok([303, 422].includes(answer.status()), `${name}: ${answer.status()}`);
      if (answer.status() === 422) continue;
      const back = await context.request.get(`${DESK}/berkas/${sha256(file)}`);
      assert.equal(back.status(), 200, name);
      assert.equal(back.headers()["x-content-type-options"], "nosniff");
      const disposition = back.headers()["content-disposition"];
      assert.match(disposition, /^attachment; filename="[\w.-]+"; filename\*=UTF-8''[\w.%-]+$/, name);
      assert.ok(!/\.\.|%2F|%E2%80%AE/i.test(disposition), disposition);
    }
    await page.goto(DESK);
    assert.equal(await page.locator("main img[src=x]").count(), 0);
  }));

const kindOf = async (page) => {
  const kind = document(page, 4).locator("select[name=jenis]");
  return (await kind.count()) > 0 ? { jenis: await kind.inputValue() } : {};
};

journey("A file that is on record and was never kept here is told of by its name", () =>
  walkedBy(CAST.get("candidate"), DARK_PHONE, async (page) => {
    await page.goto(`/en${deskOf("c32-kabkota-1")}`);
    const link = page.locator("ol.versi a", { hasText: "contoh.pdf" }).first();
    const name = await link.textContent();
    assert.equal((await page.goto(await link.getAttribute("href"))).status(), 404);
    assert.ok((await page.locator("main").innerText()).includes(name));
  }, [404]));

journey("Ten thousand small files cannot be begun: who has twenty on their way ends one first", async () => {
  const candidate = "c19-desa-kelurahan-1";
  await walkedBy(await actsFor(candidate), { ...LIGHT_PHONE, ...PLAIN }, async (page, context) => {
    await page.goto(deskOf(candidate));
    const [token, document] = await Promise.all(["tanda", "dokumen"].map((name) => page.locator(`article [name=${name}]`).first().inputValue()));
    const begin = async (number) =>
      (await context.request.post(`${deskOf(candidate)}/unggah/mulai`, { form: { tanda: token, dokumen: document, nama: `kecil-${number}.pdf`, ukuran: "10" } })).json();
    const answers = [];
    for (let number = 0; number < 22; number += 1) answers.push(await begin(number));
    assert.equal(answers.filter((one) => one.kiriman).length, 20);
    assert.ok(answers.at(-1).galat && answers.at(-1).lanjut, "with a reason and what to do");
    await page.reload();
    assert.equal(await page.locator(".kiriman").count(), 20);
    await page.locator(".kiriman form button").first().click();
    assert.equal(await page.locator(".kiriman").count(), 19);
    assert.ok((await begin(22)).kiriman, "and then there is room for another one");
  });
});
