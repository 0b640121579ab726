// Forms: go to the error summary, drop files on their field, narrow long lists of boxes, and send only once.
function focusSummary(within) {
  within.querySelector?.("[data-focus]:not([data-at-rest] *)")?.focus();
}

function follow(event) {
  const link = event.target.closest?.(".error-summary a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.closest("details")?.setAttribute("open", "");
  field.closest(".field")?.scrollIntoView({ block: "center" });
  field.focus();
}

function prepareDrop(place) {
  const input = place.querySelector('input[type="file"]');
  const chosen = place.querySelector("[data-drop-chosen]");
  const tell = () => { chosen.textContent = [...input.files].map((file) => file.name).join("\n"); };
  for (const kind of ["dragenter", "dragover"]) {
    place.addEventListener(kind, (event) => { event.preventDefault(); place.dataset.over = ""; });
  }
  for (const kind of ["dragleave", "drop"]) place.addEventListener(kind, () => { delete place.dataset.over; });
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    const files = new DataTransfer();
    const many = input.multiple ? event.dataTransfer.files : [event.dataTransfer.files[0]].filter(Boolean);
    for (const file of many) files.items.add(file);
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  place.addEventListener("click", (event) => {
    if (!event.target.closest("input, label, a, button")) input.click();
  });
  input.addEventListener("change", tell);
}

function prepareList(list) {
  const boxes = [...list.querySelectorAll(".form-check")];
  if (boxes.length < 9) return;
  const narrow = document.createElement("input");
  narrow.type = "search";
  narrow.className = "check-list-narrow";
  narrow.placeholder = narrow.ariaLabel = list.dataset.narrow;
  narrow.addEventListener("input", () => {
    const words = narrow.value.trim().toLowerCase();
    for (const box of boxes) box.hidden = !box.textContent.toLowerCase().includes(words);
  });
  narrow.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  list.prepend(narrow);
}

function prepare(within) {
  for (const [selector, make] of [["[data-drop]", prepareDrop], ["[data-check-list]", prepareList]]) {
    for (const part of within.querySelectorAll(selector)) {
      if (part.dataset.ready) continue;
      part.dataset.ready = "yes";
      make(part);
    }
  }
}

document.addEventListener("click", follow);
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-again")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  }
});
document.addEventListener("htmx:afterSettle", (event) => {
  prepare(event.target);
  focusSummary(event.target);
});
prepare(document);
focusSummary(document);
