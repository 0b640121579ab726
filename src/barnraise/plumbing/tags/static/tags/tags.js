// Offers existing tags for the name being typed: the list's entries are the line so far plus one tag.
(() => {
  if (window.barnraiseTags) return;
  window.barnraiseTags = true;
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

  const offer = (input) => {
    const list = document.getElementById(`${input.id}-offered`);
    const frame = input.closest("[data-offered]");
    if (!list || !frame) return;
    const names = frame.dataset.offered.split(",").filter(Boolean);
    const at = input.value.lastIndexOf(",");
    const before = at < 0 ? "" : `${input.value.slice(0, at + 1)} `;
    const typed = fold(input.value.slice(at + 1));
    const taken = new Set(before.split(",").map(fold));
    const fits = names.filter((name) => fold(name).includes(typed) && !taken.has(fold(name))).slice(0, 12);
    list.replaceChildren(...fits.map((name) => {
      const option = document.createElement("option");
      option.value = before + name;
      return option;
    }));
  };

  const begin = (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.hasAttribute("data-tags")) return;
    input.setAttribute("list", `${input.id}-offered`);
    offer(input);
  };
  document.addEventListener("focusin", begin);
  document.addEventListener("input", begin);
})();
