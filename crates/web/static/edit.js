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

// Nothing typed is lost by leaving without noticing.
let changed = false;
document.querySelector(".edit")?.addEventListener("input", () => (changed = true));
document.querySelector(".edit")?.addEventListener("submit", () => (changed = false));
window.addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});
