// The frame: fold the rail, switch light and dark, close menus that were left, name the command key as this device does.
const root = document.documentElement;

function keep(name, value) {
  try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* private browsing: lasts for this page */ }
}

const fold = document.querySelector("[data-rail-toggle]");
fold?.setAttribute("aria-expanded", String(root.dataset.rail !== "narrow"));
fold?.addEventListener("click", () => {
  const isNarrow = root.dataset.rail !== "narrow";
  if (isNarrow) root.dataset.rail = "narrow"; else delete root.dataset.rail;
  fold.setAttribute("aria-expanded", String(!isNarrow));
  keep("barnraise.rail", isNarrow ? "narrow" : "wide");
});

// The floor one stands on is open; of the others those that were opened on this device.
function openedFloors() {
  try { return JSON.parse(localStorage.getItem("barnraise.floors") ?? "{}") ?? {}; } catch { return {}; }
}
for (const part of document.querySelectorAll("details.rail-part")) {
  if (openedFloors()[part.dataset.floor]) part.open = true;
  part.addEventListener("toggle", () => keep("barnraise.floors", { ...openedFloors(), [part.dataset.floor]: part.open }));
}

document.querySelector("[data-theme-toggle]")?.addEventListener("click", () => {
  const choice = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
  keep("barnraise.theme", { over: root.dataset.theme, choice });
  document.dispatchEvent(new CustomEvent("barnraise:apply-theme"));
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-closes][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-closes][open]")) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

// A table that fits its place needs no frame to scroll in: its head then stays while the page scrolls.
const sizes = new ResizeObserver((changed) => {
  for (const { target } of changed) target.dataset.fits = target.scrollWidth > target.clientWidth + 1 ? "no" : "yes";
});
function watchTables(within) {
  for (const frame of within.querySelectorAll(".table-frame:not([data-fits])")) sizes.observe(frame);
}
watchTables(document);
document.addEventListener("htmx:afterSettle", () => watchTables(document));

if (/Mac|iPhone|iPad/.test(navigator.platform)) {
  for (const key of document.querySelectorAll("[data-mod]")) key.textContent = "⌘ K";
}
