// A draft of the answers in this browser, only after somebody ticks that the device is their own.
// Nothing is sent to the portal. It is forgotten on sending and on unticking, and after 30 days.

const DAYS = 30;
const SKIPPED = new Set(["csrfmiddlewaretoken", "receipt", "code", "part", "language", "go"]);

function load(name) {
  try {
    const kept = JSON.parse(localStorage.getItem(name));
    return kept && Date.now() - kept.day < DAYS * 864e5 ? kept : null;
  } catch {
    return null;
  }
}

export function forget(name) {
  try { localStorage.removeItem(name); } catch { /* no storage here: nothing was kept */ }
}

function read(form) {
  const answers = {};
  for (const [name, value] of new FormData(form)) {
    if (!SKIPPED.has(name) && value !== "") (answers[name] ??= []).push(value);
  }
  return answers;
}

function write(form, answers) {
  const shown = new Set();
  for (const control of form.elements) {
    if (!control.name || SKIPPED.has(control.name) || control.type === "hidden") continue;
    shown.add(control.name);
    const values = answers[control.name] ?? [];
    if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
    else if (values.length) control.value = values[0];
  }
  // Answers to pages that are not shown here travel along, as they do without a draft.
  for (const old of form.querySelectorAll("[data-carried]")) old.remove();
  for (const [name, values] of Object.entries(answers)) {
    if (shown.has(name)) continue;
    for (const value of values) {
      const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      field.dataset.carried = "";
      form.prepend(field);
    }
  }
  form.dispatchEvent(new Event("restored"));
  for (const list of form.querySelectorAll("[data-ranking]")) list.dispatchEvent(new Event("restored"));
}

export function startDraft(form) {
  const own = form.querySelector("[data-own-device]");
  if (!own) return;
  const name = form.dataset.draft;
  const kept = load(name);
  const blank = Object.keys(read(form)).length === 0;
  if (kept) {
    own.checked = true;
    if (blank) write(form, kept.answers);
  }
  const keep = () => {
    if (!own.checked) return;
    try {
      localStorage.setItem(name, JSON.stringify({ day: Date.now(), answers: read(form) }));
    } catch {
      own.checked = false;
    }
  };
  own.addEventListener("change", () => { if (own.checked) keep(); else forget(name); });
  form.addEventListener("input", keep);
  form.addEventListener("ranked", keep);
  form.addEventListener("submit", keep);
}
