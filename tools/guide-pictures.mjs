// Takes the pictures of the guide. Usage: node guide-pictures.mjs ADDRESS docs/guide; see guide-pictures.sh.
import { createRequire } from "node:module";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const require = createRequire(new URL("../crates/web/browser/x.js", import.meta.url));
const { chromium } = require("playwright-core");

const [at, guide] = process.argv.slice(2);
const WIDTH = 860;
const BYTES_MAX = 60_000;
const LANGUAGES = { id: "", en: "/en" };
const NOTES = { id: "*Dari tahun contoh: angkanya rekaan.*", en: "*From a sample year: its figures are invented.*" };

// Each picture: the page (`{edition}` is that of the front page), the links that are followed from there, what of the page is shown and how
// high at most. `of: "candidate"` is a page that only a candidate sees. Everything is of a sample year, and the text says so below each picture.
const DESK = 'main a[href*="/saya/kandidat/"]';
const desk = (name, page) => {
  return { name, path: "/saya", then: page ? [DESK, `main a[href*="/${page}"]`] : [DESK], of: "candidate", show: "main", high: 760 };
};
const PICTURES = [
  { name: "beranda", path: "/", show: "main", high: 560 },
  { name: "ikut", path: "/edisi/{edition}/ikut", show: "main", high: 700 },
  { name: "masuk", path: "/masuk", show: "main", high: 620 },
  desk("kesediaan", "kesediaan"),
  desk("berkas"),
  desk("angka", "angka"),
  desk("produk-hukum", "produk-hukum"),
  desk("kesiapan", "kesiapan"),
  desk("kirim", "kirim"),
  desk("wawancara", "wawancara"),
  { name: "hasil", path: "/edisi/{edition}/hasil", then: ['main a[href*="/hasil/"]'], show: "main section:has(table)", high: 760 },
];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const context = await browser.newContext({ viewport: { width: WIDTH, height: 900 }, deviceScaleFactor: 1.5, colorScheme: "light" });
const page = await context.newPage();
await page.goto(at + "/");
const edition = (await page.content()).match(/\/edisi\/([^/"]+)/)?.[1];
const isIn = await signedIn();
const waiting = [];

for (const picture of PICTURES) {
  const why = await whyNot(picture);
  if (why) waiting.push(`${picture.name}: ${why}`);
  else for (const lang of Object.keys(LANGUAGES)) await take(picture, lang);
}
for (const line of waiting) console.log(`waits  ${line}`);
await browser.close();

async function signedIn() {
  if (!process.env.LINK) return false;
  await page.goto(process.env.LINK);
  const button = page.locator("main form button").first();
  if ((await button.count()) > 0) await button.click();
  return (await context.cookies()).some((cookie) => cookie.httpOnly);
}

// Why a picture cannot be taken now; nothing if it can.
async function whyNot(picture) {
  if (picture.of && !isIn) return "needs somebody who is signed in: CANDIDATE=id";
  const response = await page.goto(at + pathOf(picture, "id"));
  if (!response.ok()) return `${picture.path} answers ${response.status()}`;
  const lacking = await follow(picture);
  if (lacking) return `no link like ${lacking} from ${picture.path}`;
  return (await page.locator(picture.show).count()) > 0 ? "" : `${picture.path} has no ${picture.show}`;
}

// Goes where a picture's links lead; the first that is not there, if any.
async function follow(picture) {
  for (const link of picture.then ?? []) {
    const found = page.locator(link).first();
    if ((await found.count()) === 0) return link;
    await page.goto(new URL(await found.getAttribute("href"), at).href, { waitUntil: "networkidle" });
  }
  return "";
}

function pathOf(picture, lang) {
  return LANGUAGES[lang] + picture.path.replace("{edition}", edition).replace(/\/$/, "") || "/";
}

// WebP, as sharp as fits into the bytes; then the text shows it.
async function take(picture, lang) {
  await page.goto(at + pathOf(picture, lang), { waitUntil: "networkidle" });
  await follow(picture);
  const box = await page.locator(picture.show).first().boundingBox();
  const clip = { x: box.x, y: box.y, width: box.width, height: Math.min(box.height, picture.high), scale: 1 };
  const session = await context.newCDPSession(page);
  let bytes;
  for (let quality = 85; quality >= 35; quality -= 10) {
    const shot = await session.send("Page.captureScreenshot", { format: "webp", quality, clip, captureBeyondViewport: true });
    bytes = Buffer.from(shot.data, "base64");
    if (bytes.length <= BYTES_MAX) break;
  }
  const name = `${picture.name}.${lang}.webp`;
  writeFileSync(join(guide, "pictures", name), bytes);
  console.log(`taken  ${name} ${bytes.length} bytes`);
  putIn(picture.name, lang, name);
}

function putIn(picture, lang, name) {
  const place = new RegExp(`<!-- gambar ${picture}: (.*) -->`);
  for (const file of readdirSync(join(guide, lang))) {
    const whole = join(guide, lang, file);
    const text = readFileSync(whole, "utf8");
    if (place.test(text)) writeFileSync(whole, text.replace(place, (_, alt) => `![${alt}](../pictures/${name})\n\n${NOTES[lang]}`));
  }
}
