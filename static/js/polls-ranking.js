// Ranking by buttons or by dragging instead of by choosing a number from each list.
// The lists stay in the page, out of sight, and hold what is sent.

export function startRanking(list) {
  const items = () => [...list.querySelectorAll("[data-rank-item]")];
  const places = Number(list.dataset.places);
  const live = document.createElement("p");
  live.className = "visually-hidden";
  live.setAttribute("role", "status");
  list.after(live);
  const select = (item) => item.querySelector("select");
  const name = (item) => item.querySelector("label").textContent;
  // Nothing is ranked until somebody moves something: an order nobody chose is no answer.
  let touched = items().some((item) => select(item).value);
  if (touched) {
    const rank = (item) => Number(select(item).value || 99);
    for (const item of items().sort((a, b) => rank(a) - rank(b))) list.append(item);
  }

  for (const item of items()) {
    select(item).hidden = true;
    item.insertAdjacentHTML("afterbegin", '<span class="place" aria-hidden="true"></span>');
    const moves = document.createElement("span");
    moves.className = "moves";
    for (const [step, sign, word] of [[-1, "↑", list.dataset.up], [1, "↓", list.dataset.down]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = sign;
      button.dataset.step = step;
      button.setAttribute("aria-label", `${word}: ${name(item)}`);
      button.addEventListener("click", () => move(item, step));
      moves.append(button);
    }
    item.append(moves);
    item.draggable = true;
  }

  function move(item, step) {
    const all = items();
    const to = all.indexOf(item) + step;
    if (to < 0 || to >= all.length) { touched = true; return show(item); }
    if (step < 0) all[to].before(item); else all[to].after(item);
    touched = true;
    show(item);
    item.querySelector(`[data-step="${step}"]`).focus();
  }

  function show(moved) {
    items().forEach((item, at) => {
      const place = at + 1;
      const ranked = touched && place <= places;
      select(item).value = ranked ? String(place) : "";
      item.querySelector(".place").textContent = ranked ? place : "–";
      item.classList.toggle("is-out", !ranked);
      item.querySelector('[data-step="-1"]').setAttribute("aria-disabled", String(at === 0 && touched));
      item.querySelector('[data-step="1"]').setAttribute("aria-disabled", String(place === items().length));
    });
    if (moved) {
      const value = select(moved).value;
      live.textContent = `${name(moved)}: ${value ? `${list.dataset.place} ${value}` : list.dataset.out}`;
      list.dispatchEvent(new Event("ranked", { bubbles: true }));
    }
  }

  let dragged = null;
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-rank-item]");
    dragged?.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-rank-item]");
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) over.before(dragged); else over.after(dragged);
  });
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("is-dragged");
    touched = true;
    show(dragged);
    dragged = null;
  });
  list.addEventListener("restored", () => { touched = items().some((item) => select(item).value); show(); });
  show();
}
