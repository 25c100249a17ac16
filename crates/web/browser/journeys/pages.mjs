// Pages by name: what the pictures, the keyboard and the scales go through. One of each kind; `crawl` sees to the others.
import { SITE } from "./site.mjs";

/** Name and address of each, without a language. `find` picks the first link of a page that fits. */
const KINDS = [
  { name: "home", path: "/" },
  { name: "parts", path: "/gaya" },
  { name: "not-there", path: "/tidak-ada", missing: true },
];

const find = async (on, pattern) => {
  const html = await (await fetch(SITE + on)).text();
  const found = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href).find((href) => pattern.test(href));
  if (!found) throw new Error(`${on} links to nothing like ${pattern}`);
  return found;
};

/** Each with its address. */
export const NAMED = [];
for (const kind of KINDS) NAMED.push({ ...kind, path: kind.path ?? (await find(kind.on, kind.link)) });

/** The addresses of all that are there. */
export const PAGES = NAMED.filter((one) => !one.missing).map((one) => one.path);
