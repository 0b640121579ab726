// Draw a boundary: click to add corners, drag them, or move them with the arrow keys. The textarea holds the truth.

const L = window.L;
const MOST = 400;

function ringOf(text) {
  if (!text.trim()) return { ring: [], foreign: null };
  try {
    const found = JSON.parse(text);
    const shape = found.type === "Feature" ? found.geometry : found;
    if (shape.type === "Polygon" && shape.coordinates.length === 1 && shape.coordinates[0].length <= MOST) {
      return { ring: shape.coordinates[0].slice(0, -1).map(([lon, lat]) => [lat, lon]), foreign: null };
    }
    return { ring: [], foreign: found };
  } catch {
    return { ring: [], foreign: null };
  }
}

function textOf(ring) {
  if (ring.length < 3) return "";
  const round = (value) => Math.round(value * 1e6) / 1e6;
  const line = [...ring, ring[0]].map(([lat, lon]) => [round(lon), round(lat)]);
  return JSON.stringify({ type: "Polygon", coordinates: [line] });
}

function drawOn(section) {
  const field = document.getElementById(section.dataset.target);
  const map = section.querySelector("[data-map]").leafletMap;
  const state = section.querySelector("[data-draw-state]");
  const layer = L.layerGroup().addTo(map);
  let { ring, foreign } = ringOf(field.value);

  const keep = (focused = null) => {
    foreign = null;
    field.value = textOf(ring);
    paint(focused);
  };

  const marker = (at, className, size, title) => {
    const icon = L.divIcon({ className, iconSize: [size, size], html: "" });
    const made = L.marker(at, { icon, draggable: true, keyboard: className === "map-corner", title, autoPanOnFocus: false });
    made.on("add", () => {
      const element = made.getElement();
      if (className === "map-corner") element.setAttribute("aria-label", title);
      else element.setAttribute("aria-hidden", "true");
    });
    return made;
  };

  const corner = (at, number, focused) => {
    const made = marker(at, "map-corner", 18, `${section.dataset.wordsCorner} ${number + 1}`);
    made.on("drag", () => { const { lat, lng } = made.getLatLng(); ring[number] = [lat, lng]; outline(); });
    made.on("dragend", () => keep());
    made.on("click", (event) => L.DomEvent.stop(event));
    made.on("add", () => {
      const element = made.getElement();
      element.addEventListener("keydown", (event) => moved(event, number));
      if (focused === number) element.focus();
    });
    layer.addLayer(made);
  };

  const moved = (event, number) => {
    if (event.key === "Delete" || event.key === "Backspace") {
      ring.splice(number, 1);
      event.preventDefault();
      event.stopPropagation();
      keep(Math.max(0, number - 1));
      return;
    }
    const ways = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
    const way = ways[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const pixels = event.shiftKey ? 24 : 6;
    const at = map.latLngToContainerPoint(ring[number]).add([way[0] * pixels, way[1] * pixels]);
    const { lat, lng } = map.containerPointToLatLng(at);
    ring[number] = [lat, lng];
    keep(number);
  };

  const between = (number) => {
    const [a, b] = [ring[number], ring[(number + 1) % ring.length]];
    const made = marker([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], "map-between", 12, section.dataset.wordsBetween);
    made.on("dragend", () => { const { lat, lng } = made.getLatLng(); ring.splice(number + 1, 0, [lat, lng]); keep(); });
    made.on("click", (event) => L.DomEvent.stop(event));
    layer.addLayer(made);
  };

  let shape = null;
  const outline = () => {
    shape?.remove();
    const style = { className: "map-shape", interactive: false };
    if (foreign) shape = L.geoJSON(foreign, { interactive: false, style: () => style });
    else if (ring.length > 2) shape = L.polygon(ring, style);
    else shape = L.polyline(ring, style);
    shape.addTo(map);
  };

  const paint = (focused = null) => {
    layer.clearLayers();
    outline();
    ring.forEach((at, number) => corner(at, number, focused));
    if (ring.length > 2) ring.forEach((_, number) => between(number));
    state.textContent = foreign ? section.dataset.wordsForeign : `${section.dataset.wordsCount} ${ring.length}`;
  };

  const fit = () => {
    if (shape && shape.getBounds().isValid() && (foreign || ring.length > 1)) map.fitBounds(shape.getBounds().pad(0.2), { animate: false });
  };

  map.on("click", ({ latlng }) => { if (!foreign) { ring.push([latlng.lat, latlng.lng]); keep(); } });
  const on = (name, act) => section.querySelector(`[data-draw-${name}]`).addEventListener("click", act);
  on("middle", () => { const { lat, lng } = map.getCenter(); if (!foreign) { ring.push([lat, lng]); keep(ring.length - 1); } });
  on("back", () => { ring.pop(); if (!foreign) keep(); });
  on("clear", () => { ring = []; keep(); });
  on("fit", fit);
  on("go", () => {
    const [lat, lon] = document.getElementById("draw-go").value.split(/[,;\s]+/).map(Number);
    if (Math.abs(lat) <= 90 && Math.abs(lon) <= 180) map.setView([lat, lon], 13, { animate: false });
  });
  field.addEventListener("change", () => { ({ ring, foreign } = ringOf(field.value)); paint(); fit(); });
  paint();
  if (foreign || ring.length) section.querySelector("[data-map]").setAttribute("data-placed", "");
  fit();
}

for (const section of document.querySelectorAll("[data-draw]")) {
  section.hidden = false;
  const element = section.querySelector("[data-map]");
  element.leafletMap?.invalidateSize();
  if (element.leafletMap) drawOn(section);
  else element.addEventListener("map:ready", () => drawOn(section));
}
