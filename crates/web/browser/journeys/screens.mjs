// Takes a picture of every page, of those who are signed in too, phone and desktop, light and dark, in both languages: tools/screens.sh starts it.
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { DESKTOP, PHONE, close, visitor } from "./browser.mjs";
import { NAMED } from "./pages.mjs";
import { CAST, actsFor, deskOf, signedIn } from "./people.mjs";

const folder = process.argv[2];
if (!folder) throw new Error("screens.mjs FOLDER | --readme");
const SIZES = { phone: PHONE, desktop: DESKTOP };
const WIDE = { width: 1280, height: 900 };
/** The pictures of the README, as they first come into sight. */
const README = [
  { file: "front", page: "home", viewport: { ...WIDE, height: 1500 }, colorScheme: "light" },
  { file: "round", page: "round", viewport: WIDE, colorScheme: "light" },
  { file: "desk", person: CAST.get("candidate"), path: deskOf("c32-kabkota-1"), viewport: WIDE, colorScheme: "light" },
  { file: "front-phone", page: "home", viewport: { width: 390, height: 800 }, colorScheme: "dark" },
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

/** Pages of those who are signed in: who, and the name and address of each. */
const own = async () => {
  const desk = deskOf("c32-kabkota-1");
  const below = (name) => ({ name: `candidate-${name}`, path: `${desk}/${name}` });
  const candidate = [{ name: "mine-candidate", path: "/saya" }, { name: "candidate-desk", path: desk }, ...["angka", "produk", "kirim", "riwayat", "mundur"].map(below)];
  const account = ["sandi", "telepon", "sesi"].map((name) => ({ name: `account-${name}`, path: `/saya/${name}` }));
  const stages = { proposed: "c13-kabkota-2", interview: "c33-kabkota-3", "after-the-announcement": "c73-kabkota-3" };
  const all = [{ person: CAST.get("candidate"), pages: [...candidate, ...account] }];
  for (const [stage, id] of Object.entries(stages)) all.push({ person: await actsFor(id), pages: [{ name: `candidate-${stage}`, path: deskOf(id) }] });
  all[2].pages.push({ name: "candidate-wawancara", path: `${deskOf(stages.interview)}/wawancara` });
  for (const [role, person] of CAST) if (role !== "candidate") all.push({ person, pages: [{ name: `mine-${role.replaceAll(" ", "-")}`, path: "/saya" }] });
  return all;
};

let taken = 0;
/** Pictures of pages in every size, light and dark, in both languages, as somebody sees them. */
const take = async (context, pages) => {
  const page = await context.newPage();
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      for (const { name, path } of pages)
        for (const lang of ["id", "en"]) {
          await open(page, path, lang);
          await page.screenshot({ path: `${folder}/${name}-${lang}-${size}-${colorScheme}.png`, fullPage: true });
          taken += 1;
        }
    }
  }
  await context.close();
};

/** The pictures of the README, in English as its text. */
const forReadme = async () => {
  for (const { file, page: name, person, path, viewport, colorScheme } of README) {
    const context = await (person ? signedIn(person) : visitor());
    const page = await context.newPage();
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await open(page, path ?? NAMED.find((one) => one.name === name).path, "en");
    const picture = `docs/pictures/${file}.webp`;
    writeFileSync(picture, await small(page));
    console.log(`${picture}: ${statSync(picture).size} bytes`);
    await context.close();
  }
};

const ofEverything = async () => {
  mkdirSync(folder, { recursive: true });
  await take(await visitor(), NAMED);
  for (const { person, pages } of await own()) await take(await signedIn(person), pages);
  console.log(`${taken} pictures in ${folder}`);
};

await (folder === "--readme" ? forReadme() : ofEverything());
await close();
