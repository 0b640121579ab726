// Runs before the first paint: appearance (the account's wish, this device's, or the system's) and whether the rail is folded.
(function () {
  "use strict";
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function kept(name) {
    try { return JSON.parse(localStorage.getItem(name)); } catch (refused) { return null; }
  }
  // A choice on this device holds until the account's own setting changes.
  function wish() {
    var own = kept("barnraise.theme");
    return own && own.over === root.dataset.theme ? own.choice : root.dataset.theme;
  }
  function apply() {
    var chosen = wish();
    var isDark = chosen === "dark" || (chosen !== "light" && dark.matches);
    if (isDark) { root.setAttribute("data-bs-theme", "dark"); } else { root.removeAttribute("data-bs-theme"); }
    document.dispatchEvent(new CustomEvent("barnraise:theme"));
  }
  apply();
  dark.addEventListener("change", apply);
  document.addEventListener("barnraise:apply-theme", apply);
  if (kept("barnraise.rail") === "narrow") { root.dataset.rail = "narrow"; }
})();
