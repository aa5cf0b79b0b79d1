// Sets a citation where the writer's cursor stands in the text of a section.
document.querySelectorAll("[data-cite]").forEach((button) => {
  button.addEventListener("click", () => {
    const field = document.getElementById("id_body");
    if (!field) return;
    const start = field.selectionStart ?? field.value.length;
    const before = field.value.slice(0, start);
    const gap = before && !/\s$/.test(before) ? " " : "";
    field.setRangeText(gap + button.dataset.cite, start, field.selectionEnd ?? start, "end");
    field.focus();
  });
});
