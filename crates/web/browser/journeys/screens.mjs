// Takes a picture of every page, phone and desktop, light and dark, in both languages: tools/screens.sh starts it.
import { mkdirSync } from "node:fs";
import { DESKTOP, PHONE, close, visitor } from "./browser.mjs";
import { NAMED } from "./pages.mjs";

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("screens.mjs FOLDER");
mkdirSync(folder, { recursive: true });
const sizes = { phone: PHONE, desktop: DESKTOP };
let taken = 0;
for (const [size, viewport] of Object.entries(sizes))
  for (const colorScheme of ["light", "dark"]) {
    const context = await visitor({ viewport, colorScheme });
    const page = await context.newPage();
    for (const { name, path } of NAMED)
      for (const lang of ["id", "en"]) {
        await page.goto(lang === "en" ? `/en${path === "/" ? "" : path}` : path, { waitUntil: "networkidle" });
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({ path: `${folder}/${name}-${lang}-${size}-${colorScheme}.png`, fullPage: true });
        taken += 1;
      }
    await context.close();
  }
await close();
console.log(`${taken} pictures in ${folder}`);
