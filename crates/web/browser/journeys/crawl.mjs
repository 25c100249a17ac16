// From the front page in both languages along every link that anybody may follow.
import assert from "node:assert/strict";
import { visitor } from "./browser.mjs";
import { LOOKED, follow, list, look } from "./following.mjs";
import { journey } from "./journey.mjs";
import { ROUTES, language, routeOf } from "./site.mjs";

/** Pages that nothing links to, on purpose. */
const UNLINKED = ["/gaya"];
/** Parts of a page that its script asks for. */
const PARTS = ["/cari/hasil"];
/** So many pages are looked at side by side. */
const BESIDE = 2;

for (const [lang, name, own] of [["id", "Indonesian", (path) => path], ["en", "English", (path) => (path === "/" ? "/en" : `/en${path}`)]])
  journey(`A visitor finds no broken link, no missing text and nothing that axe calls serious on any page in ${name}`, async (t) => {
    const context = await visitor();
    const found = await follow(context, ["/", ...UNLINKED].map(own), (path) => language(path).lang === lang);
    const looked = found.pages.filter((page) => page.nth < LOOKED[lang].length);
    const looks = (page) => LOOKED[lang][page.nth];
    const parts = Array.from({ length: BESIDE }, (_, part) => looked.filter((_, nth) => nth % BESIDE === part));
    const told = (await Promise.all(parts.map((part) => look(context, part, looks)))).flat();
    await context.close();
    t.diagnostic(`${found.pages.length} pages asked for, ${looked.length} looked at; ${found.left} more of the same kinds`);
    assert.ok(found.told.length + told.length === 0, list([...found.told, ...told]));
    const reached = new Set(found.pages.map((page) => routeOf(page.path.split("?")[0])?.path));
    const never = ROUTES.filter((one) => one.route === "Public" && one.get && !/\.\w+$|berkas/.test(one.path) && !reached.has(one.path) && !PARTS.includes(one.path)).map((one) => one.path);
    assert.deepEqual(never, [], `no page links to ${never.join(", ")}`);
  });
