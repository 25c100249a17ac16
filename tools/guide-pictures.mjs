// Takes the pictures of the guide. Usage: node guide-pictures.mjs docs/guide, beside tools/site.sh; see guide-pictures.sh.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { close, visitor } from "../crates/web/browser/journeys/browser.mjs";
import { EDITION, actsFor, comesIn, deskOf, personOf } from "../crates/web/browser/journeys/people.mjs";

const [guide] = process.argv.slice(2);
/** Of a phone, where what is shown is one column, and otherwise as wide as two columns need. */
const NARROW = 480;
const WIDE = 900;
const BYTES_MAX = 60_000;
const LANGUAGES = { id: "", en: "/en" };
const NOTES = { id: "*Dari tahun contoh: nama, angka, dan tanggalnya rekaan.*", en: "*From a sample year: its names, figures and dates are invented.*" };

// Each picture: the page, what of it is shown, and how high at most; `of` is the candidate who is signed in for it. Everything is of a sample
// year, and the text says so below each picture.
const SHOWN = "c32-kabkota-1";
const SENT = "c32-kabkota-2";
const PROPOSED = "c13-kabkota-2";
const INVITED = "c33-kabkota-3";
const PICTURES = [
  { name: "beranda", path: "/", show: "main", high: 560, wide: WIDE },
  { name: "ikut", path: `/edisi/${EDITION}/ikut?jenis=regency&wilayah=Bandung&kode=32.04`, show: "main", high: 860, wide: NARROW },
  { name: "masuk", path: "/masuk", show: ".pintu", high: 760, wide: NARROW },
  { name: "kesediaan", of: PROPOSED, path: deskOf(PROPOSED), show: "#persetujuan", high: 700, wide: NARROW },
  { name: "berkas", of: SHOWN, path: deskOf(SHOWN), show: "#berkas", high: 900, wide: NARROW },
  { name: "angka", of: SHOWN, path: `${deskOf(SHOWN)}/angka`, show: "main details.angka-satu:has(.wanti)", high: 900, wide: WIDE },
  { name: "produk-hukum", of: SHOWN, path: `${deskOf(SHOWN)}/produk`, show: "main section.kartu", high: 760, wide: WIDE },
  { name: "kesiapan", of: SHOWN, path: deskOf(SHOWN), show: "section[aria-labelledby=j-siap]", high: 900, wide: NARROW },
  { name: "kirim", of: SENT, path: `${deskOf(SENT)}/kirim`, show: "main", high: 700, wide: WIDE },
  { name: "wawancara", of: INVITED, path: `${deskOf(INVITED)}/wawancara`, show: "main", high: 900, wide: NARROW },
  { name: "hasil", path: `/edisi/${EDITION}/hasil/province/73/kabkota`, show: "main", high: 900, wide: WIDE },
];

/** The browsers of those who are signed in, and of nobody. */
const contexts = new Map();
const browserOf = async (candidate = "") => {
  if (!contexts.has(candidate)) {
    const context = await visitor({ deviceScaleFactor: 1.5, colorScheme: "light" });
    // The candidate that is shown has an account from the start.
    if (candidate) await comesIn(context, candidate === SHOWN ? personOf(candidate) : await actsFor(candidate));
    contexts.set(candidate, context);
  }
  return contexts.get(candidate);
};

const pathOf = (picture, lang) => LANGUAGES[lang] + picture.path.replace(/^\/$/, lang === "id" ? "/" : "");

/** WebP, as sharp as fits into the bytes; then the text shows it. */
const take = async (picture, lang) => {
  const context = await browserOf(picture.of);
  const page = await context.newPage();
  await page.setViewportSize({ width: picture.wide, height: 900 });
  const response = await page.goto(pathOf(picture, lang), { waitUntil: "networkidle" });
  if (!response.ok()) throw new Error(`${picture.name}: ${response.url()} answers ${response.status()}`);
  await page.evaluate(() => document.fonts.ready);
  const box = await page.locator(picture.show).first().boundingBox();
  const beside = Math.min(12, box.x);
  const clip = { x: box.x - beside, y: box.y, width: box.width + 2 * beside, height: Math.min(box.height + beside, picture.high), scale: 1 };
  const session = await context.newCDPSession(page);
  let bytes;
  for (let quality = 85; quality >= 25; quality -= 10) {
    const shot = await session.send("Page.captureScreenshot", { format: "webp", quality, clip, captureBeyondViewport: true });
    bytes = Buffer.from(shot.data, "base64");
    if (bytes.length <= BYTES_MAX) break;
  }
  await page.close();
  const name = `${picture.name}.${lang}.webp`;
  writeFileSync(join(guide, "pictures", name), bytes);
  console.log(`${name}: ${bytes.length} bytes`);
  putIn(picture.name, lang, name);
};

const putIn = (picture, lang, name) => {
  const place = new RegExp(`<!-- gambar ${picture}: (.*) -->`);
  for (const file of readdirSync(join(guide, lang))) {
    const whole = join(guide, lang, file);
    const text = readFileSync(whole, "utf8");
    if (place.test(text)) writeFileSync(whole, text.replace(place, (_, alt) => `![${alt}](../pictures/${name})\n\n${NOTES[lang]}`));
  }
};

for (const picture of PICTURES) for (const lang of Object.keys(LANGUAGES)) await take(picture, lang);
await close();
