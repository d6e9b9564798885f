// Filter and sort, for whoever has scripts; without them the tables stand in their own order.
"use strict";
const rows = [...document.querySelectorAll(".sorted tbody tr")];
const filter = document.getElementById("filter");
filter.closest(".filter").hidden = false;
filter.addEventListener("input", () => {
  const wanted = filter.value.trim().toLowerCase();
  for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
});

const shown = (row, at) => row.cells[at].dataset.sort ?? row.cells[at].textContent;
function compare(one, other) {
  if (one === "" || other === "") return (one === "") - (other === "");
  return Number(one) - Number(other) || one.localeCompare(other, document.documentElement.lang);
}
function sort(table, at, heading) {
  const falling = heading.getAttribute("aria-sort") === "ascending";
  for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", falling ? "descending" : "ascending");
  const sorted = [...table.tBodies[0].rows].sort((a, b) => compare(shown(a, at), shown(b, at)) * (falling ? -1 : 1));
  table.tBodies[0].append(...sorted);
}
for (const table of document.querySelectorAll(".sorted")) {
  [...table.tHead.rows[0].cells].forEach((heading, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => sort(table, at, heading));
  });
}
