// Shows only the reading choices that fit the field a column is mapped to. Without it, all are shown.
const kinds = JSON.parse(document.getElementById("field-kinds")?.textContent ?? "{}");

function fit(column) {
  const select = column.querySelector("select[name^='column-']");
  const kind = kinds[select.value] ?? "";
  for (const part of column.querySelectorAll("[data-for]")) {
    part.hidden = !part.dataset.for.split(" ").includes(kind);
  }
  column.classList.toggle("is-left-out", select.value === "");
}

for (const column of document.querySelectorAll("[data-column]")) {
  fit(column);
  column.addEventListener("change", () => fit(column));
}
