// Conditions in the browser: the same meaning as polls/questions/conditions.py, held to it by a test.

export function holds(condition, answers) {
  if (!condition || Object.keys(condition).length === 0) return true;
  if (condition.all) return condition.all.every((part) => holds(part, answers));
  if (condition.any) return condition.any.some((part) => holds(part, answers));
  const [code, row] = condition.question.split(".");
  let answer = answers[code];
  if (row) answer = answer && !Array.isArray(answer) ? answer[row] : undefined;
  return test(condition.op, answer, condition.value);
}

function test(op, answer, value) {
  if (op === "is_not") return !equal(answer, value);
  const empty = answer === undefined || answer === "" || (typeof answer === "object" && Object.keys(answer).length === 0);
  if (empty) return false;
  if (op === "answered") return true;
  if (op === "is" || op === "includes") return equal(answer, value);
  const left = Array.isArray(answer) ? answer.length : answer;
  if (typeof value === "number") {
    const number = typeof left === "number" ? left : Number(String(left).replace(",", "."));
    return op === "at_least" ? number >= value : number <= value;
  }
  return op === "at_least" ? String(left) >= String(value) : String(left) <= String(value);
}

function equal(answer, value) {
  if (Array.isArray(answer)) return answer.includes(String(value));
  if (typeof value === "number") return answer !== undefined && answer !== "" && Number(String(answer).replace(",", ".")) === value;
  return answer !== undefined && String(answer) === String(value);
}

// The answers as they stand in the form: hidden questions do not count.
export function readAnswers(form) {
  const answers = {};
  const ranks = {};
  for (const control of form.elements) {
    if (!control.name || control.closest?.("[data-hidden]")) continue;
    if ((control.type === "radio" || control.type === "checkbox") && !control.checked) continue;
    if (control.type === "submit" || control.value === "") continue;
    const [code, part] = control.name.split(".");
    if (part === "other" || part === "quote") continue;
    if (control.tagName === "SELECT") (ranks[code] ??= {})[part] = Number(control.value);
    else if (part) (answers[code] ??= {})[part] = control.value;
    else if (control.type === "checkbox") (answers[code] ??= []).push(control.value);
    else if (control.dataset.carried !== undefined && code in answers) answers[code] = [].concat(answers[code], control.value);
    else answers[code] = control.value;
  }
  for (const [code, places] of Object.entries(ranks)) {
    answers[code] = Object.keys(places).sort((a, b) => places[a] - places[b]);
  }
  return answers;
}
