// The slash key goes to the search box, as on many sites; where it is folded away, to its page.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const box = [...document.querySelectorAll("[data-search]")].find((each) => each.offsetParent);
  const link = document.querySelector(".masthead-search-link");
  if (!box && !link) return;
  event.preventDefault();
  if (box) box.focus();
  else link.click();
});
