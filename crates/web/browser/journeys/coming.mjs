// Pages that others link to already and that are not made yet. A line stops to count as soon as the route is there; then it may go.
import { ROUTES } from "./site.mjs";

const WAITING = [
  "/edisi/{edition}/ikut",
  "/edisi/{edition}/aturan",
  "/edisi/{edition}/hasil",
  "/edisi/{edition}/putaran/{level}",
  "/edisi/{edition}/putaran/{level}/{region}",
  "/saya/kandidat/{edition}/{contest}/{candidate}",
];

const missing = WAITING.filter((path) => !ROUTES.some((route) => route.path === path));
const patterns = missing.map((path) => new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`));

/** Whether an address, without its language, is one of a page that is not made yet. */
export const isComing = (path) => patterns.some((pattern) => pattern.test(path));

/** Pages that nothing links to, on purpose. */
export const UNLINKED = ["/gaya"];
