// Making a poll: only the fields that the choices made ask for. Without script all are there.

function when(names, test, ...targets) {
  const fields = document.querySelectorAll(`[name="${names}"]`);
  if (!fields.length) return;
  const update = () => {
    const value = [...fields].find((field) => field.checked)?.value ?? fields[0].value;
    for (const target of targets.filter(Boolean)) target.hidden = !test(value);
  };
  for (const field of fields) field.addEventListener("change", update);
  update();
}

document.addEventListener("DOMContentLoaded", () => {
  const box = (id) => document.getElementById(id);
  when("kind", (kind) => ["single", "multiple", "ranking"].includes(kind), box("div_id_answers"), box("div_id_has_other"));
  const audience = document.querySelector("[data-audience]");
  when("audience", (who) => who === "chosen", audience);
  when("audience", (who) => { if (who === "chosen" && audience) audience.open = true; return true; });
  const selection = document.querySelector("[data-selection]");
  when("audience", (who) => who === "saved", selection);
  when("audience", (who) => { if (who === "saved" && selection) selection.open = true; return true; });
  const readers = document.querySelector("[data-readers]");
  when("mode", (mode) => mode === "named", readers);
  when("mode", (mode) => { if (mode === "named" && readers) readers.open = true; return true; });
});
