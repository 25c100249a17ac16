// Everybody's own pages: whoever is signed in, in whatever role, finds them whole, in both languages, and a candidate at every stage of the year.
import assert from "node:assert/strict";
import { follow, list, look } from "./following.mjs";
import { journey } from "./journey.mjs";
import { CAST, actsFor, deskOf, signedIn } from "./people.mjs";
import { ROUTES, language, routeOf } from "./site.mjs";

const own = (path) => /^\/saya(\/|$)/.test(language(path).rest);
/** Answers for scripts, and files. */
const NO_PAGES = /\/unggah\/|\/berkas\//;
const CROSSWISE = [[0, 3], [1, 2]];
let turn = 0;

/** Each page in two of the four looks, the next page in the other two; in English in one. */
const looksOf = (page) => (page.lang === "en" ? [turn++ % 4] : CROSSWISE[turn++ % 2]);

const whole = async (person, starts, isLooked) => {
  const context = await signedIn(person);
  try {
    const found = await follow(context, starts, (path) => own(path) && !/\/berkas\//.test(path));
    const told = [...found.told, ...(await look(context, found.pages.filter(isLooked), looksOf))];
    assert.ok(told.length === 0, list(told));
  } finally {
    await context.close();
  }
};

/** Where the stages of the year are shown, by a candidate that is there. */
const STAGES = {
  "that has answered a proposal": "c13-kabkota-1",
  "whose figures are being verified": "c18-kabkota-1",
  "that is invited to the interview": "c33-kabkota-1",
  "whose panel is marking": "c36-kabkota-1",
  "whose plenary is sitting": "c12-kabkota-1",
  "that waits for the announcement": "c51-kabkota-1",
  "that has won": "c73-kabkota-1",
};

journey("A candidate finds every own page whole, in both languages", () =>
  whole(CAST.get("candidate"), ["/saya", "/en/saya"], (page) => page.nth < (page.lang === "en" ? 1 : 2)));
for (const [role, person] of CAST)
  if (role !== "candidate") journey(`The ${role} finds every own page whole`, () => whole(person, ["/saya"], (page) => page.kind === "id /saya" || !/telepon|sandi|sesi/.test(page.kind)));
for (const [stage, candidate] of Object.entries(STAGES))
  journey(`A candidate ${stage} finds its desk whole`, async () => whole(await actsFor(candidate), [deskOf(candidate), `${deskOf(candidate)}/wawancara`], (page) => page.path === deskOf(candidate) || /wawancara/.test(page.path)));
journey("Every page of one's own can be reached by links", async () => {
  const paths = new Set();
  for (const person of [CAST.get("candidate"), await actsFor("c33-kabkota-1")]) {
    const context = await signedIn(person);
    const found = await follow(context, ["/saya"], own);
    for (const page of found.pages) paths.add(routeOf(page.path.split("?")[0])?.path);
    await context.close();
  }
  const never = ROUTES.filter((one) => ["SignedIn", "Files"].includes(one.route) && one.get && !NO_PAGES.test(one.path) && !paths.has(one.path));
  assert.deepEqual(never.map((one) => one.path), []);
});
