// The list of contacts by keyboard, and what a mouse does there that HTML has no word for. It presses the page's own buttons and links.
(() => {
  const fields = 'input:not([type=checkbox]), textarea, select, [contenteditable]';
  const table = () => document.querySelector('table.contacts');
  const names = () => [...table().querySelectorAll('tbody .cell-name a[id]')];
  const rowOf = element => element?.closest?.('table.contacts tbody tr');
  const isElsewhere = target => target.closest?.(fields) || document.querySelector('dialog[open], .drawer, .mud-dialog, .pop-panel, details.menu[open]');

  const move = (from, by) => {
    const all = names();
    const at = all.findIndex(name => rowOf(name) === from);
    all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))]?.focus();
  };
  const press = selector => document.querySelector(selector)?.click();

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === '?' && !event.target.closest?.(fields)) {
      event.preventDefault();
      press('.shell[data-live] [data-opens="shortcuts"]');
      return;
    }
    if (!table()) {
      return;
    }
    if (event.key === 'ArrowDown' && event.target.matches?.('.search input')) {
      event.preventDefault();
      move(null, 0);
      return;
    }
    if (isElsewhere(event.target)) {
      return;
    }
    const row = rowOf(document.activeElement);
    const tick = row?.querySelector('.pick input');
    switch (event.key) {
      case 'ArrowDown': case 'j': move(row, 1); break;
      case 'ArrowUp': case 'k': move(row, -1); break;
      case ' ':
        if (!tick || document.activeElement.matches('button, input')) {
          return;
        }
        tick.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey: event.shiftKey }));
        break;
      case 'e': if (!row) { return; } row.querySelector('.quick')?.click(); break;
      case 'a': press('table.contacts thead .pick input'); break;
      case 'n': press('.pager a[rel="next"]'); break;
      case 'p': press('.pager a[rel="prev"]'); break;
      case 'Escape': press('.selection-bar > .mud-icon-button'); break;
      default: return;
    }
    event.preventDefault();
  });

  // Shift and a header: sort by it as well. Without this the browser opens another window.
  document.addEventListener('click', event => {
    const also = event.shiftKey && event.target.closest?.('a[data-with-shift]');
    if (also) {
      event.preventDefault();
      event.stopPropagation();
      Blazor.navigateTo(also.dataset.withShift);
    }
  }, true);

  // A header's edge is dragged: the column follows at once, the server hears of it at the end.
  document.addEventListener('pointerdown', event => {
    const edge = event.target.closest?.('.resize');
    if (!edge) {
      return;
    }
    event.preventDefault();
    const header = edge.closest('th');
    const column = table().querySelectorAll('col')[[...header.parentElement.children].indexOf(header)];
    const direction = getComputedStyle(header).direction === 'rtl' ? -1 : 1;
    const [start, width] = [event.clientX, header.offsetWidth];
    let now = width;
    const follow = moved => {
      now = Math.round(Math.max(72, Math.min(480, width + direction * (moved.clientX - start))));
      column.style.width = now + 'px';
    };
    const end = () => {
      document.removeEventListener('pointermove', follow);
      const told = document.getElementById('column-width');
      told.value = edge.dataset.column + ':' + now;
      told.dispatchEvent(new Event('change', { bubbles: true }));
    };
    document.addEventListener('pointermove', follow);
    document.addEventListener('pointerup', end, { once: true });
  });

  window.wacrList = { focus: id => document.getElementById(id)?.focus() };
})();
