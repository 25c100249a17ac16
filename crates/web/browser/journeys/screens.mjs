// Takes a picture of every page, phone and desktop, light and dark, in both languages: tools/screens.sh starts it.
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { DESKTOP, PHONE, close, visitor } from "./browser.mjs";
import { NAMED } from "./pages.mjs";

const [folder, ...options] = process.argv.slice(2);
if (!folder) throw new Error("screens.mjs FOLDER [--chosen]");
const SIZES = { phone: PHONE, desktop: DESKTOP };
/** The pictures of the README: page, language, size, light or dark. What is not made yet is left out here until it is. */
const CHOSEN = [
  ["home", "en", "desktop", "light"],
  ["home", "id", "phone", "dark"],
];
/** No picture in git is larger, in bytes. */
const LARGEST = 150_000;

const addressed = (path, lang) => (lang === "id" ? path : path === "/" ? "/en" : `/en${path}`);

const open = async (page, path, lang) => {
  await page.goto(addressed(path, lang), { waitUntil: "networkidle" });
  await page.evaluate(() => document.fonts.ready);
};

/** A picture as WebP, which Chromium writes only over its own protocol; poorer until it is small enough. */
const small = async (page) => {
  const cdp = await page.context().newCDPSession(page);
  for (const quality of [80, 65, 50, 35]) {
    const { data } = await cdp.send("Page.captureScreenshot", { format: "webp", quality });
    const bytes = Buffer.from(data, "base64");
    if (bytes.length <= LARGEST) return bytes;
  }
  throw new Error(`${page.url()} does not fit into ${LARGEST} bytes`);
};

mkdirSync(folder, { recursive: true });
let taken = 0;
for (const [size, viewport] of Object.entries(SIZES))
  for (const colorScheme of ["light", "dark"]) {
    const context = await visitor({ viewport, colorScheme });
    const page = await context.newPage();
    for (const { name, path } of NAMED)
      for (const lang of ["id", "en"]) {
        await open(page, path, lang);
        await page.screenshot({ path: `${folder}/${name}-${lang}-${size}-${colorScheme}.png`, fullPage: true });
        taken += 1;
      }
    await context.close();
  }
console.log(`${taken} pictures in ${folder}`);

if (options.includes("--chosen"))
  for (const [name, lang, size, colorScheme] of CHOSEN) {
    const context = await visitor({ viewport: SIZES[size], colorScheme, deviceScaleFactor: size === "phone" ? 2 : 1 });
    const page = await context.newPage();
    await open(page, NAMED.find((one) => one.name === name).path, lang);
    const file = `docs/pictures/${name}-${size}-${colorScheme}.webp`;
    writeFileSync(file, await small(page));
    console.log(`${file}: ${statSync(file).size} bytes`);
    await context.close();
  }
await close();
