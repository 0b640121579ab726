// Lists: j and k move, x ticks, Enter opens; the selection bar appears when rows are ticked and says how many.
function list() { return document.getElementById("list"); }
function rows() { return [...(list()?.querySelectorAll("tbody tr") ?? [])]; }

function told() {
  const bar = list()?.querySelector("[data-bulk]");
  if (!bar) return;
  const ticks = [...list().querySelectorAll("input[name=key]")];
  const ticked = ticks.filter((tick) => tick.checked);
  for (const tick of ticks) tick.closest("tr").setAttribute("aria-selected", String(tick.checked));
  const said = bar.querySelector("[data-said]");
  said.dataset.rest ??= said.textContent;
  bar.toggleAttribute("data-none", !ticked.length && !bar.querySelector("[data-all]")?.checked);
  said.textContent = ticked.length ? `${ticked.length} ${said.dataset.one}` : said.dataset.rest;
  bar.hidden = !ticked.length;
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-tick-page]")) {
    for (const tick of list().querySelectorAll("input[name=key]")) tick.checked = event.target.checked;
  }
  if (event.target.closest("#list")) told();
});

told();

function move(step) {
  const all = rows();
  const here = all.findIndex((row) => row.classList.contains("is-at"));
  const next = all[Math.max(0, Math.min(all.length - 1, here + step))];
  all[here]?.classList.remove("is-at");
  next?.classList.add("is-at");
  next?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (!list() || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea, [contenteditable], dialog, a, button, summary")) return;
  const at = list().querySelector("tr.is-at");
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "x") at?.querySelector("input[name=key]")?.click();
  else if (event.key === "Enter") at?.querySelector("th a")?.click();
});

// After an exchange htmx gives the focus back to the control of the same id; where that is gone, the page's main part gets it.
// The count is said from outside the exchanged part, because a live region that is itself exchanged stays silent.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id !== "list" && event.target?.id !== "list") return;
  told();
  const count = list()?.querySelector("[data-count]")?.textContent.replace(/\s+/g, " ").trim();
  const live = document.getElementById("list-live");
  if (live && count) live.textContent = count;
  if (!document.activeElement || document.activeElement === document.body) document.getElementById("main")?.focus({ preventScroll: true });
});

told();
window.addEventListener("pageshow", told);
