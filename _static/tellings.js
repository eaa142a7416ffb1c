// Enhancements only: every page reads without them.
"use strict";
// A passage that a link points to may be folded away: open what holds it.
function reveal() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  target.scrollIntoView({ block: "center" });
}
addEventListener("hashchange", reveal);
addEventListener("DOMContentLoaded", reveal);
// Print what is folded.
addEventListener("beforeprint", () => document.querySelectorAll("details.t-details").forEach((fold) => (fold.open = true)));
