// What comes over the line and is not a browser: too slow, too much, too large, or made to break something.
import assert from "node:assert/strict";
import http from "node:http";
import net from "node:net";
import { journey } from "./journey.mjs";
import { ROUTES, SITE } from "./site.mjs";
import { PAGES } from "./pages.mjs";

const { hostname, port } = new URL(SITE);
const SCRIPT = `"'><script>alert(1)</script><img src=x onerror=alert(2)>`;

/** Opens a line to the server. */
const line = () =>
  new Promise((done, failed) => {
    const socket = net.connect({ host: hostname, port: Number(port) }, () => done(socket));
    socket.once("error", failed);
  });

/** Sends bytes as they are, and takes what comes until the server closes. */
const raw = async (bytes) => {
  const socket = await line();
  let answer = "";
  socket.on("data", (data) => (answer += data.toString("latin1")));
  socket.on("error", () => {});
  socket.write(bytes);
  await new Promise((done) => socket.on("close", done));
  return { status: Number(answer.slice(9, 12)), answer };
};
const get = (path) => raw(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`);

const alive = async () => {
  const health = await fetch(`${SITE}/healthz`);
  assert.equal(health.status, 200, "the server still answers");
  assert.equal(await health.text(), "ok\n");
};

journey("Somebody who sends the head of a request in drips is cut off after fifteen seconds", async () => {
  const socket = await line();
  const began = process.hrtime.bigint();
  const closed = new Promise((done) => socket.on("close", done));
  let said = "";
  socket.on("data", (data) => (said += data));
  socket.on("error", () => {});
  socket.write("GET / HTTP/1.1\r\nHost: x\r\n");
  const drips = setInterval(() => socket.write("X-Drip: 1\r\n"), 500);
  const late = setTimeout(() => socket.destroy(), 40_000);
  await closed;
  clearInterval(drips);
  clearTimeout(late);
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  assert.ok(seconds > 10 && seconds < 35, `cut off after ${seconds} s`);
  assert.ok(!said.includes("200 OK"), said);
  await alive();
});

journey("Somebody who leaves halfway leaves nothing broken behind", async () => {
  const leaving = Array.from({ length: 100 }, async (_, nth) => {
    const socket = await line();
    socket.on("error", () => {});
    const halves = ["GET / HTTP/1.1\r\nHo", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "POST /rupa HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\nrupa=g"];
    socket.write(halves[nth % 3]);
    await new Promise((done) => setTimeout(done, 20));
    socket.resetAndDestroy?.() ?? socket.destroy();
  });
  await Promise.all(leaving);
  await alive();
});

journey("Two thousand who come at once are all answered", async () => {
  const sockets = await Promise.all(Array.from({ length: 2000 }, line));
  const answers = sockets.map(
    (socket) =>
      new Promise((done) => {
        let answer = "";
        socket.on("data", (data) => (answer += data.toString("latin1")));
        socket.on("error", () => done(""));
        socket.on("close", () => done(answer.slice(9, 12)));
      }),
  );
  for (const socket of sockets) socket.write(`GET / HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`);
  const counted = {};
  for (const status of await Promise.all(answers)) counted[status] = (counted[status] ?? 0) + 1;
  assert.deepEqual(counted, { 200: 2000 });
  await alive();
});

journey("A head without end is refused and not kept", async () => {
  const { status } = await raw(`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${"a".repeat(2_000_000)}\r\n\r\n`);
  assert.ok([400, 431].includes(status) || Number.isNaN(status) || status === 0, `answered ${status}`);
  const many = await raw(`GET / HTTP/1.1\r\nHost: x\r\n${"X-Many: 1\r\n".repeat(5000)}\r\n`);
  assert.ok([400, 431].includes(many.status), `answered ${many.status}`);
  await alive();
});

journey("An address without end, of bytes that are no text, or with a zero in it is refused as a page that is not there", async () => {
  for (const path of [`/${"a".repeat(20_000)}`, "/%ff%fe", "/edisi/%00", "/edisi/%c0%ae%c0%ae", "/edisi/a%0d%0aSet-Cookie:%20a=b", `/?${"x=1&".repeat(5000)}`]) {
    const { status, answer } = await get(path);
    assert.ok([200, 400, 404, 414, 431].includes(status), `${path.slice(0, 40)}: ${status}`);
    if (status === 200) assert.ok(path.startsWith("/?"), path);
    assert.ok(!/^set-cookie: a=b/im.test(answer), path);
  }
  await alive();
});

journey("A path that climbs out of the site finds nothing", async () => {
  const climbs = ["/../../../../etc/passwd", "/aset/x/../../../etc/passwd", "/aset/..%2f..%2f..%2fetc%2fpasswd", "/aset/x/..%2f..%2f..%2fetc%2fpasswd", "/edisi/..%2f..%2f", "/en/../en/../etc/passwd", "/aset/x/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/aset/x/..\\..\\etc\\passwd"];
  for (const path of climbs) {
    const { status, answer } = await get(path);
    assert.ok([400, 404].includes(status), `${path}: ${status}`);
    assert.ok(!answer.includes("root:"), path);
  }
});

journey("A language that there is not, and one said twice, are pages that are not there", async () => {
  for (const path of ["/fr", "/fr/gaya", "/EN", "/en/en", "/id", "/en/fr/gaya"]) {
    const page = await fetch(SITE + path);
    assert.equal(page.status, 404, path);
    assert.match(await page.text(), /<h1>/, `${path} has a page that says so`);
  }
});

journey("A script in any field of any query is shown as text or not at all", async () => {
  const names = ["q", "cari", "halaman", "tahun", "kembali", "kategori", "wilayah", "nama"];
  const paths = new Set(PAGES);
  for (const path of PAGES) {
    const html = await (await fetch(SITE + path)).text();
    for (const [, form] of html.matchAll(/<form\b([^>]*method="get"[^>]*)>/g)) paths.add(/action="([^"]*)"/.exec(form)?.[1] ?? path);
    for (const [, name] of html.matchAll(/<(?:input|select)\b[^>]*\bname="([^"]+)"/g)) if (!names.includes(name)) names.push(name);
  }
  for (const path of paths) {
    for (const name of names) {
      const address = `${path}?${name}=${encodeURIComponent(SCRIPT)}`;
      const page = await fetch(SITE + address);
      assert.ok(page.status < 500, `${address}: ${page.status}`);
      const html = await page.text();
      assert.ok(!html.includes("<script>alert(1)") && !html.includes("<img src=x"), address);
    }
    const { answer } = await get(`${path}?${SCRIPT.replaceAll(" ", "+")}`);
    assert.ok(!answer.includes("<script>alert(1)") && !answer.includes("<img src=x"), `${path} with a bare query`);
  }
});

journey("A script in place of an id is shown as text or not at all", async () => {
  for (const route of ROUTES.filter((one) => one.get && one.path.includes("{"))) {
    const path = route.path.replace(/\{\*?\w+\}/g, encodeURIComponent(SCRIPT));
    const page = await fetch(SITE + path, { redirect: "manual" });
    assert.ok(page.status < 500 && page.status !== 200, `${path}: ${page.status}`);
    const html = await page.text();
    assert.ok(!html.includes("<script>alert(1)") && !html.includes("<img src=x"), path);
  }
});

const post = (path, body, headers = {}) =>
  fetch(SITE + path, { method: "POST", redirect: "manual", body, headers: { "content-type": "application/x-www-form-urlencoded", ...headers } });

journey("A form that another site sends is refused with a page that says so", async () => {
  for (const headers of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }]) {
    const answer = await sent("/rupa", "rupa=gelap&kembali=/", headers);
    assert.equal(answer.status, 403, JSON.stringify(headers));
    assert.match(answer.body, /<h1>/);
    assert.equal(answer.headers["set-cookie"], undefined);
  }
});

/** As `post`, with headers that a browser would not let a page choose. */
const sent = (path, body, headers) =>
  new Promise((done, failed) => {
    const request = http.request(SITE + path, { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded", "content-length": body.length, ...headers } }, (response) => {
      let text = "";
      response.on("data", (data) => (text += data));
      response.on("end", () => done({ status: response.statusCode, headers: response.headers, body: text }));
    });
    request.on("error", failed);
    request.end(body);
  });

journey("Fields that are missing, said twice, far too long or of another kind are refused, not obeyed", async () => {
  const cases = [
    ["", 422],
    ["rupa=gelap", 422],
    ["rupa=gelap&rupa=terang&kembali=/", 422],
    [`rupa=gelap&kembali=/${"a".repeat(400_000)}`, 413],
  ];
  for (const [body, status] of cases) assert.equal((await post("/rupa", body)).status, status, body.slice(0, 60));
  assert.equal((await post("/rupa", "{}", { "content-type": "application/json" })).status, 415);
  const unknown = await post("/rupa", "rupa=%3Cscript%3E&kembali=/");
  assert.equal(unknown.status, 303);
  assert.match(unknown.headers.get("set-cookie"), /^rupa=;.*Max-Age=0/);
});

journey("The way back after a choice never leads to another site", async () => {
  for (const back of ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "/\t/evil.example"]) {
    const answer = await post("/rupa", `rupa=gelap&kembali=${encodeURIComponent(back)}`);
    assert.ok([303, 422].includes(answer.status), back);
    if (answer.status === 303) assert.equal(answer.headers.get("location"), "/", back);
  }
});

journey("A way of asking that a page does not have is refused", async () => {
  for (const method of ["PUT", "DELETE", "PATCH"]) assert.equal((await fetch(`${SITE}/gaya`, { method })).status, 405, method);
  const { status } = await raw(`TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  assert.ok([400, 405].includes(status), `TRACE: ${status}`);
});

journey("Every page forbids whatever is not its own, and may not be framed", async () => {
  for (const path of [...PAGES, "/tidak-ada", "/aset/x/paritrana.css", "/healthz"]) {
    const { headers } = await fetch(SITE + path);
    const policy = headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'none'/, path);
    assert.ok(!/unsafe|\*|https?:/.test(policy), `${path}: ${policy}`);
    assert.match(policy, /frame-ancestors 'none'/, path);
    assert.equal(headers.get("x-content-type-options"), "nosniff", path);
  }
});
