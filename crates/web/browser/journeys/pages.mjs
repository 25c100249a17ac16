// Pages by name: what the pictures, the keyboard and the scales go through. One of each kind; `crawl` sees to the others.
import { ROUTES, SITE } from "./site.mjs";

/**
 * Name and address of each, without a language: an own one, or the first link like `link` on the page called `on`, below the words `below`.
 * A kind that names a route is there as soon as the route is.
 */
const KINDS = [
  { name: "home", path: "/" },
  { name: "rules", route: "/edisi/{edition}/aturan", on: "home", link: /\/aturan$/ },
  { name: "calendar", route: "/edisi/{edition}/jadwal", on: "home", link: /\/jadwal$/ },
  { name: "panels", route: "/edisi/{edition}/panel", on: "home", link: /\/panel$/ },
  { name: "results", route: "/edisi/{edition}/hasil", on: "home", link: /\/hasil$/ },
  { name: "round", route: "/edisi/{edition}/putaran/{level}/{region}", on: "home", below: "kartu hormat", link: /\/putaran\// },
  { name: "contest", route: "/edisi/{edition}/hasil/{*contest}", on: "round", below: "kartu hormat", link: /\/hasil\/.+/ },
  { name: "candidate", route: "/edisi/{edition}/kandidat/{candidate}", on: "contest", link: /\/kandidat\// },
  { name: "may-enter", route: "/edisi/{edition}/ikut", on: "home", link: /\/ikut$/ },
  { name: "years", path: "/riwayat" },
  { name: "editions", path: "/edisi" },
  { name: "search", path: "/cari?q=banding" },
  { name: "region", path: "/wilayah/32" },
  { name: "region-history", path: "/riwayat/wilayah/73" },
  { name: "guide", path: "/panduan" },
  { name: "guide-topic", path: "/panduan/berkas" },
  { name: "invitation", path: "/undangan" },
  { name: "sign-in", route: "/masuk", path: "/masuk" },
  { name: "parts", path: "/gaya" },
  { name: "not-there", path: "/tidak-ada", missing: true },
];

/** Each with its address. */
export const NAMED = [];

const find = async ({ on, below, link }) => {
  const from = NAMED.find((one) => one.name === on).path;
  const html = await (await fetch(SITE + from)).text();
  const part = below ? html.slice(html.indexOf(below)) : html;
  const found = [...part.matchAll(/href="([^"]*)"/g)].map(([, href]) => href).find((href) => link.test(href));
  if (!found) throw new Error(`${from} links to nothing like ${link}${below ? ` below ${below}` : ""}`);
  return found;
};

for (const kind of KINDS) {
  if (kind.route && !ROUTES.some((route) => route.path === kind.route)) continue;
  NAMED.push({ ...kind, path: kind.path ?? (await find(kind)) });
}

/** The addresses of all that are there. */
export const PAGES = NAMED.filter((one) => !one.missing).map((one) => one.path);
