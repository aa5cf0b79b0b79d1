// Signing in on the way to a place on a page ("#..."): the place goes along through the forms, in the
// browser only. A form sends nothing that stands behind the "#".
(() => {
  const place = location.hash;
  if (!/^#[\w-]+$/.test(place)) return;
  const led = (address) => {
    const to = new URL(address, location.href);
    to.hash = place;
    return to.href;
  };
  for (const form of document.querySelectorAll("main form")) form.action = led(form.action);
  for (const button of document.querySelectorAll("main [formaction]")) {
    button.formAction = led(button.formAction);
  }
  for (const link of document.querySelectorAll("main a[href*='/accounts/']")) link.href = led(link.href);
})();
