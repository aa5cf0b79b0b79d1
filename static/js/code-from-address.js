// The square on a letter holds the code behind the "#" of the address, which browsers never send.
// Put it in the field, and take it out of the address bar.
const field = document.querySelector("[data-code-from-address]");
const code = decodeURIComponent(location.hash.slice(1));
if (field && code) {
  field.value = code;
  history.replaceState(null, "", location.pathname + location.search);
}
