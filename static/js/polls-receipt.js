// The receipt code: copy it, keep it on the own device, fill it in again; forget the draft once sent.
import { forget } from "./polls-draft.js";

document.documentElement.classList.add("has-js");
const NAME = "orportaal-receipts";

function receipts() {
  try { return JSON.parse(localStorage.getItem(NAME)) ?? {}; } catch { return {}; }
}

for (const mark of document.querySelectorAll("[data-forget-draft]")) forget(mark.dataset.forgetDraft);

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const source = document.querySelector(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
      button.textContent = button.dataset.copied;
    } catch {
      getSelection().selectAllChildren(source); // no clipboard here: selected, ready to copy
    }
  });
}

for (const button of document.querySelectorAll("[data-keep-receipt]")) {
  button.addEventListener("click", () => {
    try {
      localStorage.setItem(NAME, JSON.stringify({ ...receipts(), [button.dataset.keepReceipt]: button.dataset.code }));
      button.textContent = button.dataset.kept;
      button.disabled = true;
    } catch {
      button.hidden = true;
    }
  });
}

for (const field of document.querySelectorAll("[data-receipt-for]")) {
  const code = receipts()[field.dataset.receiptFor];
  if (code && !field.value) field.value = code;
}
