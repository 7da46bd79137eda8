// The order of the slides: dragged by the grip, or moved by the arrow keys and buttons. It is
// saved a moment after the last move.
"use strict";

const movable = () => [...document.querySelectorAll(".slides > li[data-movable]")];
let due = 0;
let dragged = null;

function saveSoon(after) {
  clearTimeout(due);
  due = setTimeout(() => htmx.trigger("#order", "reordered"), after);
}

/** Shows each slide's new number; what has the focus keeps it when the saved list arrives. */
function renumber() {
  document.querySelectorAll(".slides > li").forEach((item, n) => {
    item.querySelector(".at").textContent = n + 1;
    const grip = item.querySelector(".grip");
    if (grip) grip.id = `grip-${n + 1}`;
  });
}

function number(item) {
  return [...item.parentElement.children].indexOf(item) + 1;
}

function step(item, by) {
  const all = movable();
  const other = all[all.indexOf(item) + by];
  if (!other) return;
  if (by < 0) other.before(item);
  else other.after(item);
  renumber();
  item.querySelector(".grip").focus();
  say(document.getElementById("order").dataset.now.replace("#", number(item)));
  saveSoon(900);
}

document.addEventListener("keydown", (event) => {
  const grip = event.target.closest?.(".grip");
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!grip || !by) return;
  event.preventDefault();
  step(grip.closest("li"), by);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button.step");
  if (!button) return;
  event.preventDefault();
  step(button.closest("li"), button.value.endsWith("up") ? -1 : 1);
});

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest?.(".grip");
  if (!grip || event.button !== 0) return;
  clearTimeout(due);
  grip.setPointerCapture(event.pointerId);
  dragged = grip.closest("li");
  dragged.classList.add("dragged");
});

document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const over = movable().find((item) => {
    const box = item.getBoundingClientRect();
    return item !== dragged && event.clientY > box.top && event.clientY < box.bottom;
  });
  if (!over) return;
  // Past the middle, so that slides of unlike height don't flutter.
  const box = over.getBoundingClientRect();
  const down = number(over) > number(dragged);
  if (down && event.clientY > box.top + box.height / 2) over.after(dragged);
  else if (!down && event.clientY < box.top + box.height / 2) over.before(dragged);
  else return;
  renumber();
});

function drop() {
  if (!dragged) return;
  dragged.classList.remove("dragged");
  say(document.getElementById("order").dataset.now.replace("#", number(dragged)));
  dragged = null;
  saveSoon(150);
}
document.addEventListener("pointerup", drop);
document.addEventListener("pointercancel", drop);

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "carousel") say(document.getElementById("order")?.dataset.saved ?? "");
});
