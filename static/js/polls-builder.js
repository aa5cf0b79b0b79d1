// The builder, better with script: questions can be dragged beside the buttons that move them, the
// field for a number shows only where a comparison asks for one, and after a change the focus stands
// where the next thing is likely to be done.

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

// A moved question keeps the focus by itself (dragging.js). A copy gets it, what follows on something
// taken out, a part that moved, and a part that was added.
function startFocus(builder) {
  const questions = () => [...builder.querySelectorAll("[data-question]")];
  const adding = (at) => builder.querySelector(`[data-part="${at}"] select[name=kind]`);
  let next = null;
  builder.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target;
    const part = form.closest("[data-part]");
    const item = form.closest("[data-question]");
    const at = Number(part?.dataset.part);
    const place = questions().indexOf(item);
    const link = (n) => questions()[n]?.querySelector("a");
    const step = event.detail.requestConfig?.triggeringEvent?.submitter?.value;
    next = null;
    if (form.matches("[data-copy]")) next = () => link(place + 1);
    else if (form.matches("[data-remove]")) next = () => link(place) ?? link(place - 1) ?? adding(at);
    else if (part && !item) {
      next = () => {
        const moved = builder.querySelector(`[data-part="${step === "up" ? at - 1 : at + 1}"]`);
        return moved?.querySelector(`.build-head button[value="${step}"]:enabled`)
          ?? moved?.querySelector(".build-head button:enabled");
      };
    } else if (!item) next = () => adding(builder.querySelectorAll("[data-part]").length - 1);
  });
  builder.addEventListener("htmx:afterSwap", () => {
    next?.()?.focus();
    next = null;
  });
}

startTests(document);
const builder = document.getElementById("builder");
if (builder) {
  startBuilder(builder);
  startFocus(builder);
}
