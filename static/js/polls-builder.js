// The builder, better with script: questions can be dragged beside the buttons that move them, and
// the field for a number shows only where a comparison asks for one.

function startTests(root) {
  for (const field of root.querySelectorAll("[data-typed-for]")) {
    const select = document.getElementById(field.dataset.typedFor);
    const update = () => { field.hidden = !select.selectedOptions[0]?.textContent.includes("…"); };
    select.addEventListener("change", update);
    update();
  }
}

function startDragging(builder) {
  let dragged = null;
  const lists = () => builder.querySelectorAll("[data-questions]");
  const ready = () => {
    for (const item of builder.querySelectorAll("[data-question]")) item.draggable = true;
  };
  builder.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-question]");
    if (!dragged) return;
    dragged.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
  });
  builder.addEventListener("dragover", (event) => {
    if (!dragged) return;
    const over = event.target.closest("[data-question]");
    const list = event.target.closest("[data-questions]");
    if (!list) return;
    event.preventDefault();
    if (!over) { list.append(dragged); return; }
    if (over === dragged) return;
    const box = over.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) over.before(dragged); else over.after(dragged);
  });
  builder.addEventListener("drop", (event) => event.preventDefault());
  builder.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("is-dragged");
    const list = dragged.closest("[data-questions]");
    const values = {
      section: [...lists()].indexOf(list),
      to: [...list.querySelectorAll("[data-question]")].indexOf(dragged),
    };
    htmx.ajax("POST", dragged.dataset.move, { target: "#builder", swap: "innerHTML", values });
    dragged = null;
  });
  // A change replaces the list: the focus stays with what was moved.
  let focused = null;
  builder.addEventListener("htmx:beforeRequest", (event) => {
    const item = event.target.closest("[data-question]");
    focused = item && { id: item.id, value: document.activeElement?.value };
  });
  builder.addEventListener("htmx:afterSwap", () => {
    ready();
    if (!focused) return;
    const item = document.getElementById(focused.id);
    const again = item?.querySelector(`button[value="${focused.value}"]`) ?? item?.querySelector("a");
    again?.focus();
  });
  ready();
}

document.addEventListener("DOMContentLoaded", () => {
  startTests(document);
  const builder = document.getElementById("builder");
  if (builder) startDragging(builder);
});
