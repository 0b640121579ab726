// Composers: Ctrl or Cmd and Enter keep, the field grows with its text, and what was typed outlives a page that was left by mistake.
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

function grow(field) {
  field.style.blockSize = "auto";
  field.style.blockSize = `${Math.min(field.scrollHeight + 2, 480)}px`;
}

function kept(form) {
  return `barnraise.note:${window.location.pathname}`;
}

function prepare(form) {
  if (form.dataset.ready) return;
  form.dataset.ready = "yes";
  const field = form.querySelector("textarea[name=text]");
  if (!field) return;
  if (!field.value) {
    try { field.value = sessionStorage.getItem(kept(form)) ?? ""; } catch { /* private browsing */ }
  }
  if (field.value) grow(field);
  field.addEventListener("input", () => {
    grow(field);
    try { sessionStorage.setItem(kept(form), field.value); } catch { /* private browsing */ }
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.querySelector(".composer-end button, .form-foot button")?.click();
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name === "look") return;
    try { sessionStorage.removeItem(kept(form)); } catch { /* private browsing */ }
  });
}

for (const form of document.querySelectorAll("[data-composer]")) prepare(form);
if (isMac) for (const key of document.querySelectorAll("[data-mod-enter]")) key.textContent = "⌘ ↵";

// The strip over a timeline marks what it shows.
document.addEventListener("htmx:afterRequest", (event) => {
  const link = event.detail.elt;
  if (!event.detail.successful || !link.matches?.("[data-strip]")) return;
  for (const one of link.parentElement.querySelectorAll("a")) one.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
});

// "Note" on Today leads to a profile's composer: the field takes the typing at once.
if (window.location.hash === "#note") document.querySelector("#note textarea")?.focus();
