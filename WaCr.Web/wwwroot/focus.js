// A list or panel that closes gives the focus back to what opened it, a round trip after the choice. Whoever writes in another field by
// then keeps it: letters typed meanwhile would go to the opener and be lost.
(() => {
  const openers = '.mud-select, .mud-picker, .mud-autocomplete, [aria-haspopup], [aria-expanded]';
  const surfaceOf = element => element.closest('.mud-popover, .pop-panel, .menu-panel, .mud-dialog, dialog');
  const fields = 'input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, [contenteditable]';
  let isOwnStep = false;
  let written;

  for (const step of ['pointerdown', 'mousedown', 'keydown', 'click']) {
    document.addEventListener(step, event => {
      if (event.isTrusted) {
        isOwnStep = true;
        setTimeout(() => { isOwnStep = false; });
        // Who types in a field has it, however it got the focus.
        if (step === 'keydown' && event.target.matches(fields)) {
          written = event.target;
        }
      }
    }, true);
  }

  document.addEventListener('focusin', ({ target, relatedTarget }) => {
    const opener = target.closest(openers);
    const isTaken = !isOwnStep && relatedTarget && relatedTarget === written && opener && !opener.contains(relatedTarget)
      && surfaceOf(target) === surfaceOf(relatedTarget) && !target.matches('[aria-invalid="true"]');
    if (isTaken) {
      relatedTarget.focus({ preventScroll: true });
    } else {
      written = isOwnStep && target.matches(fields) ? target : undefined;
    }
  }, true);
})();
