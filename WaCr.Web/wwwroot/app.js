// What needs no circuit: it works before one is up, and on the plain pages.
document.addEventListener('keydown', event => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 's') {
    const save = document.querySelector('[data-save]');
    if (save) {
      event.preventDefault();
      // The field that is being typed in tells its value on leaving it.
      document.activeElement?.blur?.();
      setTimeout(() => save.click());
    }
  }
  if (event.key === 'Escape') {
    const menu = document.querySelector('details.menu[open]');
    if (menu) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  }
  if (event.key === '/' && !event.target.closest?.('input, textarea, select, [contenteditable]')) {
    const search = document.querySelector('input[type=search]');
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
});

document.addEventListener('click', async event => {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(event.target) || event.target.closest('a, [data-closes]')) {
      menu.open = false;
    }
  }
  if (event.target.closest?.('[data-reload]')) {
    location.reload();
  }
  if (event.target.closest?.('[data-reconnect]') && !(await Blazor.reconnect())) {
    location.reload();
  }
  const copy = event.target.closest?.('[data-copy]');
  if (copy) {
    const source = document.getElementById(copy.dataset.copy);
    const said = copy.textContent;
    try {
      await navigator.clipboard.writeText(source.textContent);
    } catch {
      // Plain http has no clipboard: select it, so that Ctrl+C is all that is left to do.
      getSelection().selectAllChildren(source);
      return;
    }
    copy.textContent = 'Copied';
    setTimeout(() => { copy.textContent = said; }, 2000);
  }
});
