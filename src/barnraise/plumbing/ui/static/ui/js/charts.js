// Charts: the server's picture becomes one that answers to the pointer, drawn from the same specification.
const bundle = document.querySelector("script[data-bundle]")?.dataset.bundle;
let loading = null;

function library() {
  loading ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = bundle;
    script.type = "module";
    script.onload = () => done(window.vegaEmbed);
    script.onerror = failed;
    document.head.append(script);
  });
  return loading;
}

// Colours are written as var(--chart-1) on both sides; a canvas needs the value they have now.
function coloured(part, style) {
  if (typeof part === "string") return part.replace(/var\((--[\w-]+)\)/g, (_, name) => style.getPropertyValue(name).trim());
  if (Array.isArray(part)) return part.map((item) => coloured(item, style));
  if (part && typeof part === "object") return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, coloured(item, style)]));
  return part;
}

async function draw(chart) {
  const picture = chart.querySelector(".chart-picture");
  const spec = coloured(JSON.parse(chart.querySelector('script[type="application/json"]').textContent), getComputedStyle(document.documentElement));
  const label = chart.dataset.label;
  try {
    const embed = await library();
    const place = document.createElement("div");
    picture.append(place);
    spec.width = Math.max(220, Math.min(picture.clientWidth, 960));
    spec.autosize = { type: "fit-x", contains: "padding" };
    await embed(place, spec, { ast: true, actions: false, renderer: "svg", defaultStyle: false, logLevel: 1, tooltip: { disableDefaultStyle: true, theme: "house" } });
    const svg = place.querySelector("svg");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
    for (const inner of svg.querySelectorAll("[role], [aria-roledescription], [aria-label]")) {
      for (const name of ["role", "aria-roledescription", "aria-label"]) inner.removeAttribute(name);
    }
    picture.replaceChildren(place);
  } catch (problem) {
    console.warn("The chart stays as the server drew it.", problem);
    picture.lastElementChild?.matches("div") && picture.lastElementChild.remove();
  }
}

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    seen.unobserve(entry.target);
    entry.target.dataset.drawn = "yes";
    draw(entry.target);
  }
}, { rootMargin: "200px" });

function watch(within) {
  for (const chart of within.querySelectorAll("[data-chart]:not([data-drawn])")) seen.observe(chart);
}

function redraw() {
  for (const chart of document.querySelectorAll("[data-chart][data-drawn]")) draw(chart);
}

let resizing = 0;
let width = window.innerWidth;
window.addEventListener("resize", () => {
  if (window.innerWidth === width) return;
  width = window.innerWidth;
  clearTimeout(resizing);
  resizing = setTimeout(redraw, 250);
});
document.addEventListener("barnraise:theme", redraw);
document.addEventListener("htmx:afterSettle", (event) => watch(event.target));
watch(document);
