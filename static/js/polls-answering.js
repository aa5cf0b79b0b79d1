// The answering page, better with script: questions that do not apply are hidden, "namely" opens
// where it is chosen, ranking by buttons or dragging, a draft on the own device, one sending.
// Without this file the page works as it is; the server decides everything again.
import { holds, readAnswers } from "./polls-branching.js";
import { startRanking } from "./polls-ranking.js";
import { startDraft } from "./polls-draft.js";
import { startPointed } from "./polls-pointed.js";

document.documentElement.classList.add("has-js");

function startBranching(form) {
  const guarded = [...form.querySelectorAll("[data-show-if]")];
  const conditions = new Map(guarded.map((part) => [part, JSON.parse(part.dataset.showIf)]));
  const update = () => {
    // In reading order: what is hidden does not count as answered for what follows.
    for (const part of guarded) {
      const shown = holds(conditions.get(part), readAnswers(form));
      part.hidden = !shown;
      part.toggleAttribute("data-hidden", !shown);
    }
  };
  form.addEventListener("change", update);
  form.addEventListener("ranked", update);
  form.addEventListener("restored", update);
  update();
}

function startNamely(form) {
  for (const box of form.querySelectorAll("[data-namely]")) {
    const choice = document.getElementById(box.dataset.namely);
    const text = box.querySelector("input");
    const update = () => {
      box.classList.toggle("is-open", choice.checked);
      if (!choice.checked && choice.type === "radio") text.value = "";
    };
    form.addEventListener("change", (event) => {
      if (event.target.name === choice.name) {
        update();
        if (event.target === choice && choice.checked) text.focus();
      }
    });
    form.addEventListener("restored", update);
    if (text.value && !choice.checked) choice.checked = true;
    update();
  }
}

function startSending(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) return event.preventDefault();
    sent = true;
    const button = event.submitter;
    if (button?.dataset.sending) button.textContent = button.dataset.sending;
  });
  // Back from the next page out of the browser's memory: it can be sent again.
  window.addEventListener("pageshow", () => { sent = false; });
}

for (const form of document.querySelectorAll("form[data-answer-form]")) {
  for (const list of form.querySelectorAll("[data-ranking]")) startRanking(list);
  startNamely(form);
  startBranching(form);
  startDraft(form);
  startPointed(form);
  startSending(form);
}
document.getElementById("error-summary")?.focus();
for (const link of document.querySelectorAll(".error-summary a")) {
  link.addEventListener("click", (event) => {
    const question = document.querySelector(link.getAttribute("href"));
    const control = question?.querySelector("input:not([type=hidden]), select, textarea");
    if (!control) return;
    event.preventDefault();
    question.scrollIntoView();
    control.focus({ preventScroll: true });
  });
}
