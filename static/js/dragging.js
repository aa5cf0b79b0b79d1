// Lists whose items can be dragged to another place, beside the buttons that move them. The list
// inside `root` may be replaced by htmx: what is new can be dragged too, and the focus stays with
// what was moved.

// `lists` and `items` are selectors; `drop(item, list, place)` tells the portal.
export function startDragging(root, { lists, items, drop }) {
  let dragged = null;
  const ready = () => {
    for (const item of root.querySelectorAll(items)) item.draggable = true;
  };
  root.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(items) ?? null;
    if (!dragged) return;
    dragged.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
  });
  root.addEventListener("dragover", (event) => {
    if (!dragged) return;
    const over = event.target.closest(items);
    const list = event.target.closest(lists);
    if (!list) return;
    event.preventDefault();
    if (!over) { list.append(dragged); return; }
    if (over === dragged) return;
    const box = over.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) over.before(dragged); else over.after(dragged);
  });
  root.addEventListener("drop", (event) => event.preventDefault());
  root.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("is-dragged");
    const list = dragged.closest(lists);
    drop(dragged, list, [...list.querySelectorAll(items)].indexOf(dragged));
    dragged = null;
  });
  let focused = null;
  root.addEventListener("htmx:beforeRequest", (event) => {
    const item = event.target.closest(items);
    focused = item && { id: item.id, value: document.activeElement?.value };
  });
  root.addEventListener("htmx:afterSwap", () => {
    ready();
    if (!focused) return;
    const item = document.getElementById(focused.id);
    const again = item?.querySelector(`button[value="${focused.value}"]:enabled`);
    (again ?? item?.querySelector("button[name=step]:enabled") ?? item?.querySelector("a, button"))?.focus();
    focused = null;
  });
  ready();
}
