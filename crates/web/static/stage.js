// The approval page: keys, counters, and work that is seen as it arrives.
"use strict";

document.documentElement.classList.add("scripted");

function move(card, by) {
  const all = [...document.querySelectorAll(".variant:not(.ghost)")];
  all[Math.min(Math.max(all.indexOf(card) + by, 0), all.length - 1)]?.focus();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=radio]), textarea, select");
  if (event.key === "Enter" && event.ctrlKey && event.target.matches("textarea")) {
    event.preventDefault();
    event.target.form.requestSubmit();
    return;
  }
  // Single letters act on the variant that has the focus, and on nothing without it: what is
  // dictated or slips off a finger must not approve anything.
  const card = event.target.closest(".variant:not(.ghost)");
  if (!card || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toLowerCase();
  if (key >= "1" && key <= "5") card.querySelector(`.stars input[value="${key}"]`)?.click();
  else if (key === "a") card.querySelector(".approve")?.click();
  else if (key === "e") card.querySelector(".edit")?.click();
  else if (key === "j") move(card, 1);
  else if (key === "k") move(card, -1);
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
