// Panels that a page only announces: fetched shortly before they come into view, and all of them before printing.
const soon = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) if (isIntersecting) fetchOf(target);
}, { rootMargin: "400px 0px" });

function place(panel) { return panel.querySelector(":scope > [hx-get]"); }

function fetchOf(panel) {
  soon.unobserve(panel);
  panel.setAttribute("aria-busy", "true");
  htmx.trigger(place(panel), "seen");
}

function watch(within) {
  for (const panel of within.querySelectorAll("[data-later]:not([aria-busy])")) soon.observe(panel);
}

// What had the focus inside is exchanged: the focus then stays with the panel, at its heading.
function filled(panel, isHeld) {
  if (isHeld) panel.querySelector("h2").focus({ preventScroll: true });
  panel.removeAttribute("data-later");
  panel.setAttribute("aria-busy", "false");
}
function isHeld(panel) { return place(panel).contains(document.activeElement); }
function panelOf(event) {
  const panel = event.target.closest?.("[data-later]");
  return panel && event.target === place(panel) ? panel : null;
}

const held = new WeakSet();
document.addEventListener("htmx:beforeSwap", (event) => {
  const panel = panelOf(event);
  if (panel && isHeld(panel)) held.add(panel);
});
document.addEventListener("htmx:afterSwap", (event) => {
  const panel = panelOf(event);
  if (panel) filled(panel, held.has(panel));
});
document.addEventListener("htmx:afterRequest", (event) => {
  const panel = panelOf(event);
  if (panel && event.detail.xhr.status === 204) panel.remove();
  else panel?.setAttribute("aria-busy", "false");
});

// A browser prints what is there when this event ends, so nothing can be waited for.
// What comes may announce further panels, so the first that was not asked for yet is looked for again and again.
window.addEventListener("beforeprint", () => {
  const tried = new Set();
  for (;;) {
    const panel = [...document.querySelectorAll("[data-later]")].find((one) => !tried.has(one));
    if (!panel) break;
    tried.add(panel);
    soon.unobserve(panel);
    const asked = new XMLHttpRequest();
    asked.open("GET", place(panel).getAttribute("hx-get"), false);
    asked.setRequestHeader("HX-Request", "true");
    try { asked.send(); } catch { continue; }
    if (asked.status === 204) panel.remove();
    if (asked.status !== 200) continue;
    const wasHeld = isHeld(panel);
    place(panel).innerHTML = asked.responseText;
    htmx.process(place(panel));
    filled(panel, wasHeld);
  }
});

watch(document);
document.addEventListener("htmx:load", (event) => watch(event.detail.elt.parentElement ?? document));
