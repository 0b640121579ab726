// Keys: "?" shows them, "/" goes to the page's search, "g" and a letter goes to a place of the rail.
const help = document.getElementById("keys");
let went = 0;

function isTyping(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function show() {
  if (help && !help.open) help.showModal();
}

function search() {
  const field = document.querySelector('main input[type="search"], main [data-search]');
  if (field) field.focus();
  else document.querySelector("[data-palette-open]")?.click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (Date.now() - went < 1500) {
    went = 0;
    const stop = document.querySelector(`.rail [data-go="${CSS.escape(event.key)}"]`);
    if (stop) {
      event.preventDefault();
      window.location.assign(stop.href);
    }
  } else if (event.key === "g") {
    went = Date.now();
  } else if (event.key === "?") {
    event.preventDefault();
    show();
  } else if (event.key === "/") {
    event.preventDefault();
    search();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys-open]")) show();
  if (help && event.target === help) help.close();
});
