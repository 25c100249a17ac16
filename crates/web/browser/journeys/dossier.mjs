// What several journeys of candidates do: hand in a document, fill in figures, send.
import { createHash } from "node:crypto";

/** A small PDF that says something. */
export const pdf = (says = "contoh", bytes = 400) => Buffer.concat([Buffer.from("%PDF-1.7\n%"), Buffer.alloc(bytes, says), Buffer.from("\n%%EOF\n")]);
/** The SHA-256 of bytes, as it stands on pages. */
export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Opens the form of a document where it is closed, and chooses a file in it. */
export const choose = async (article, name, buffer, mimeType = "application/pdf") => chooseFile(article, { name, mimeType, buffer });
/** The same with a file that lies somewhere: chosen again it is the same one, with the day on which it was changed. */
export const chooseFile = async (article, file) => {
  const form = article.locator("details.buka");
  if (!(await form.evaluate((one) => one.open))) await form.locator("summary").click();
  await article.locator("input[type=file]").setInputFiles(file);
};
/** Opens a document and its form where they are folded. */
export const unfolded = async (article) => {
  for (const part of [article.locator("> details"), article.locator("details.buka")])
    if ((await part.count()) > 0 && !(await part.evaluate((one) => one.open))) await part.locator("> summary").click();
  return article;
};
/** The button that sends the file. */
export const sender = (article) => article.locator("form[enctype] button:not([data-batal])");

/** The figures on their page: each with its form, what is said of it, and whether it is open. */
export const figures = (page) => page.locator("main details.angka-satu");
/** Opens one where it is closed. */
export const unfold = async (figure) => {
  if (!(await figure.evaluate((one) => one.open))) await figure.locator("summary").click();
  return figure;
};

/** Says something in every field of the form of figures that is the `nth` on the page, and presses its button. */
export const state = async (page, nth) => {
  const form = await unfold(figures(page).nth(nth));
  for (const [of, value] of [["a", "1.250"], ["b", "2.000"]]) {
    const field = form.locator(`[name=${of}_nilai]`);
    if ((await field.count()) === 0) continue;
    if ((await field.evaluate((one) => one.tagName)) === "SELECT") await field.selectOption("1");
    else await field.fill(value);
    await form.locator(`[name=${of}_sumber]`).fill("Rekap kepesertaan (contoh)");
    await form.locator(`[name=${of}_tanggal]`).fill("2025-12-31");
  }
  await form.locator("footer button").click();
};
