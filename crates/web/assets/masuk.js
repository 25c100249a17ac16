/* Passwords and codes: showing what was typed, copying, printing. Everything works without it. */
"use strict";
(() => {
  for (const box of document.querySelectorAll("[data-lihat]")) {
    box.hidden = false;
    box.querySelector("input").addEventListener("change", (event) => {
      for (const field of box.closest("form").querySelectorAll("[data-sandi]")) field.type = event.target.checked ? "text" : "password";
    });
    // A browser keeps what was typed in a text field; a password must not stay.
    box.closest("form").addEventListener("submit", () => {
      for (const field of box.closest("form").querySelectorAll("[data-sandi]")) field.type = "password";
    });
  }
  for (const button of document.querySelectorAll("[data-salin]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = document.getElementById(button.dataset.salin).innerText.trim();
      try { await navigator.clipboard.writeText(text); window.paritrana?.tell(button.dataset.sudah); } catch { /* forbidden: it stands there to be read */ }
    });
  }
  for (const button of document.querySelectorAll("[data-cetak]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
