// What every page must be, whoever looks and however: found in the page itself, told as a list of sentences.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { DESKTOP, PHONE } from "./browser.mjs";
import { WORDS } from "./words.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Phone and desktop, light and dark. */
export const LOOKS = [
  ["phone, light", PHONE, "light"],
  ["phone, dark", PHONE, "dark"],
  ["desktop, light", DESKTOP, "light"],
  ["desktop, dark", DESKTOP, "dark"],
];

/** What holds in every look. Runs in the page. */
const once = ({ lang, words }) => {
  const told = [];
  const name = (node) => `<${node.tagName.toLowerCase()}${node.id ? ` id=${node.id}` : ""}> ${node.textContent.trim().replace(/\s+/g, " ").slice(0, 60)}`;
  const headings = document.querySelectorAll("h1").length;
  if (headings !== 1) told.push(`${headings} h1`);
  if (document.documentElement.lang !== lang) told.push(`lang is ${document.documentElement.lang}`);
  if (!/\S.* · Paritrana$/.test(document.title)) told.push(`the title is "${document.title}"`);
  for (const table of document.querySelectorAll("table")) if (!table.caption?.textContent.trim()) told.push(`a table without a caption: ${name(table)}`);
  for (const field of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    const labels = [...(field.labels ?? [])].map((label) => label.textContent.trim()).join("");
    if (!labels && !field.getAttribute("aria-label") && !field.getAttribute("aria-labelledby")) told.push(`a field without a label: ${field.name}`);
  }
  for (const form of document.forms) {
    if (form.getAttribute("method") === "dialog") continue;
    if (!form.hasAttribute("method") || !form.hasAttribute("action")) told.push(`a form without method or action: ${name(form)}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) told.push(`the id ${id} stands more than once`);

  const own = new RegExp(`(?<![\\p{L}-])(${words.many.join("|")})(?![\\p{L}-])`, "giu");
  const alone = new Set(words.alone);
  // What people of the invented year wrote is in Indonesian on every page, and says that it is invented.
  const theirs = /[^:“”]*\(contoh\)/g;
  const heard = (whole, where) => {
    const text = whole.replace(theirs, "");
    const missing = text.match(/\{[a-z]+(-[a-z0-9]+)+\}/);
    if (missing) told.push(`a missing text: ${missing[0]}`);
    const found = [...text.matchAll(own)].map((match) => match[0].toLowerCase());
    if (found.length >= 2 || alone.has(text.trim().toLowerCase())) told.push(`in the other language${where}: "${text.trim().replace(/\s+/g, " ").slice(0, 90)}"`);
  };
  const skipped = (node) => !node || node.closest("script, style, code, pre, textarea, [translate=no]") || node.closest("[lang]") !== document.documentElement;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!skipped(walker.currentNode.parentElement)) heard(walker.currentNode.data, "");
  for (const attribute of ["aria-label", "title", "placeholder", "alt", "data-label"])
    for (const node of document.querySelectorAll(`[${attribute}]`)) if (!skipped(node)) heard(node.getAttribute(attribute), ` (${attribute})`);
  return told;
};

/** Whatever sticks out to the right. Runs in the page. */
const wide = () => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= window.innerWidth) return [];
  const out = [...document.querySelectorAll("body *")].filter((node) => node.getBoundingClientRect().right > window.innerWidth + 0.5 && !node.closest(".geser"));
  const last = out.at(-1);
  return [`scrolls sideways: ${root.scrollWidth} px${last ? `, <${last.tagName.toLowerCase()} class="${last.className}">` : ""}`];
};

const axe = async (page) => {
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations
    .filter((one) => ["serious", "critical"].includes(one.impact))
    .flatMap((one) => one.nodes.slice(0, 3).map((node) => `axe ${one.id}: ${node.target.join(" ")}${one.id === "color-contrast" ? ` (${node.any[0]?.data?.contrastRatio} of ${node.any[0]?.data?.expectedContrastRatio})` : ""}`));
};

/** Everything that is wrong with the page that is open, in some looks. Closed parts of it are opened first. */
export const problems = async (page, lang, looks) => {
  const told = await page.evaluate(once, { lang, words: WORDS[lang] });
  await page.evaluate(() => document.querySelectorAll("main details").forEach((part) => (part.open = true)));
  await page.evaluate(AXE);
  for (const [name, viewport, colorScheme] of looks) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    told.push(...[...(await page.evaluate(wide)), ...(await axe(page))].map((one) => `${name}: ${one}`));
  }
  return [...new Set(told)];
};
