// What closes gives the focus back to what opened it, and what opens gives it to its first control, a round trip after the press. Whoever
// writes in a field by then keeps it: letters typed meanwhile would go elsewhere and be lost.
(() => {
  const openers = '.mud-select, .mud-picker, .mud-autocomplete, [aria-haspopup], [aria-expanded]';
  const surfaceOf = element => element.closest('.mud-popover, .pop-panel, .menu-panel, .mud-dialog, dialog');
  const fields = 'input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, [contenteditable]';
  let isOwnStep = false;
  let written;
  let isCommand = false; // the last key in it asked for something, such as Enter, that may move the focus

  for (const step of ['pointerdown', 'mousedown', 'keydown', 'click']) {
    document.addEventListener(step, event => {
      if (event.isTrusted) {
        isOwnStep = true;
        setTimeout(() => { isOwnStep = false; });
        // Who types in a field has it, however it got the focus.
        if (step === 'keydown' && event.target.matches(fields)) {
          written = event.target;
          const isLetter = event.key.length === 1 || ['Backspace', 'Delete', 'Process', 'Dead'].includes(event.key);
          isCommand = !isLetter || event.ctrlKey || event.altKey || event.metaKey;
        }
      }
    }, true);
  }

  document.addEventListener('focusin', ({ target, relatedTarget }) => {
    const opener = target.closest(openers);
    const isTaken = !isOwnStep && relatedTarget && relatedTarget === written && surfaceOf(target) === surfaceOf(relatedTarget)
      && !target.matches('[aria-invalid="true"]') && (opener ? !opener.contains(relatedTarget) : !isCommand);
    if (isTaken) {
      relatedTarget.focus({ preventScroll: true });
    } else {
      written = isOwnStep && target.matches(fields) ? target : undefined;
      isCommand = false;
    }
  }, true);
})();
