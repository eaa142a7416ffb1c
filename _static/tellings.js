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
  const told = document.querySelector(".t-who");
  const outlet = (one) => one.closest(".t-article").querySelector("h3 .t-outlet").textContent.trim();
  const light = (on) => (event) => {
    const one = event.target.closest(".t-q[data-u]");
    if (!one) return;
    const all = same(one);
    all.forEach((other) => other.classList.toggle("t-same", on));
    const others = [...new Set(all.map(outlet))].filter((name) => name !== outlet(one));
    if (told) told.textContent = on ? `${one.dataset.who}, in ${outlet(one)}${others.length ? `; the same utterance is lit in ${others.join(", ")}` : "; in no other article here"}.` : "";
  };
  quotations.filter((one) => one.id).forEach((one) => one.setAttribute("tabindex", "0"));
  room.addEventListener("mouseover", light(true));
  room.addEventListener("mouseout", light(false));
  room.addEventListener("focusin", light(true));
  room.addEventListener("focusout", light(false));
}

// The citation: buttons that copy it, with the day it was read.
function cite() {
  const today = new Date().toISOString().slice(0, 10);
  for (const [id, label, dated] of [["cite-text", "Copy as text", (t) => `${t} Read on ${today}.`],
    ["cite-bibtex", "Copy BibTeX", (t) => t.replace(/\n\}$/, `,\n  urldate = {${today}},\n  url = {${location.href.split("#")[0]}}\n}`)]]) {
    const source = document.getElementById(id);
    if (!source) continue;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "t-copy", textContent: label });
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(dated(source.textContent));
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = label; }, 2000);
    });
    source.closest(".t-cite").append(button);
  }
}

// A menu closes when one turns to something else.
function closeMenus(event) {
  for (const menu of document.querySelectorAll("details.t-menu[open]")) {
    if (event.type === "keydown" ? event.key === "Escape" : !menu.contains(event.target)) {
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  }
}

addEventListener("keydown", closeMenus);
addEventListener("click", closeMenus);
addEventListener("hashchange", reveal);
addEventListener("DOMContentLoaded", () => { edition(); cite(); reveal(); });
// Print what is folded.
addEventListener("beforeprint", () => document.querySelectorAll("details.t-details").forEach((fold) => (fold.open = true)));
