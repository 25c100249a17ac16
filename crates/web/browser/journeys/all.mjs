// Every journey, several beside each other, beside the pages that tools/site.sh serves: tools/journeys.sh starts it.
//
// Reading order: site.mjs (what is served), browser.mjs (Chromium), journey.mjs (what a journey is), people.mjs (who is in the invented year),
// look.mjs (what every page must be), and then each journey in the order of `FILES`.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { close } from "./browser.mjs";
import { JOURNEYS } from "./journey.mjs";

const FILES = ["own", "crawl", "entering", "candidate", "figures", "files", "lost", "visitor", "keys", "weight", "bad"];
/** So many journeys are under way at once: most of their time they wait for a page. */
const BESIDE = 4;

const named = process.argv.slice(2);
const unknown = named.filter((name) => !FILES.includes(name));
if (unknown.length > 0) throw new Error(`there is no journey called ${unknown.join(", ")}; there are: ${FILES.join(", ")}`);
after(close);
for (const file of named.length > 0 ? named : FILES) await import(`./${file}.mjs`);

test("journeys", { concurrency: BESIDE }, async (t) => {
  const each = await Promise.all(JOURNEYS.map(({ name, walk }) => t.test(name, { timeout: 600_000 }, walk)));
  assert.ok(each.length > 0, "there are journeys");
});
