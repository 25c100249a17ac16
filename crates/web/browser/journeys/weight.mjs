// How much a browser loads. The budget is one of bytes; times are only told, for they say as much about the machine.
import assert from "node:assert/strict";
import { visitor } from "./browser.mjs";
import { journey } from "./journey.mjs";
import { PAGES } from "./pages.mjs";
import { CAST, deskOf, signedIn } from "./people.mjs";

const KB = 1000;
/** What the front page may weigh with everything that it loads; other pages less, for visitors have the font by then. */
const FRONT = 300 * KB;
const OTHERS = 150 * KB;
/** Slow 3G, as Chromium's tools have it: 400 kbit/s each way and 400 ms until an answer begins. */
const SLOW = { offline: false, latency: 400, downloadThroughput: (400 * 1000) / 8, uploadThroughput: (400 * 1000) / 8 };

/** Opens a page and counts the bytes that came over the line, by the browser's own account. */
const weigh = async (page, path) => {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Network.enable");
  let bytes = 0;
  cdp.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
  await page.goto(path, { waitUntil: "networkidle" });
  await cdp.detach();
  return bytes;
};

/** Opens pages one after the other as one visitor does, and holds each against its budget. */
const under = async (t, context, paths) => {
  const page = await context.newPage();
  for (const path of paths) {
    const bytes = await weigh(page, path);
    t.diagnostic(`${path}: ${(bytes / KB).toFixed(1)} kB`);
    const budget = path === "/" ? FRONT : OTHERS;
    assert.ok(bytes > 0 && bytes < budget, `${path} weighs ${bytes} bytes, and ${budget} are allowed`);
  }
  await context.close();
};

journey("The front page with all it needs is under 300 kB, and every other page under 150 kB", async (t) => under(t, await visitor(), PAGES));

journey("Every page of somebody who is signed in is under 150 kB, even the first with all it needs", async (t) => {
  const desk = deskOf("c32-kabkota-1");
  await under(t, await signedIn(CAST.get("candidate")), ["/saya", desk, `${desk}/angka`, `${desk}/produk`, `${desk}/kirim`, `${desk}/riwayat`, "/saya/sesi"]);
});

journey("What is loaded before the first paint of the front page fits into three seconds of slow 3G", async (t) => {
  const context = await visitor();
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  await cdp.send("Network.emulateNetworkConditions", SLOW);
  const kinds = new Map();
  let blocking = 0;
  cdp.on("Network.responseReceived", (event) => kinds.set(event.requestId, event.type));
  cdp.on("Network.loadingFinished", (event) => {
    if (["Document", "Stylesheet"].includes(kinds.get(event.requestId))) blocking += event.encodedDataLength;
  });
  await page.goto("/", { waitUntil: "networkidle" });
  const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
  t.diagnostic(`first paint on slow 3G after ${(paint / 1000).toFixed(2)} s here; ${(blocking / KB).toFixed(1)} kB come before it`);
  // Two answers one after the other (page, style sheet) and the setting up of the line take 1.2 of the three seconds.
  const room = ((3000 - 3 * SLOW.latency) / 1000) * SLOW.downloadThroughput;
  assert.ok(blocking < room, `${blocking} bytes come before the first paint, and ${room} are allowed`);
  await context.close();
});
