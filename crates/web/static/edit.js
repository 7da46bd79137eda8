// Editing, on a page of its own or in a variant's place: the slide in which one types is drawn
// again a moment after each change.
"use strict";

document.documentElement.classList.add("scripted");

/** When each form's preview is due. */
const due = new WeakMap();

function drawSoon(form) {
  clearTimeout(due.get(form));
  const draw = () => {
    const preview = form.querySelector(".preview");
    if (preview) htmx.trigger(preview, "preview");
  };
  due.set(form, setTimeout(draw, 350));
}

/** Marks the fields one is at; tells whether they are on another slide than the one that is drawn. */
function show(group) {
  const form = group.closest("form.edit");
  for (const shown of form.querySelectorAll("fieldset.shown")) shown.classList.remove("shown");
  group.classList.add("shown");
  const slide = form.querySelector("[name=slide]");
  if (!slide || !group.dataset.slide || slide.value === group.dataset.slide) return false;
  slide.value = group.dataset.slide;
  return true;
}

document.addEventListener("focusin", (event) => {
  const group = event.target.closest("form.edit fieldset");
  if (!group || group.classList.contains("shown")) return;
  if (show(group)) drawSoon(group.closest("form"));
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("form.edit");
  if (!form) return;
  form.toggleAttribute("data-changed", true);
  drawSoon(form);
});

// An address that names a slide begins there, before the first preview is asked for.
const named = document.getElementById(window.location.hash.slice(1))?.closest("form.edit fieldset");
if (named) {
  show(named);
  window.addEventListener("load", () => named.querySelector("input, textarea, select")?.focus({ preventScroll: true }));
}

// Nothing typed is lost by leaving without noticing; what was refused is not saved yet.
document.addEventListener("submit", (event) => {
  if (event.target.matches("form.edit:not([hx-post])")) event.target.removeAttribute("data-changed");
});
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form.edit[data-changed]")) event.preventDefault();
});
