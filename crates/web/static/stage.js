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
  if (!card || typing || event.target.closest("form.edit") || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toLowerCase();
  // While a variant is edited, what it was before is not to be approved or rated by a slip.
  if (card.querySelector("form.edit") && !"jk".includes(key)) return;
  if (key >= "1" && key <= "5") card.querySelector(`.stars input[value="${key}"]`)?.click();
  else if (key === "a") card.querySelector(".approve")?.click();
  else if (key === "e") card.querySelector("a.edit")?.click();
  else if (key === "j") move(card, 1);
  else if (key === "k") move(card, -1);
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.matches(".rating")) say(document.querySelector(".saved")?.textContent ?? "");
});

// Editing in place: the form stands where the words stood, and goes when it is saved or left.
document.addEventListener("htmx:afterSwap", (event) => {
  const swapped = event.detail.elt;
  const form = swapped.matches(".variant") ? swapped.querySelector(":scope > form.edit") : swapped;
  if (!form?.matches(".variant > form.edit")) return;
  form.closest(".variant").scrollIntoView({ block: "start" });
  (form.querySelector(".problems") ?? form.querySelector("fieldset :is(input, textarea, select)")).focus({ preventScroll: true });
});

document.addEventListener("click", (event) => {
  const leave = event.target.closest(".variant form.edit .leave");
  if (!leave) return;
  event.preventDefault();
  const card = leave.closest(".variant");
  leave.closest("form").remove();
  (card.querySelector("a.edit") ?? card).focus();
});

document.addEventListener("edited", async (event) => {
  event.detail.elt.remove();
  await refresh(); // shows the new variant beside the others
  document.getElementById(`v-${event.detail.id}`)?.focus();
  note(event.detail.said);
});

document.querySelector(".track [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
