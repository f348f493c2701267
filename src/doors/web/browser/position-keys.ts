/**
 * Keys by position, not by character, so that a Chinese input method does not swallow them: whatever bears `data-key` is pressed by the
 * key of that code (`Shift+Slash`: with the shift key), outside of fields, where no other key is held. Escape leaves a field.
 */
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  const { target } = event;
  if (target instanceof HTMLElement && isField(target)) {
    if (event.code === "Escape") target.blur();
    return;
  }
  const key = event.shiftKey ? `Shift+${event.code}` : event.code;
  const meant = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  if (meant === null) return;
  event.preventDefault();
  if (meant instanceof HTMLInputElement) meant.focus();
  meant.click();
});

function isField(target: HTMLElement): boolean {
  if (target instanceof HTMLInputElement) return target.type !== "radio" && target.type !== "checkbox";
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}
