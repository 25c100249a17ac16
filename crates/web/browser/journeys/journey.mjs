// What a journey is: a sentence about the award and how it is walked. They are walked beside each other, so none may need what another leaves.
import assert from "node:assert/strict";
import { DESKTOP, PHONE, pageOf, visitor } from "./browser.mjs";

/** All of them, in the order in which they were told. */
export const JOURNEYS = [];

/** Tells of a journey; `walk` gets what node:test gives a test. */
export const journey = (name, walk) => JOURNEYS.push({ name, walk });

/** How somebody looks: on a phone or a desktop, in the light or in the dark, with JavaScript or without. */
export const LIGHT_PHONE = { viewport: PHONE, colorScheme: "light" };
export const DARK_PHONE = { viewport: PHONE, colorScheme: "dark" };
export const LIGHT_DESKTOP = { viewport: DESKTOP, colorScheme: "light" };
export const DARK_DESKTOP = { viewport: DESKTOP, colorScheme: "dark" };
/** Without JavaScript. */
export const PLAIN = { javaScriptEnabled: false };

/**
 * A journey in a browser of its own to its end, where nothing may have gone wrong but what is meant, as `pageOf` has it. `steps` gets the page and
 * its context.
 */
export const walked = async (options, steps, meant = []) => {
  const context = await visitor(options);
  try {
    const { page, wrong } = await pageOf(context, meant);
    await steps(page, context);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
};
