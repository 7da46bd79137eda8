// The strip of slides: arrow keys, dots, and which slide one is at.
"use strict";

document.documentElement.classList.add("scripted");

const at = (reel) => Math.round(reel.scrollLeft / reel.clientWidth);

/** Where a strip is scrolling to: the next key counts from there. */
const aims = new WeakMap();

function go(reel, n) {
  const aim = Math.min(Math.max(n, 0), reel.children.length - 1);
  aims.set(reel, aim);
  reel.scrollTo({ left: aim * reel.clientWidth });
}

/** Marks the dot of the slide that is seen. */
function mark(reel) {
  const dots = reel.parentElement.querySelectorAll(".places a");
  dots.forEach((dot, n) => (n === at(reel) ? dot.setAttribute("aria-current", "true") : dot.removeAttribute("aria-current")));
}

document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.(".reel") || event.ctrlKey || event.metaKey || event.altKey) return;
  const reel = event.target;
  const now = aims.get(reel) ?? at(reel);
  const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: reel.children.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  go(reel, to);
});

document.addEventListener("click", (event) => {
  const dot = event.target.closest(".places a");
  if (!dot) return;
  event.preventDefault();
  go(dot.closest(".phone").querySelector(".reel"), [...dot.parentElement.children].indexOf(dot));
});

// Scrolling does not bubble.
document.addEventListener("scroll", (event) => event.target.matches?.(".reel") && mark(event.target), true);
document.addEventListener("scrollend", (event) => aims.delete(event.target), true);

// After a swap one is still at the slide that one looked at.
let seen = 0;
document.addEventListener("htmx:beforeSwap", () => {
  const reel = document.querySelector(".reel");
  if (reel) seen = at(reel);
});
document.addEventListener("htmx:afterSwap", () => {
  const reel = document.querySelector(".reel");
  if (reel && seen > 0) reel.scrollTo({ left: seen * reel.clientWidth, behavior: "instant" });
});

// What went wrong is a page of its own: it takes the place of this one.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status < 400) return;
  Object.assign(event.detail, { target: document.getElementById("main"), selectOverride: "#main > *", swapOverride: "innerHTML" });
});
