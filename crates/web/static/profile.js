// A profile is saved as one types; what could not be saved stays in its field and is tried again.
"use strict";

const form = document.getElementById("step");
let unsaved = false;
let redraw = false;
let again = 0;

form?.addEventListener("input", (event) => {
  if (!form.hasAttribute("hx-post")) return;
  unsaved = true;
  redraw ||= ["brand_color", "display", "text"].includes(event.target.name);
  const mark = document.getElementById("saved");
  if (mark) mark.textContent = "";
});

form?.addEventListener("submit", () => (unsaved = false));

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.elt !== form) return;
  clearTimeout(again);
  const status = event.detail.xhr?.status ?? 0;
  if (event.detail.successful || status === 422) {
    unsaved = status === 422;
    if (event.detail.successful && redraw) drawAgain();
    return;
  }
  const mark = document.getElementById("saved");
  mark.textContent = mark.dataset.failed;
  mark.className = "failed";
  say(mark.dataset.failed);
  again = setTimeout(() => htmx.trigger(form, "again"), 5000);
});

/** The themes' pictures in the colour and fonts that were just saved. */
function drawAgain() {
  redraw = false;
  for (const picture of document.querySelectorAll("img[data-fresh]")) {
    picture.src = `${picture.dataset.fresh}?at=${Date.now()}`;
  }
}

window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});

// A colour can be picked as well as written.
const written = document.querySelector("[name=brand_color]");
if (written) {
  const picker = Object.assign(document.createElement("input"), { type: "color", tabIndex: -1 });
  picker.setAttribute("aria-hidden", "true");
  picker.value = /^#[0-9a-f]{6}$/i.test(written.value) ? written.value : "#888888";
  picker.addEventListener("input", () => {
    written.value = picker.value;
    written.dispatchEvent(new Event("input", { bubbles: true }));
  });
  written.after(picker);
}
