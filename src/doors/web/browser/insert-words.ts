/** A button that offers words puts them where the caret is and marks what is still to be filled in. Without it the server puts them in. */
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>("button[data-insert]") : null;
  const box = button?.form?.querySelector("textarea") ?? null;
  const words = button?.closest("li")?.querySelector("[data-words]")?.textContent ?? null;
  if (box === null || words === null) return;
  event.preventDefault();
  const isBehind = /\S$/.test(box.value.slice(0, box.selectionStart));
  const from = box.selectionStart + (isBehind ? 1 : 0);
  box.setRangeText(isBehind ? `\n${words}` : words, box.selectionStart, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
  const gap = /[{｛][^{}｛｝\n]+[}｝]/u.exec(words);
  if (gap !== null) box.setSelectionRange(from + gap.index, from + gap.index + gap[0].length);
});
