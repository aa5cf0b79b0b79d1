// A shared screen: back to the beginning, with nothing left, when nobody touches it for a while.
const QUIET_SECONDS = 120;
const start = document.querySelector("[data-kiosk]").dataset.kiosk;
let timer;
function forget() {
  for (const form of document.forms) form.reset();
  sessionStorage.clear();
  location.replace(start);
}
function touch() {
  clearTimeout(timer);
  timer = setTimeout(forget, QUIET_SECONDS * 1000);
}
for (const event of ["pointerdown", "keydown", "input", "scroll"]) document.addEventListener(event, touch, { passive: true });
// Back out of the browser's memory would show the person before.
window.addEventListener("pageshow", (event) => { if (event.persisted) forget(); });
touch();
