// Chromium, started once. Every context is a browser of its own: no cookies, nothing kept.
import { createRequire } from "node:module";
import { SITE } from "./site.mjs";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

let started;
const browser = () => (started ??= chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS }));

/** Ends Chromium. */
export const close = async () => (await started)?.close();

/** Phone and desktop. */
export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1440, height: 900 };

/** A browser of its own. Movement is off, so that no colour is measured half way. */
export const visitor = async (options = {}) =>
  (await browser()).newContext({ baseURL: SITE, viewport: DESKTOP, reducedMotion: "reduce", colorScheme: "light", ...options });

/** A page that writes down whatever goes wrong in it. */
export const pageOf = async (context) => {
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => message.type() === "error" && wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("requestfailed", (request) => wrong.push(`not loaded: ${request.url()} ${request.failure()?.errorText}`));
  return { page, wrong };
};
