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
