// Shows only the reading choices that fit the field a column becomes. Without it all are shown.
function read(id) { return JSON.parse(document.getElementById(id)?.textContent ?? "{}"); }
const kinds = read("field-kinds");
const hints = read("field-hints");

function fit(column) {
  const chosen = column.querySelector("select[name^='column-']").value;
  for (const part of column.querySelectorAll("[data-for]")) {
    part.hidden = !part.dataset.for.split(" ").includes(kinds[chosen] ?? "");
  }
  column.classList.toggle("is-left-out", chosen === "");
  const hint = column.querySelector("[data-hint]");
  hint.textContent = hints[chosen] ?? "";
  hint.hidden = !hint.textContent;
  const sure = column.querySelector("[data-sure]");
  if (sure) sure.hidden = sure.dataset.sure !== chosen;
}

function needed() {
  const taken = new Set([...document.querySelectorAll("select[name^='column-']")].map((select) => select.value));
  for (const field of document.querySelectorAll("[name^='shared-']")) if (field.value.trim()) taken.add(field.name.slice(7));
  for (const one of document.querySelectorAll("[data-needed]")) one.classList.toggle("is-there", taken.has(one.dataset.needed));
}

for (const field of document.querySelectorAll("[name^='shared-']")) field.addEventListener("input", needed);
for (const column of document.querySelectorAll("[data-column]")) {
  fit(column);
  column.addEventListener("change", () => { fit(column); needed(); });
}
needed();
