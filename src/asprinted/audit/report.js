"use strict";
(() => {
  const page = document.documentElement;
  page.classList.add("js");
  const claims = (each) => (each.dataset.claims || "").split(" ").filter(Boolean);
  const show = (chosen) => {
    const mark = chosen && chosen.closest("mark[tabindex]");
    const wanted = new Set(chosen ? claims(chosen) : []);
    for (const each of document.querySelectorAll("mark[tabindex]")) {
      each.classList.toggle("shown", each === mark);
      each.classList.toggle("kin", claims(each).some((claim) => wanted.has(claim)));
    }
  };
  const over = (event) => {
    const chosen = event.target.closest("mark[tabindex], .claim");
    if (chosen) show(chosen);
  };
  document.addEventListener("mouseover", over);
  document.addEventListener("focusin", over);
  document.addEventListener("click", (event) => event.target.closest("mark, .claim") || show(null));
  document.addEventListener("keydown", (event) => event.key === "Escape" && show(null));
  const arrive = () => {
    const chosen = document.querySelector("mark:target, .claim:target");
    if (chosen) show(chosen);
  };
  addEventListener("hashchange", arrive);
  // In a notebook's frame, a link to a place in the page would load the notebook there.
  if (location.protocol === "about:") {
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      const there = link && document.getElementById(link.getAttribute("href").slice(1));
      if (!there) return;
      event.preventDefault();
      there.scrollIntoView({ block: "center" });
      show(there);
    });
  }
  arrive();
})();
