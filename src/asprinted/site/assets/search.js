// Finds any substring exactly, in the texts of all pages; these are loaded once the field is about to be used.
"use strict";
const MOST = 100, AROUND = 60;
const field = document.getElementById("q"), count = document.getElementById("count"), results = document.getElementById("results");

function loaded() {
  if (!loaded.once) {
    count.textContent = count.dataset.loading;
    loaded.once = new Promise((done) => {
      const script = document.createElement("script");
      script.src = field.dataset.index;
      script.addEventListener("load", () => { count.textContent = ""; done(window.pages); });
      document.head.append(script);
    });
  }
  return loaded.once;
}

function entry([path, title, text], wanted) {
  const item = document.createElement("li"), link = document.createElement("a"), line = document.createElement("p");
  const at = text.toLowerCase().indexOf(wanted), mark = document.createElement("mark");
  link.href = `../${path}index.html`;
  link.textContent = title;
  if (at >= 0) {
    mark.textContent = text.slice(at, at + wanted.length);
    line.append(text.slice(Math.max(0, at - AROUND), at), mark, text.slice(at + wanted.length, at + wanted.length + AROUND));
  }
  item.append(link, line);
  return item;
}

async function search() {
  const pages = await loaded(), wanted = field.value.trim().toLowerCase();
  const found = wanted ? pages.filter(([, title, text]) => `${title}\n${text}`.toLowerCase().includes(wanted)) : [];
  count.textContent = !wanted ? "" : found.length ? count.dataset.found.replace("{}", found.length) : count.dataset.none;
  results.replaceChildren(...found.slice(0, MOST).map((page) => entry(page, wanted)));
}

field.addEventListener("focus", loaded);
field.addEventListener("input", search);
field.form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
const asked = new URLSearchParams(location.search).get("q");
if (asked) { field.value = asked; search(); }
