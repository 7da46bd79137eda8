// The approval page: keys, counters, and work that is seen as it arrives.
"use strict";

document.documentElement.classList.add("scripted");

/** The variant that keys act on: the focused one, else the first. */
function current() {
  return document.activeElement?.closest?.(".variant") ?? document.querySelector(".variant:not(.ghost)");
}

function move(by) {
  const all = [...document.querySelectorAll(".variant:not(.ghost)")];
  const at = all.indexOf(document.activeElement?.closest?.(".variant"));
  all[Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=radio]), textarea, select");
  if (event.key === "Enter" && event.ctrlKey && event.target.matches("textarea")) {
    event.preventDefault();
    event.target.form.requestSubmit();
    return;
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toLowerCase();
  if (key >= "1" && key <= "5") current()?.querySelector(`.stars input[value="${key}"]`)?.click();
  else if (key === "a") current()?.querySelector(".approve")?.click();
  else if (key === "e") current()?.querySelector(".edit")?.click();
  else if (key === "j") move(1);
  else if (key === "k") move(-1);
});

/** Shows how many characters are left, below the field. */
function count(field) {
  let left = field.nextElementSibling?.classList.contains("count") ? field.nextElementSibling : null;
  if (!left) {
    left = document.createElement("small");
    left.className = "count quiet";
    field.after(left);
  }
  left.textContent = `${[...field.value].length} / ${field.maxLength}`;
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-count]")) count(event.target);
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.matches(".rating")) say(document.querySelector(".saved")?.textContent ?? "");
});

document.querySelector(".track [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
