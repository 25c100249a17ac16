// Every journey, one after the other, beside the pages that tools/site.sh serves: tools/journeys.sh starts it.
//
// Reading order: site.mjs (what is served), browser.mjs (Chromium), look.mjs (what every page must be), and then each journey in the order of `FILES`.
import { after } from "node:test";
import { close } from "./browser.mjs";

const FILES = ["crawl", "keys", "weight", "bad"];

const named = process.argv.slice(2);
const unknown = named.filter((name) => !FILES.includes(name));
if (unknown.length > 0) throw new Error(`there is no journey called ${unknown.join(", ")}; there are: ${FILES.join(", ")}`);
after(close);
for (const file of named.length > 0 ? named : FILES) await import(`./${file}.mjs`);
