// Toasts: leave by themselves unless they offer something to do or are being read; the server may send one with an htmx answer
// (HX-Trigger: {"toast": {"text": "…", "tone": "good"}}).
const shelf = document.getElementById("toasts");
const READING = 7000;

function leaveLater(toast) {
  if (toast.querySelector("form")) return;
  let timer = setTimeout(() => toast.remove(), READING);
  toast.addEventListener("pointerenter", () => clearTimeout(timer));
  toast.addEventListener("focusin", () => clearTimeout(timer));
  toast.addEventListener("pointerleave", () => { timer = setTimeout(() => toast.remove(), READING / 2); });
}

export function say(text, tone = "good") {
  const made = document.getElementById("toast-template").content.cloneNode(true);
  const toast = made.querySelector("[data-toast]");
  toast.classList.add(`toast-${tone}`);
  toast.querySelector("p").textContent = text;
  shelf.append(made);
  leaveLater(toast);
}

shelf?.addEventListener("click", (event) => {
  if (event.target.closest("[data-toast-close]")) event.target.closest("[data-toast]").remove();
});
document.addEventListener("toast", (event) => say(event.detail.text ?? event.detail.value ?? "", event.detail.tone));
for (const toast of document.querySelectorAll("[data-toast]")) leaveLater(toast);
