// A link in a mail points at an answer behind a "#", which no browser sends to a server. Here that
// answer is ticked and the page says so; it counts only once it is sent. What is no answer of the
// one question on this page is left alone.

export function startPointed(form) {
  const note = form.querySelector("[data-pointed]");
  const place = location.hash.slice(1);
  if (!note || !/^[\w-]+$/.test(place)) return;
  const option = document.getElementById(place);
  if (option?.type !== "radio" || option.form !== form) return;
  option.checked = true;
  option.dispatchEvent(new Event("change", { bubbles: true }));
  // The address that stays in this browser's history and bookmarks tells no answer.
  history.replaceState(history.state, "", location.pathname + location.search);
  // Written after the page, so that it is read out as well.
  setTimeout(() => { note.classList.add("is-shown"); }, 0);
}
