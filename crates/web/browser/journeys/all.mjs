// Every journey, one after the other, beside the pages that tools/site.sh serves: tools/journeys.sh starts it.
//
// Reading order: site.mjs (what is served), browser.mjs (Chromium), look.mjs (what every page must be), and then each journey in the order of `FILES`.
import { after } from "node:test";
import { close } from "./browser.mjs";
import { ROUTES } from "./site.mjs";

/** Each with the route that it leads to, where that is being made: it is walked as soon as the route is there. */
const FILES = [
  ["crawl"],
  ["visitor", "/edisi/{edition}/kandidat/{candidate}"],
  ["keys"],
  ["weight"],
  ["bad"],
];

const named = process.argv.slice(2);
const all = FILES.filter(([, route]) => !route || ROUTES.some((one) => one.path === route)).map(([file]) => file);
const unknown = named.filter((name) => !all.includes(name));
if (unknown.length > 0) throw new Error(`there is no journey called ${unknown.join(", ")}; there are: ${all.join(", ")}`);
after(close);
for (const file of named.length > 0 ? named : all) await import(`./${file}.mjs`);
