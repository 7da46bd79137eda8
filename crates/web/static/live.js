// What arrives while the page is open: variants as they are finished, the next stage, notes.
// What a person is typing, choosing or reading there is never replaced.
"use strict";

const stage = () => document.getElementById("stage");

/** Puts variants in their places beside those that are shown. */
function arrange(list, next) {
  for (const ghost of list.querySelectorAll(".ghost")) ghost.remove();
  let at = list.firstElementChild;
  for (const card of [...next.children]) {
    const shown = card.id && document.getElementById(card.id);
    if (!shown) {
      list.insertBefore(document.adoptNode(card), at);
      htmx.process(card);
      continue;
    }
    shown.toggleAttribute("data-open", card.hasAttribute("data-open"));
    // A variant that came later can be what a flag is about.
    for (const old of shown.querySelectorAll(":scope > .flag")) old.remove();
    shown.querySelector(":scope > .content").before(...card.querySelectorAll(":scope > .flag"));
    const buttons = card.querySelector(":scope > footer");
    if (buttons && !shown.querySelector(":scope > footer")) {
      shown.append(document.adoptNode(buttons));
      htmx.process(buttons);
    }
    at = shown.nextElementSibling;
  }
}

/** Takes over what is new around the variants; the form of a rejection stays once it is there. */
function surround(now, next) {
  const kept = now.querySelector(":scope > .reject");
  for (const part of [...now.children]) if (!part.matches(".variants, .reject")) part.remove();
  let before = true;
  for (const part of [...next.children]) {
    if (part.matches(".variants")) before = false;
    else if (part.matches(".reject") && kept) continue;
    else if (before) now.insertBefore(document.adoptNode(part), now.querySelector(":scope > .variants"));
    else now.append(document.adoptNode(part));
  }
  now.dataset.writing = next.dataset.writing;
  now.dataset.at = next.dataset.at;
}

async function refresh() {
  const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [now, next] = [stage(), page.getElementById("stage")];
  if (!next) return;
  const [was, is] = [now, next].map((one) => one.dataset.at.split(" "));
  const looksBack = !window.location.pathname.endsWith(`/stages/${was[1]}`);
  if (was[1] !== is[1] && !looksBack) {
    // The carousel has moved on to another stage, or is finished: its own page knows where to.
    window.location.assign(window.location.pathname.replace(/\/stages\/.*/, ""));
  } else if (was[2] !== is[2]) {
    if (now.querySelector("form.edit")) return; // saved or left first
    now.replaceWith(document.adoptNode(next)); // another round: other variants
    htmx.process(stage());
  } else {
    arrange(now.querySelector(":scope > .variants"), next.querySelector(":scope > .variants"));
    surround(now, next);
  }
}

/** Says what a person should know, where they look and where they listen. */
function note(text) {
  let shown = document.querySelector(".notice");
  if (!shown) {
    shown = document.createElement("p");
    document.getElementById("main").prepend(shown);
  }
  shown.className = "notice";
  shown.textContent = text;
  letGo(shown);
  say(text);
}

let coming = 0;
function soon() {
  clearTimeout(coming);
  coming = setTimeout(refresh, 120);
}

/** Listens to events; where they don't come through, asks now and then. */
function listen() {
  const events = new EventSource(stage().dataset.live);
  for (const kind of ["stage", "variant", "state"]) events.addEventListener(kind, soon);
  events.addEventListener("note", (event) => note(JSON.parse(event.data).note));
  events.addEventListener("error", () => setTimeout(soon, 3000));
  window.addEventListener("pagehide", () => events.close());
}

document.addEventListener("htmx:afterRequest", (event) => {
  const said = event.detail.elt.dataset.said;
  if (said && event.detail.xhr.status < 300) note(said);
  else if (said) window.location.reload(); // the page is out of date
});
if (stage()) listen();
