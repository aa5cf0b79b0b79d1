// The code out of the square: it stands behind the "#" of the address, which is never sent.
const field = document.querySelector("[data-code-from-address]");
const scanned = decodeURIComponent(location.hash.slice(1));
if (field && /^[0-9A-Za-z-]{8,40}$/.test(scanned)) {
  if (!field.value) field.value = scanned;
  history.replaceState(null, "", location.pathname);
}
