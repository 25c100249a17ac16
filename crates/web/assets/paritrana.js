/* What pages gain where there is JavaScript. Every page works without any of it. */
"use strict";
(() => {
  const news = document.getElementById("kabar");

  /** Says something in passing; screen readers hear it too. */
  const tell = (text) => {
    const line = document.createElement("div");
    line.textContent = text;
    news.append(line);
    setTimeout(() => line.remove(), 7000);
  };
  window.paritrana = { tell };

  // What is printed says where it stands and when it was printed; without this it says the path alone.
  addEventListener("beforeprint", () => {
    const [place, time] = [document.querySelector("[data-alamat]"), document.querySelector("[data-dicetak]")];
    if (!place || !time) return;
    const how = { dateStyle: "long", timeStyle: "short" };
    place.textContent = new URL(place.textContent, location.origin).href;
    time.textContent = ` · ${time.dataset.dicetak} ${new Date().toLocaleString(document.documentElement.lang, how)}`;
  });

  // Menus close when one leaves them.
  document.addEventListener("click", (event) => {
    for (const open of document.querySelectorAll(".kepala details[open]")) if (!open.contains(event.target)) open.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const open of document.querySelectorAll(".kepala details[open]")) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });

  // Nothing typed is lost: a form with data-simpan keeps itself on this device until it was sent, and says so. It keeps too what it was typed
  // over (fields called versi or …_versi), so that what somebody else saved meanwhile is not taken for seen.
  const KEPT = 14 * 864e5;
  const forget = (name) => { try { localStorage.removeItem(name); } catch { /* nothing kept */ } };
  const key = (form) => `isian:${form.dataset.simpan}`;
  // What was never sent and is too old to be offered again does not stay on a device that others may use.
  const kept = (name) => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } };
  let names = [];
  try { names = Object.keys(localStorage); } catch { /* forbidden: nothing is kept */ }
  for (const name of names.filter((name) => name.startsWith("isian:"))) if (!(Date.now() - kept(name)?.at <= KEPT)) forget(name);
  const fields = (form) => [...form.elements].filter((field) => field.name && !["hidden", "password", "file", "submit"].includes(field.type));
  const versions = (form) => [...form.elements].filter((field) => field.type === "hidden" && /(^|_)versi$/.test(field.name));
  const keep = (form) => {
    const values = [...fields(form), ...versions(form)].map((field) => [field.name, field.value, ["checkbox", "radio"].includes(field.type) ? field.checked : null]);
    try { localStorage.setItem(key(form), JSON.stringify({ at: Date.now(), values })); } catch { /* full or forbidden: the page still works */ }
  };
  const restore = (form) => {
    const typed = kept(key(form));
    if (!typed) return;
    let changed = false;
    for (const field of fields(form)) {
      const found = typed.values.find(([name, value, on]) => name === field.name && (on === null || value === field.value));
      if (!found) continue;
      if (found[2] === null && field.value !== found[1]) { field.value = found[1]; changed = true; }
      if (found[2] !== null && field.checked !== found[2]) { field.checked = found[2]; changed = true; }
    }
    if (!changed) return;
    for (const field of versions(form)) field.value = typed.values.find(([name]) => name === field.name)?.[1] ?? field.value;
    const fold = form.closest("details");
    if (fold) fold.open = true;
    if (form.dataset.kembali) tell(form.dataset.kembali);
  };
  for (const done of document.querySelectorAll("[data-lupakan]")) forget(`isian:${done.dataset.lupakan}`);
  for (const form of document.querySelectorAll("form[data-simpan]")) {
    // A form that comes back with an answer holds what was typed already, over what stands there now.
    if (form.dataset.tersimpan !== undefined) forget(key(form)); else if (form.dataset.jawaban !== undefined) keep(form); else restore(form);
    form.addEventListener("input", () => keep(form));
  }

  // What is secondary is folded on a phone, but not what one is led to.
  if (matchMedia("(max-width: 640px)").matches) for (const fold of document.querySelectorAll("details[data-lipat]")) fold.open = false;
  const led = () => {
    const place = document.getElementById(location.hash.slice(1));
    const closed = place?.closest("details:not([open])");
    for (let fold = closed; fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (closed) place.scrollIntoView();
  };
  addEventListener("hashchange", led);
  led();

  // What was refused may stand far below the fold: whoever sent is led there.
  const refusal = document.querySelector("main [role=alert]:not([hidden])");
  if (refusal) {
    for (let fold = refusal.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    refusal.tabIndex = -1;
    refusal.focus({ preventScroll: true });
    refusal.scrollIntoView({ block: "center" });
  }

  // The line is down: what is typed stays here; sending is tried when it is back.
  const line = () => { if (!navigator.onLine && document.body.dataset.luring) tell(document.body.dataset.luring); };
  window.addEventListener("offline", line);

  // Dialogs by native elements: a button with data-dialog opens the one with that id.
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) { event.preventDefault(); document.getElementById(opener.dataset.dialog)?.showModal(); }
    const closer = event.target.closest("[data-tutup]");
    if (closer) closer.closest("dialog")?.close();
  });
})();
