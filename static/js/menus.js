// Menus are <details>. Here they close on Escape and on a click elsewhere, and the menu of the
// small screen opens its list in browsers that lack :has().
const open = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    if (menu.contains(document.activeElement) || menu.matches(".menu-nav")) menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of open()) {
    if (!menu.contains(event.target) && !event.target.closest(".sitenav")) menu.open = false;
  }
});
for (const menu of document.querySelectorAll("details.menu-nav")) {
  menu.addEventListener("toggle", () => {
    document.querySelector(".sitenav")?.classList.toggle("is-open", menu.open);
  });
}
