// Maps without any foreign server: boundaries, one place, or the points of a list, on a grid of degrees.
// A map is an element with data-map; what it shows stands in its other data attributes.

const L = window.L;
const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

const numbers = (text) => (text || "").split(",").map(Number);

function popup(properties) {
  const box = document.createElement("div");
  box.className = "map-popup";
  const line = document.createElement("p");
  const link = document.createElement("a");
  link.href = properties.url;
  link.textContent = properties.name;
  link.setAttribute("translate", "no");
  line.append(link);
  box.append(line);
  if (properties.members) box.replaceChildren(...properties.members.map(member));
  for (const words of [properties.kind, properties.note]) {
    if (!words) continue;
    const about = document.createElement("p");
    about.className = "map-about";
    about.textContent = words;
    box.append(about);
  }
  return box;
}

function member({ name, url }) {
  const line = document.createElement("p");
  const link = document.createElement("a");
  link.href = url;
  link.textContent = name;
  link.setAttribute("translate", "no");
  line.append(link);
  return line;
}

function spot(at, className, size, text, title) {
  const icon = L.divIcon({ className, iconSize: [size, size], html: "" });
  const marker = L.marker(at, { icon, title, keyboard: true, riseOnHover: true });
  marker.on("add", () => {
    const element = marker.getElement();
    element.textContent = text;
    element.setAttribute("aria-label", title);
    element.removeAttribute("alt");
  });
  return marker;
}

function step(span) {
  for (const size of [30, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001]) {
    if (span / size >= 3) return size;
  }
  return 0.0005;
}

function drawGrid(map, layer) {
  layer.clearLayers();
  const bounds = map.getBounds();
  const size = step(Math.min(bounds.getEast() - bounds.getWest(), bounds.getNorth() - bounds.getSouth()));
  const places = Math.max(0, Math.ceil(-Math.log10(size)));
  const quiet = { interactive: false, keyboard: false };
  const line = (ends) => layer.addLayer(L.polyline(ends, { className: "map-grid", ...quiet }));
  const label = (at, text, anchor) => {
    const icon = L.divIcon({ className: "map-degree", iconSize: [60, 14], iconAnchor: anchor, html: "" });
    const marker = L.marker(at, { icon, ...quiet });
    marker.on("add", () => {
      marker.getElement().textContent = text;
      marker.getElement().setAttribute("aria-hidden", "true");
    });
    layer.addLayer(marker);
  };
  for (let lat = Math.ceil(bounds.getSouth() / size) * size; lat < bounds.getNorth(); lat += size) {
    line([[lat, bounds.getWest()], [lat, bounds.getEast()]]);
    label([lat, bounds.getEast()], `${lat.toFixed(places)}°`, [64, 15]);
  }
  for (let lon = Math.ceil(bounds.getWest() / size) * size; lon < bounds.getEast(); lon += size) {
    line([[bounds.getSouth(), lon], [bounds.getNorth(), lon]]);
    label([bounds.getNorth(), lon], `${lon.toFixed(places)}°`, [-4, -3]);
  }
}

function addGround(map, tiles) {
  if (tiles) {
    L.tileLayer(tiles, { maxZoom: 19 }).addTo(map);
    return;
  }
  const grid = L.layerGroup().addTo(map);
  map.on("moveend", () => drawGrid(map, grid));
}

function addAreas(map, collection) {
  const layer = L.geoJSON(collection, {
    interactive: false,
    style: () => ({ className: "map-area", color: null, fillColor: null }),
  }).addTo(map);
  layer.eachLayer((area) => {
    const name = area.feature.properties.name;
    const icon = L.divIcon({ className: "map-name", iconSize: [180, 16], iconAnchor: [90, -3], html: "" });
    const bounds = area.getBounds();
    const marker = L.marker([bounds.getNorth(), bounds.getCenter().lng], { icon, interactive: false, keyboard: false });
    marker.on("add", () => {
      marker.getElement().textContent = name;
      marker.getElement().setAttribute("translate", "no");
    });
    marker.addTo(map);
  });
  return layer;
}

function addPoints(map, element, url) {
  const layer = L.layerGroup().addTo(map);
  let running = null;
  const load = async () => {
    const bounds = map.getBounds();
    const address = new URL(url, window.location.href);
    const edges = [bounds.getSouth(), bounds.getWest(), bounds.getNorth(), bounds.getEast()];
    address.searchParams.set("box", edges.map((edge) => edge.toFixed(6)).join(","));
    address.searchParams.set("zoom", String(map.getZoom()));
    running?.abort();
    running = new AbortController();
    try {
      const answer = await fetch(address, { signal: running.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") element.setAttribute("data-failed", element.dataset.wordsFailed);
    }
  };
  const show = (found) => {
    layer.clearLayers();
    for (const { geometry, properties } of found.features) {
      const at = [geometry.coordinates[1], geometry.coordinates[0]];
      if (properties.count) {
        const size = 28 + Math.min(24, Math.round(Math.log10(properties.count) * 10));
        const many = spot(at, "map-many", size, properties.shown, `${properties.shown} ${element.dataset.wordsMany}`);
        if (properties.members) many.bindPopup(() => popup(properties));
        else many.on("click", () => map.fitBounds(boundsOf(properties.box), { maxZoom: map.getZoom() + 3, animate: !still }));
        layer.addLayer(many);
      } else {
        const dot = spot(at, properties.approximate ? "map-dot is-approximate" : "map-dot", 24, "", properties.name);
        layer.addLayer(dot.bindPopup(() => popup(properties)));
      }
    }
  };
  map.on("moveend", load);
}

function boundsOf([south, west, north, east]) {
  return L.latLngBounds([[south, west], [north, east]]);
}

function view(map, element, shape) {
  if (element.dataset.box) return map.fitBounds(boundsOf(numbers(element.dataset.box)).pad(0.08), { animate: false, maxZoom: 16 });
  if (shape) return map.fitBounds(shape.getBounds().pad(0.08), { animate: false });
  if (element.dataset.point) return map.setView(numbers(element.dataset.point), 13, { animate: false });
  return map.setView([20, 0], 2, { animate: false });
}

async function start(element) {
  element.replaceChildren();
  const map = L.map(element, {
    attributionControl: Boolean(element.dataset.tiles),
    zoomControl: false,
    zoomAnimation: !still,
    fadeAnimation: !still,
    worldCopyJump: true,
    minZoom: 2,
    maxZoom: 19,
  });
  element.setAttribute("tabindex", "0");
  element.leafletMap = map;
  L.control.zoom({ zoomInTitle: element.dataset.wordsIn, zoomOutTitle: element.dataset.wordsOut }).addTo(map);
  L.control.scale({ imperial: true }).addTo(map);
  addGround(map, element.dataset.tiles);
  let shape = null;
  if (element.dataset.shape) {
    shape = L.geoJSON(JSON.parse(element.dataset.shape), { interactive: false, style: () => ({ className: "map-shape", color: null, fillColor: null }) });
    shape.addTo(map);
  }
  if (element.dataset.points) addPoints(map, element, element.dataset.points);
  if (element.dataset.point) {
    spot(numbers(element.dataset.point), "map-dot", 24, "", element.getAttribute("aria-label")).addTo(map);
  }
  view(map, element, shape);
  if (element.dataset.outlines) {
    const answer = await fetch(element.dataset.outlines);
    if (answer.ok) {
      const areas = addAreas(map, await answer.json());
      const bounds = areas.getBounds();
      if (bounds.isValid() && !element.dataset.box && !shape && !element.dataset.point && !element.hasAttribute("data-placed")) {
        map.fitBounds(bounds.pad(0.06), { animate: false });
      }
    }
  }
  element.dispatchEvent(new CustomEvent("map:ready", { bubbles: true }));
}

for (const element of document.querySelectorAll("[data-map]")) start(element);
document.addEventListener("htmx:load", (event) => {
  for (const element of event.target.querySelectorAll?.("[data-map]") ?? []) if (!element.leafletMap) start(element);
});
