// Chromium, started once. Every context is a browser of its own: no cookies, nothing kept.
import { createRequire } from "node:module";
import { SITE } from "./site.mjs";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");

// Chromium's own sandbox cannot be had as root, nor in most containers; nothing but our own pages is opened.
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

let started;
const browser = () => (started ??= chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS }));

/** Ends Chromium. */
export const close = async () => (await started)?.close();

/** Phone and desktop. */
export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1440, height: 900 };

/** A browser of its own. Movement is off, so that no colour is measured half way. */
export const visitor = async (options = {}) => {
  const context = await (await browser()).newContext({ baseURL: SITE, viewport: DESKTOP, reducedMotion: "reduce", colorScheme: "light", ...options });
  context.setDefaultTimeout(45_000);
  return context;
};

/** A page that writes down whatever goes wrong in it: all but answers of a status that is meant, failures that are meant by name, and what is given up when one leaves. */
export const pageOf = async (context, meant = []) => {
  const page = await context.newPage();
  const wrong = [];
  const isMeant = (text) =>
    meant.some((one) => (typeof one === "number" ? text.includes(`status of ${one} `) || text.includes(`Response Status Error Code ${one} `) : text.includes(one)));
  // What is given up because one leaves the page is not lost.
  const GIVEN_UP = ["net::ERR_ABORTED", "htmx:sendAbort", "htmx:afterRequest"];
  const note = (text) => isMeant(text) || GIVEN_UP.some((one) => text.includes(one)) || wrong.push(text);
  page.on("console", (message) => message.type() === "error" && note(`console: ${message.text()}`));
  page.on("pageerror", (error) => note(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    note(`a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("requestfailed", (request) => note(`not loaded: ${request.url()} ${request.failure()?.errorText}`));
  return { page, wrong };
};
