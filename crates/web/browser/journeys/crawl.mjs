// From the front page in both languages along every link. Every page must answer and be whole; the first of each kind is looked at closely.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pageOf, visitor } from "./browser.mjs";
import { UNLINKED, isComing } from "./coming.mjs";
import { LOOKS, problems } from "./look.mjs";
import { ROUTES, SITE, language, routeOf } from "./site.mjs";

/** So many addresses of one route and language are asked for. */
const ASKED = 12;
/** So many pages are looked at side by side. */
const BESIDE = 2;

/** How the first and the second page of a kind are looked at; together in all four ways, in either language. */
const LOOKED = { id: [[0, 3], [1, 2]], en: [[1, 2]] };
const links = (html) => [...html.matchAll(/<a\b[^>]*?\bhref="([^"]*)"/g)].map(([, href]) => href.replaceAll("&amp;", "&").replaceAll("&#38;", "&"));

/** What a page is that was only asked for. */
const whole = (path, html) => {
  const told = [];
  const { lang } = language(path);
  if ((html.match(/<h1\b/g) ?? []).length !== 1) told.push("not exactly one h1");
  if (!html.includes(`<html lang="${lang}"`)) told.push(`its language is not ${lang}`);
  const missing = html.match(/\{[a-z]+(-[a-z0-9]+)+\}/);
  if (missing) told.push(`a missing text: ${missing[0]}`);
  if (/<(script|style)\b(?![^>]*\bsrc=)[^>]*>/.test(html) || /\sstyle="|\son[a-z]+="/.test(html)) told.push("script or style within the page");
  return told;
};

/** Asks for everything that can be reached from some addresses. */
const follow = async (context, starts, askedOf = () => ASKED) => {
  const seen = new Map(starts.map((path) => [path, "typed"]));
  const asked = new Map();
  const found = { pages: [], told: [], coming: new Set(), left: 0 };
  for (const [path, from] of seen) {
    const { lang, rest } = language(path.split("?")[0]);
    const kind = `${lang} ${routeOf(path.split("?")[0])?.path ?? rest}`;
    const before = asked.get(kind) ?? 0;
    if (before >= askedOf(routeOf(path.split("?")[0]))) {
      found.left += 1;
      continue;
    }
    asked.set(kind, before + 1);
    const response = await context.request.get(path, { maxRedirects: 0 });
    if (isComing(rest) && response.status() === 404) {
      found.coming.add(rest);
      continue;
    }
    if ([302, 303, 307, 308].includes(response.status())) {
      const to = new URL(response.headers().location, SITE + path);
      if (to.origin === SITE && !seen.has(to.pathname + to.search)) seen.set(to.pathname + to.search, path);
      continue;
    }
    if (response.status() !== 200) {
      found.told.push(`${path} (linked from ${from}): ${response.status()}`);
      continue;
    }
    if (!(response.headers()["content-type"] ?? "").startsWith("text/html")) continue;
    const html = await response.text();
    found.told.push(...whole(path, html).map((one) => `${path}: ${one}`));
    found.pages.push({ path, lang, kind, nth: before });
    for (const href of links(html)) {
      const to = new URL(href, SITE + path);
      if (to.origin !== SITE) continue;
      const next = to.pathname + to.search;
      if (!seen.has(next)) seen.set(next, path);
      if (to.hash && to.pathname + to.search === path && !html.includes(`id="${decodeURIComponent(to.hash.slice(1))}"`)) found.told.push(`${path}: nothing is called ${to.hash}`);
    }
  }
  return found;
};

const look = async (context, pages) => {
  const told = [];
  const waiting = pages.filter((page) => page.nth < LOOKED[page.lang].length);
  const count = waiting.length;
  const walk = async () => {
    const { page, wrong } = await pageOf(context);
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      wrong.length = 0;
      await page.goto(next.path, { waitUntil: "load" });
      const found = [...(await problems(page, next.lang, LOOKED[next.lang][next.nth].map((at) => LOOKS[at]))), ...wrong];
      told.push(...found.map((one) => `${next.path}: ${one}`));
    }
    await page.close();
  };
  await Promise.all(Array.from({ length: BESIDE }, walk));
  return { told, count };
};

const list = (told) => `\n  ${told.join("\n  ")}\n`;

test("A visitor finds no broken link, no missing text and nothing that axe calls serious on any page", async (t) => {
  const context = await visitor();
  const found = await follow(context, ["/", "/en", ...UNLINKED, ...UNLINKED.map((path) => `/en${path}`)]);
  const looked = await look(context, found.pages);
  await context.close();
  t.diagnostic(`${found.pages.length} pages asked for, ${looked.count} looked at; ${found.left} more of the same kinds`);
  if (found.coming.size > 0) t.diagnostic(`linked to and not made yet: ${[...found.coming].slice(0, 5).join(" ")}`);
  const told = [...found.told, ...looked.told];
  assert.ok(told.length === 0, list(told));
  const reached = new Set(found.pages.map((page) => routeOf(page.path.split("?")[0])?.path));
  const never = ROUTES.filter((one) => one.route === "Public" && one.get && !/\.\w+$|berkas/.test(one.path) && !reached.has(one.path)).map((one) => one.path);
  assert.deepEqual(never, [], `no page links to ${never.join(", ")}`);
});
