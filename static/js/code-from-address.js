// The square on a letter or card holds its code behind the "#" of the address, which browsers never
// send. Put it in the field, and take it out of the address bar.
const field = document.querySelector("[data-code-from-address]");

function scanned() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return ""; // half of an escaped sign: not what we printed
  }
}

function take() {
  const code = scanned();
  if (!field || !/^[0-9A-Za-z-]{8,40}$/.test(code)) return;
  field.value = code;
  history.replaceState(null, "", location.pathname + location.search);
}

take();
// Another card, scanned while the page stands open.
addEventListener("hashchange", take);
