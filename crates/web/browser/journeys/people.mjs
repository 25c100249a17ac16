// Who is in the invented year, and how they come in. Journeys that are not about the door come in over the line, without opening a page.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { pageOf, visitor } from "./browser.mjs";
import { SITE, paritrana } from "./site.mjs";

const told = await paritrana("demo", "fill", "--small");
/** The id of the edition that is under way. */
export const EDITION = /contoh-\d{4}/.exec(told)[0];

/** Who can be tried, by role as the program calls it in English. */
export const CAST = new Map(
  told
    .split("\n")
    .map((line) => line.trim().split(/\s{2,}/))
    .filter((cells) => cells.length === 4)
    .map(([role, , person]) => [role, person]),
);
if (CAST.size < 10) throw new Error(`the cast cannot be read off what demo fill prints:\n${told}`);

/** A candidate's person, as the invented year names it. */
export const personOf = (candidate) => `${EDITION}-${candidate}`;
/** A candidate's desk. */
export const deskOf = (candidate) => {
  const [, province, category] = /^c(\d+)-(.+)-\d+$/.exec(candidate);
  return `/saya/kandidat/${EDITION}/${EDITION}~province~${province}~${category}/${candidate}`;
};

/** A link that lets somebody in once. */
export const linkOf = async (person) => /https?:\S+/.exec(await paritrana("user", "link", person, "--address", SITE))[0];

/** Enters somebody new, with no account before, as one who acts for a candidate; the code of the invitation. */
export const invited = async (person, candidate) => {
  await paritrana("user", "add", person, "--name", `${person} Contoh`, "--email", `${person}@contoh.invalid`);
  if (candidate) await paritrana("user", "give", person, "candidate", "--organisation", candidate, "--edition", EDITION);
  const code = /\b[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\b/.exec(await paritrana("user", "invite", person));
  assert.ok(code, "an invitation has a code");
  return code[0];
};

const acting = new Map();
const comes = async (person, candidate) => {
  await paritrana("user", "come", await invited(person, candidate));
  return person;
};
/** Who acts for a candidate of the invented year, with an account by now. */
export const actsFor = (candidate) => {
  if (!acting.has(candidate)) acting.set(candidate, comes(personOf(candidate), candidate));
  return acting.get(candidate);
};

/** The code that a telephone shows, so many half minutes from now. */
export const codeOf = (secret, later = 0) => {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/\s/g, "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const hash = createHmac("sha1", key).update(step).digest();
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
};

const field = (html, name) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1];
/** The form token of a page that came over the line. */
export const tokenOf = (html) => field(html, "tanda");

// A new link of somebody takes the place of the one before, so nobody takes two at once.
const under = new Map();
/** Comes in over the line, with a telephone where the role needs one. */
export const comesIn = (context, person) => {
  const next = (under.get(person) ?? Promise.resolve()).catch(() => {}).then(() => entersNow(context, person));
  under.set(person, next);
  return next;
};

const entersNow = async (context, person) => {
  const link = new URL(await linkOf(person)).pathname;
  const entered = await context.request.post(link, { form: {} });
  if (!entered.url().includes("/saya/telepon")) {
    assert.equal(new URL(entered.url()).pathname, "/saya", `${person} is in`);
    return;
  }
  const page = await entered.text();
  const secret = /id="rahasia">(.*?)<\/p>/s.exec(page)[1].replace(/<[^>]*>/g, "");
  const enrolled = await context.request.post("/saya/telepon", { form: { tanda: tokenOf(page), kode: codeOf(secret), kembali: "" } });
  assert.equal(enrolled.status(), 200, `${person} has a telephone`);
};

/** A browser in which somebody is signed in. */
export const signedIn = async (person, options = {}) => {
  const context = await visitor(options);
  await comesIn(context, person);
  return context;
};

/** A journey of somebody who is signed in, to its end, where nothing may have gone wrong; `meant` as `pageOf` has it. */
export const walkedBy = async (person, options, steps, meant = []) => {
  const context = await signedIn(person, options);
  try {
    const { page, wrong } = await pageOf(context, meant);
    await steps(page, context);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
};
