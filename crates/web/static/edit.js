// Editing: the slide in which one types is drawn again a moment after each change.
"use strict";

const preview = document.getElementById("preview");
let due = 0;

function show(group) {
  for (const shown of document.querySelectorAll("fieldset.shown")) shown.classList.remove("shown");
  group?.classList.add("shown");
  const slide = document.getElementById("slide");
  if (slide && group?.dataset.slide) slide.value = group.dataset.slide;
}

function soon() {
  clearTimeout(due);
  due = setTimeout(() => preview && htmx.trigger(preview, "preview"), 350);
}

document.addEventListener("focusin", (event) => {
  const group = event.target.closest(".edit fieldset");
  if (!group || group.classList.contains("shown")) return;
  show(group);
  soon();
});

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.closest(".edit")) return;
  soon();
  if (!field.matches("[data-count]")) return;
  let left = field.nextElementSibling;
  if (!left) {
    left = document.createElement("small");
    left.className = "count quiet";
    field.after(left);
  }
  left.textContent = `${[...field.value].length} / ${field.maxLength}`;
});

// An address that names a slide begins there, before the first preview is asked for.
const named = document.getElementById(window.location.hash.slice(1))?.closest(".edit fieldset");
if (named) {
  show(named);
  window.addEventListener("load", () => named.querySelector("input, textarea, select")?.focus({ preventScroll: true }));
}

// Nothing typed is lost by leaving without noticing; what was refused is not saved yet.
let changed = document.querySelector(".problems") !== null;
document.querySelector(".edit")?.addEventListener("input", () => (changed = true));
document.querySelector(".edit")?.addEventListener("submit", () => (changed = false));
window.addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});
