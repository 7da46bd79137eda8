// Looks: the colour fields begin with the chosen looks' colours, and count once one is changed.
"use strict";

document.addEventListener("change", (event) => {
  const own = document.getElementById("own");
  if (event.target.matches("input[type=color]")) own.checked = true;
  if (!event.target.matches("input[name=look]")) return;
  own.checked = false;
  const colors = event.target.dataset.colors.split(" ");
  const fields = document.querySelectorAll(".colors input");
  if (colors.length === fields.length) fields.forEach((field, n) => (field.value = colors[n]));
});
