// The command palette: asks the desk for a list of links while one types; arrows choose, Enter opens.
const dialog = document.getElementById("palette");
const words = document.getElementById("palette-words");
const found = document.getElementById("palette-found");
let waiting = 0;
let asked = null;

function options() {
  return [...found.querySelectorAll('[role="option"]')];
}

// An option is one thing to a screen reader: its link becomes plain content, and the option itself leads on.
function flatten(fragment) {
  for (const link of fragment.querySelectorAll('[role="option"] a[href]')) {
    const line = document.createElement("span");
    line.className = "palette-line";
    line.append(...link.childNodes);
    link.closest('[role="option"]').dataset.href = link.getAttribute("href");
    link.replaceWith(line);
  }
}

function go(option, isApart) {
  if (!option) return;
  if (isApart) window.open(option.dataset.href, "_blank", "noopener");
  else window.location.assign(option.dataset.href);
}

function choose(option) {
  for (const other of options()) other.setAttribute("aria-selected", String(other === option));
  words.setAttribute("aria-expanded", String(Boolean(option)));
  if (!option) return words.removeAttribute("aria-activedescendant");
  option.id ||= `palette-option-${options().indexOf(option)}`;
  words.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function tell(sentence) {
  const line = document.createElement("p");
  line.className = "palette-none";
  line.textContent = sentence;
  found.replaceChildren(line);
  choose(null);
}

async function ask() {
  asked?.abort();
  asked = new AbortController();
  const foot = dialog.querySelector("[data-empty]");
  try {
    const address = `${dialog.dataset.source}?q=${encodeURIComponent(words.value.trim())}`;
    const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: asked.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    const fragment = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    flatten(fragment);
    found.replaceChildren(...fragment.childNodes);
    if (!options().length) return tell(foot.dataset.empty);
    choose(options()[0]);
  } catch (problem) {
    if (problem.name !== "AbortError") tell(foot.dataset.failed);
  }
}

function open() {
  if (dialog.open) return;
  document.querySelector("dialog[open]")?.close();
  dialog.showModal();
  words.select();
  ask();
}

function step(by) {
  const all = options();
  if (!all.length) return;
  const now = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  choose(all[(now + by + all.length) % all.length]);
}

if (dialog) {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-palette-open]")) open();
    if (event.target === dialog) dialog.close();
  });
  found.addEventListener("click", (event) => go(event.target.closest('[role="option"]'), event.ctrlKey || event.metaKey));
  words.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  });
  words.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      go(found.querySelector('[aria-selected="true"]'), event.ctrlKey || event.metaKey);
    }
  });
}
