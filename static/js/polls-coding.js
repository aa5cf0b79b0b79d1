// Filing answers under themes by keyboard. Without this the same form is ticked and sent by hand.

const form = document.querySelector("[data-coding]");
const awaited = document.querySelector("[data-awaited]");

// The worker answers in seconds: look again while nobody is typing, and not for ever.
if (awaited && performance.now() < 600000) {
  setTimeout(() => { if (!document.activeElement?.matches("input, textarea, select")) location.reload(); }, 4000);
}

if (form) {
  const boxes = [...form.querySelectorAll('input[name="answer"]')];
  const ticked = form.querySelector("[data-ticked]");
  const theme = form.querySelector('select[name="theme"]');
  const file = form.querySelector('button[value="on"]');
  form.querySelector("[data-keys]").hidden = false;

  const tell = () => {
    const n = boxes.filter((box) => box.checked).length;
    ticked.textContent = n === 0 ? "" : n === 1 ? ticked.dataset.one : ticked.dataset.many.replace("{n}", n);
  };
  form.addEventListener("change", tell);
  tell();

  const at = () => boxes.indexOf(document.activeElement);
  const go = (step) => {
    const next = boxes[Math.min(Math.max(at() + step, 0), boxes.length - 1)];
    next.focus();
    next.closest("li").scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type=checkbox]), textarea, select")) return;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(at() < 0 ? 1 : -1);
    else if (event.key === "x" && at() >= 0) { boxes[at()].checked = !boxes[at()].checked; tell(); }
    else if (event.key === "a") {
      const all = boxes.every((box) => box.checked);
      for (const box of boxes) box.checked = !all;
      tell();
    } else if (/^[1-9]$/.test(event.key) && theme?.options[event.key]) {
      // A number files what is ticked, or the answer that has the focus.
      if (!boxes.some((box) => box.checked) && at() >= 0) boxes[at()].checked = true;
      if (!boxes.some((box) => box.checked)) return;
      theme.selectedIndex = Number(event.key);
      form.requestSubmit(file);
    } else return;
    event.preventDefault();
  });

  // Back where one was: the address names the answer that was filed last. After loading, because
  // going to the place in the address takes the focus away again.
  const last = location.hash.startsWith("#antwoord-") && document.getElementById(location.hash.slice(1));
  const back = () => setTimeout(() => last.querySelector("input").focus());
  if (last && document.readyState === "complete") back();
  else if (last) window.addEventListener("load", back);
}
