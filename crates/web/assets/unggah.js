// Files go in pieces: progress is shown, a lost line is waited for, and after a reload the same file goes on where it stood. Without this the
// form sends the file whole.
"use strict";
(() => {
  const PIECE = 512 * 1024;
  const WAITS = [1, 2, 4, 8, 15, 30];
  /** Waits so long, or until the line is back. */
  const pause = (seconds) =>
    new Promise((go) => {
      const over = () => { clearTimeout(timer); window.removeEventListener("online", over); go(); };
      const timer = setTimeout(over, seconds * 1000);
      window.addEventListener("online", over);
    });

  /** Asks until there is an answer; gives up only where the answer is no answer of ours. */
  const ask = async (path, options, say) => {
    for (let tried = 0; ; tried += 1) {
      try {
        const answer = await fetch(path, { ...options, credentials: "same-origin" });
        if (answer.ok) return await answer.json();
        if (answer.status < 500) return { galat: say.masuk };
      } catch { /* the line is down */ }
      say.wait();
      await pause(WAITS[Math.min(tried, WAITS.length - 1)]);
    }
  };

  const place = (id) => `kiriman:${id}`;
  /** Which file it is on this device: one that was put right has the same name, and often the same size. */
  const mark = (file) => `${file.name}|${file.size}|${file.lastModified}`;
  const remember = (id, file) => { try { localStorage.setItem(place(id), mark(file)); } catch { /* full or forbidden: it begins anew then */ } };
  const marked = (id) => { try { return localStorage.getItem(place(id)); } catch { return null; } };
  const forget = (id) => { try { localStorage.removeItem(place(id)); } catch { /* nothing kept */ } };

  const begin = (form) => {
    const box = form.querySelector("[data-maju]");
    const bar = box.querySelector("progress");
    const line = box.querySelector("[data-kata]");
    const wrong = form.querySelector("[data-galat]");
    const button = form.querySelector("button:not([data-batal])");
    const stop = form.querySelector("[data-batal]");
    const words = form.dataset;
    const token = form.elements.tanda.value;
    const base = form.getAttribute("action").split("#")[0];
    let stopped = false;
    let id = null;

    const show = (at, size) => {
      const percent = Math.floor((at * 100) / size);
      bar.value = percent;
      line.textContent = `${percent} %`;
    };
    const fail = (why, next) => {
      wrong.textContent = next ? `${why} ${next}` : why;
      wrong.hidden = false;
      box.hidden = true;
      button.disabled = false;
    };
    const say = { masuk: words.gagal, wait: () => { line.textContent = words.putus; } };
    const body = (pairs) => ({ method: "POST", body: new URLSearchParams({ tanda: token, ...pairs }) });

    // Only what this device began with this very file goes on; anything else begins anew, so that two files are never put together.
    const known = (file) => {
      const all = form.closest("[data-naskah]").querySelectorAll("[data-kiriman]");
      return [...all].find((one) => marked(one.dataset.kiriman) === mark(file))?.dataset.kiriman;
    };

    const start = async (file) => {
      const before = known(file);
      if (before) {
        const answer = await ask(`${base}/${before}`, {}, say);
        if (answer.sampai !== undefined) { id = before; return answer; }
      }
      const fields = { dokumen: form.elements.dokumen.value, nama: file.name, ukuran: String(file.size) };
      if (form.elements.jenis) fields.jenis = form.elements.jenis.value;
      const answer = await ask(`${base}/mulai`, body(fields), say);
      id = answer.kiriman;
      if (id) remember(id, file);
      return answer;
    };

    const send = async (file) => {
      wrong.hidden = true;
      if (file.size > Number(words.maks)) { fail(words.besar); return; }
      box.hidden = false;
      button.disabled = true;
      let answer = await start(file);
      let at = answer.sampai;
      while (!answer.galat && at < file.size) {
        if (stopped) return;
        show(at, file.size);
        const options = { method: "PUT", headers: { "x-tanda": token }, body: file.slice(at, at + PIECE) };
        const before = at;
        answer = await ask(`${base}/${id}?dari=${at}`, options, say);
        if (answer.galat) {
          // The answer to a piece may have been lost: what has come decides.
          const stands = await ask(`${base}/${id}`, {}, say);
          if (stands.sampai === undefined || stands.sampai === before) break;
          answer = stands;
        }
        at = answer.sampai;
      }
      if (answer.galat) { fail(answer.galat, answer.lanjut); return; }
      show(file.size, file.size);
      line.textContent = words.periksa;
      answer = await ask(`${base}/${id}/selesai`, body({}), say);
      if (answer.galat) { fail(answer.galat, answer.lanjut); return; }
      forget(id);
      location.assign(`${location.pathname}#${form.closest("[data-naskah]").id}`);
      location.reload();
    };

    form.addEventListener("submit", (event) => {
      const file = form.elements.berkas.files[0];
      if (!file) return;
      event.preventDefault();
      stopped = false;
      send(file);
    });
    stop.addEventListener("click", async () => {
      stopped = true;
      if (id) await fetch(`${base}/${id}/batal`, { ...body({}), credentials: "same-origin" }).catch(() => null);
      if (id) forget(id);
      id = null;
      box.hidden = true;
      button.disabled = false;
    });
  };
  for (const form of document.querySelectorAll("form[data-unggah]")) begin(form);
})();
