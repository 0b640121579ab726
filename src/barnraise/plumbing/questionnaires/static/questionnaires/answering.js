// Questions that need not be answered stay out of sight. Without this script they are there, and say when they are meant.
const questions = [...document.querySelectorAll("[data-asked-if]")];

function chosen(code) {
  const block = document.getElementById(`q-${code}`);
  if (!block || block.classList.contains("is-passed-over")) return [];
  const boxes = [...block.querySelectorAll("input[type=radio], input[type=checkbox]")];
  const ticked = boxes.filter((box) => box.checked).map((box) => box.value);
  return ticked.length || boxes.length !== 1 ? ticked : ["no"];
}

function look() {
  for (const block of questions) {
    const wanted = block.dataset.askedWhen.split(" ");
    const isAsked = chosen(block.dataset.askedIf).some((code) => wanted.includes(code));
    block.classList.toggle("is-passed-over", !isAsked);
  }
}

if (questions.length) {
  document.addEventListener("change", look);
  look();
}
