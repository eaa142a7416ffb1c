// Enhancements only: every page reads without them.
"use strict";
document.documentElement.classList.add("t-js");

// A passage that a link points to may be folded away, or out of sight in a row that scrolls: open and show it.
function reveal() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  target.scrollIntoView({ block: "center", inline: "center" });
}

// The reading edition: layers to switch, and the same utterance lit up in every article.
function edition() {
  const room = document.querySelector(".t-edition");
  if (!room) return;
  document.querySelectorAll(".t-layers input").forEach((box) =>
    box.addEventListener("change", () => room.classList.toggle(`t-hide-${box.dataset.layer}`, !box.checked)));
  const quotations = [...room.querySelectorAll(".t-q[data-u]")];
  const same = (one) => quotations.filter((other) => one.dataset.u.split(" ").some((u) => u && other.dataset.u.split(" ").includes(u)));
  const light = (on) => (event) => {
    const one = event.target.closest(".t-q[data-u]");
    if (one) same(one).forEach((other) => other.classList.toggle("t-same", on));
  };
  quotations.filter((one) => one.id).forEach((one) => one.setAttribute("tabindex", "0"));
  room.addEventListener("mouseover", light(true));
  room.addEventListener("mouseout", light(false));
  room.addEventListener("focusin", light(true));
  room.addEventListener("focusout", light(false));
}

addEventListener("hashchange", reveal);
addEventListener("DOMContentLoaded", () => { edition(); reveal(); });
// Print what is folded.
addEventListener("beforeprint", () => document.querySelectorAll("details.t-details").forEach((fold) => (fold.open = true)));
