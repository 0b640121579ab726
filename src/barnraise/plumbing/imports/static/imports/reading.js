// Reads the files again as soon as another encoding or table is chosen. Without it the button does.
for (const form of document.querySelectorAll("[data-reads]")) {
  form.addEventListener("change", (event) => {
    if (!event.target.matches("input[type=radio][name$='-encoding'], select[name$='-sheet']")) return;
    form.requestSubmit(form.querySelector("button[name=again]"));
  });
}
