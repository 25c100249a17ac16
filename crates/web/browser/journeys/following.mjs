// Along every link from some addresses: every page must answer and be whole; the first of each kind is looked at closely.
import { pageOf } from "./browser.mjs";
import { LOOKS, problems } from "./look.mjs";
import { SITE, language, routeOf } from "./site.mjs";

/** So many addresses of one route and language are asked for. */
const ASKED = 6;
/** How the first and the second page of a kind are looked at: together in all four ways. Colours and widths know no language. */
export const LOOKED = { id: [[0, 3], [1, 2]], en: [[0]] };

const kindOf = (path) => {
  const { lang, rest } = language(path.split("?")[0]);
  return `${lang} ${routeOf(path.split("?")[0])?.path ?? rest}`;
};
const links = (html) => [...html.matchAll(/<a\b[^>]*?\bhref="([^"]*)"/g)].map(([, href]) => href.replaceAll("&amp;", "&").replaceAll("&#38;", "&"));

/** What a page is that was only asked for. */
const whole = (path, html) => {
  const told = [];
  const { lang } = language(path);
  if ((html.match(/<h1\b/g) ?? []).length !== 1) told.push("not exactly one h1");
  if (!html.includes(`<html lang="${lang}"`)) told.push(`its language is not ${lang}`);
  const missing = html.match(/\{[a-z]+(-[a-z0-9]+)+\}/);
  if (missing) told.push(`a missing text: ${missing[0]}`);
  const leaving = [...html.matchAll(/<a\b(?![^>]*\bhreflang=)[^>]*?\bhref="(\/[^"]*)"/g)].map(([, href]) => href).find((href) => language(href).lang !== lang);
  if (leaving) told.push(`it leads into the other language: ${leaving}`);
  if (/<(script|style)\b(?![^>]*\bsrc=)[^>]*>/.test(html) || /\sstyle="|\son[a-z]+="/.test(html)) told.push("script or style within the page");
  return told;
};

/** Asks for everything that can be reached from some addresses, as far as `within` says of an address. */
export const follow = async (context, starts, within = () => true) => {
  const seen = new Map(starts.map((path) => [path, "typed"]));
  const asked = new Map();
  const found = { pages: [], told: [], left: 0 };
  const answer = async (path, from) => {
    const response = await context.request.get(path, { maxRedirects: 0 });
    if ([302, 303, 307, 308].includes(response.status())) return [response.headers().location];
    if (response.status() !== 200) {
      found.told.push(`${path} (linked from ${from}): ${response.status()}`);
      return [];
    }
    if (!(response.headers()["content-type"] ?? "").startsWith("text/html")) return [];
    const html = await response.text();
    found.told.push(...whole(path, html).map((one) => `${path}: ${one}`));
    const { lang } = language(path);
    const kind = kindOf(path);
    found.pages.push({ path, lang, kind, nth: found.pages.filter((page) => page.kind === kind).length });
    const all = links(html);
    const lost = all.filter((href) => /^#./.test(href) && !html.includes(`id="${decodeURIComponent(href.slice(1))}"`));
    found.told.push(...lost.map((href) => `${path}: nothing is called ${href}`));
    return all;
  };
  for (const [path, from] of seen) {
    const kind = kindOf(path);
    if ((asked.get(kind) ?? 0) >= ASKED) {
      found.left += 1;
      continue;
    }
    asked.set(kind, (asked.get(kind) ?? 0) + 1);
    for (const href of await answer(path, from)) {
      const to = new URL(href, SITE + path);
      const next = to.pathname + to.search;
      if (to.origin === SITE && !seen.has(next) && within(to.pathname)) seen.set(next, path);
    }
  }
  return found;
};

/** Looks at pages one by one, each in some of the looks; what is wrong with them. */
export const look = async (context, pages, looksOf) => {
  const told = [];
  const { page, wrong } = await pageOf(context);
  for (const next of pages) {
    wrong.length = 0;
    await page.goto(next.path, { waitUntil: "load" });
    const found = [...(await problems(page, next.lang, looksOf(next).map((at) => LOOKS[at]))), ...wrong];
    told.push(...found.map((one) => `${next.path}: ${one}`));
  }
  await page.close();
  return told;
};

/** What is wrong, a line each. */
export const list = (told) => `\n  ${told.join("\n  ")}\n`;
