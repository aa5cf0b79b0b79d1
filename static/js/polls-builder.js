// The builder, better with script: questions can be dragged beside the buttons that move them, and
// the field for a number shows only where a comparison asks for one.

import { startDragging } from "./dragging.js";

function startTests(root) {
  for (const field of root.querySelectorAll("[data-typed-for]")) {
    const select = document.getElementById(field.dataset.typedFor);
    const update = () => { field.hidden = !select.selectedOptions[0]?.textContent.includes("…"); };
    select.addEventListener("change", update);
    update();
  }
}

function startBuilder(builder) {
  startDragging(builder, {
    lists: "[data-questions]",
    items: "[data-question]",
    drop: (item, list, to) => {
      const section = [...builder.querySelectorAll("[data-questions]")].indexOf(list);
      htmx.ajax("POST", item.dataset.move, {
        target: "#builder", swap: "innerHTML", values: { section, to },
      });
    },
  });
}

startTests(document);
const builder = document.getElementById("builder");
if (builder) startBuilder(builder);
