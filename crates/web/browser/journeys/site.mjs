// What is served: where, by which routes, and who is in the invented year.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

const TEXT = readFileSync(new URL("../../src/routes.rs", import.meta.url), "utf8");

const wanted = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: call this through tools/site.sh`);
  return value;
};

/** Where the pages are. */
export const SITE = wanted("PARITRANA_SITE");
/** The database behind them. */
export const DATABASE = wanted("PARITRANA_DATABASE");

const run = promisify(execFile);
// What we are told by is no configuration of the program, which refuses names that it does not know.
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PARITRANA_")));
/** What `paritrana` prints. */
export const paritrana = async (...words) =>
  (await run(wanted("PARITRANA_PROGRAM"), ["--lang", "en", ...words, "--database", DATABASE], { encoding: "utf8", env })).stdout;

/** Every route as the program has it, with who may come: read off routes.rs, so that none can be forgotten. */
export const ROUTES = [...TEXT.matchAll(
  /"(\/[^"]*)",\s*Route::(\w+),\s*\|\|\s*\{?\s*([^\n]*)/g,
)].map(([, path, route, methods]) => ({
  path,
  route,
  get: /\bget\(/.test(methods),
  matches: new RegExp(`^${path.replace(/[.]/g, "\\.").replace(/\{\*\w+\}/g, ".+").replace(/\{\w+\}/g, "[^/]+")}$`),
}));
if (ROUTES.length !== [...TEXT.matchAll(/Route::\w+,\s*\|\|/g)].length) throw new Error("the routes cannot be read off routes.rs any more");

/** An address without its language. */
export const language = (path) => (/^\/en(\/|$)/.test(path) ? { lang: "en", rest: path.slice(3) || "/" } : { lang: "id", rest: path });

/** The route of an address: a fixed one before one with gaps. Nothing if there is none. */
export const routeOf = (path) => {
  const { rest } = language(path);
  return ROUTES.find((route) => route.path === rest) ?? ROUTES.find((route) => route.matches.test(rest));
};
