// The blocks of a newsletter can be dragged; without this file its buttons do the same.
import { startDragging } from "./dragging.js";

const outline = document.getElementById("blocks");
if (outline) {
  startDragging(outline, {
    lists: "#outline",
    items: "[data-move]",
    drop: (item, _list, to) => {
      htmx.ajax("POST", item.dataset.move, { target: "#outline", swap: "outerHTML", values: { to } });
    },
  });
}
