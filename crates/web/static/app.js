// What every page shares: what was done is said aloud, menus close, problems get the focus.
"use strict";

/** Says a sentence to people who listen instead of looking. */
function say(text) {
  const said = document.getElementById("said");
  if (said) said.textContent = text;
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// <button data-copy="id" data-said="Copied" hidden> copies the value or text of that element.
function showCopies() {
  for (const button of document.querySelectorAll("button[data-copy][hidden]")) button.hidden = !navigator.clipboard;
}
document.addEventListener("DOMContentLoaded", showCopies);
document.addEventListener("htmx:afterSwap", showCopies);

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const from = document.getElementById(button.dataset.copy);
  await navigator.clipboard.writeText(from.value ?? from.textContent);
  button.textContent = button.dataset.said;
  say(button.dataset.said);
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

/** A notice stays in view for as long as it takes to read it, then it scrolls away with the page. */
function letGo(notice) {
  setTimeout(() => notice.classList.add("read"), 8000);
}
document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(".notice").forEach(letGo));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("DOMContentLoaded", () => document.querySelector(".problems[tabindex]")?.focus());

// A request that failed for want of an answer must not look like one that worked.
document.addEventListener("htmx:sendError", () => say(document.documentElement.dataset.offline || "offline"));
document.addEventListener("htmx:responseError", (event) => {
  // Signed out elsewhere, or not allowed: the whole page says why.
  if (event.detail.xhr.status === 401) window.location.reload();
});
