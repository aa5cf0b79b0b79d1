// Voting on statements, better with script: keys 1, 2 and 3, and a draft on the own device.
// Without this file every button is a form's button; with htmx only the ballot is replaced.
import { forget } from "./polls-draft.js";

document.documentElement.classList.add("has-js");
const DAYS = 30;

function load(name) {
  try {
    const kept = JSON.parse(localStorage.getItem(name));
    return kept && Date.now() - kept.day < DAYS * 864e5 && typeof kept.votes === "string" ? kept : null;
  } catch {
    return null;
  }
}

function startDraft(form) {
  const own = form.querySelector("[data-own-device]");
  if (!own) return;
  const name = form.dataset.draft;
  const added = () => [...form.querySelectorAll('input[name="added"]')].map((field) => field.value);
  const keep = () => {
    if (!own.checked) return;
    try {
      localStorage.setItem(name, JSON.stringify({ day: Date.now(), votes: form.elements.votes.value, added: added() }));
    } catch {
      own.checked = false; // no storage here: nothing is kept
    }
  };
  const kept = load(name);
  if (kept) own.checked = true;
  if (kept && (kept.votes || kept.added?.length) && !form.elements.votes.value && !added().length) {
    form.elements.votes.value = kept.votes;
    for (const value of kept.added ?? []) {
      form.querySelector("#ballot").prepend(Object.assign(document.createElement("input"), { type: "hidden", name: "added", value }));
    }
    const on = Object.assign(document.createElement("button"), { name: "go", value: "resume", hidden: true });
    form.append(on);
    form.requestSubmit(on);
    return;
  }
  keep();
  own.addEventListener("change", () => { if (own.checked) keep(); else forget(name); });
  document.addEventListener("htmx:afterSettle", keep);
}

function startKeys(form) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (event.target.closest("textarea, select, input:not([type=hidden], [type=checkbox])")) return;
    form.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
  });
}

for (const form of document.querySelectorAll("form[data-statements]")) {
  startDraft(form);
  startKeys(form);
  // What htmx may not show (an expired sign-in, a stale page) is shown as a page of its own.
  document.addEventListener("htmx:responseError", (event) => {
    const button = event.detail.elt;
    if (button.form === form && button.name === "go") form.requestSubmit(button);
  });
  // The heading of the next statement, so that a screen reader says it.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id === "ballot") document.querySelector("#ballot [autofocus]")?.focus();
  });
}
