// The list of contacts by keyboard, and what a mouse does there that HTML has no word for. It presses the page's own buttons and links.
// The list of conversations has its own few.
(() => {
  const fields = 'input:not([type=checkbox]), textarea, select, [contenteditable]';
  const table = () => document.querySelector('table.contacts');
  const names = () => [...table().querySelectorAll('tbody .cell-name a[id]')];
  const rowOf = element => element?.closest?.('table.contacts tbody tr');
  const isElsewhere = target => target.closest?.(fields) || document.querySelector('dialog[open], .drawer, .mud-dialog, .pop-panel, details.menu[open]');

  const move = (from, by) => {
    const all = names();
    const index = all.findIndex(name => rowOf(name) === from);
    all[Math.max(0, Math.min(all.length - 1, index < 0 ? 0 : index + by))]?.focus();
  };
  const press = selector => document.querySelector(selector)?.click();

  // From where arrows and letters lead through the list of conversations: from itself, and where a page that was opened leaves the focus.
  const leads = target => target.matches?.('body, main, h1') || (target.closest?.('.inbox') && !target.closest(fields + ', .mud-popover, details.menu'));
  const talks = () => [...document.querySelectorAll('.inbox-list .inbox-row')];
  document.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.repeat && (event.ctrlKey || event.metaKey) && talks().length && !event.target.closest?.(fields)) {
      event.preventDefault();
      wacrList.next();
    }
  });

  // Alt and an arrow lead from one conversation to the next, also out of the field that is written in.
  document.addEventListener('keydown', event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? (event.altKey ? 0 : { j: 1, k: -1 }[event.key] ?? 0);
    const all = talks();
    if (!all.length || !step || event.ctrlKey || event.metaKey || event.shiftKey || document.querySelector('dialog[open], .mud-dialog')
        || event.target.closest?.('[role=combobox]:not(.search input), select')) {
      return;
    }
    const from = row => all.indexOf(row);
    if (event.altKey) {
      event.preventDefault();
      const open = from(document.querySelector('.inbox-row.open'));
      all[Math.max(0, Math.min(all.length - 1, open < 0 ? 0 : open + step))].click();
    } else if (event.target.matches?.('.inbox .search input') ? event.key === 'ArrowDown' : leads(event.target)) {
      event.preventDefault();
      const index = from(document.activeElement);
      all[index < 0 ? 0 : Math.max(0, Math.min(all.length - 1, index + step))].focus();
    }
  });

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
      case 'e': if (!row) { return; } row.querySelector('.quick:not(.message)')?.click(); break;
      case 'a': press('table.contacts thead .pick input'); break;
      case 'n': press('.pager a[rel="next"]'); break;
      case 'p': press('.pager a[rel="prev"]'); break;
      case 'Escape': press('.selection-bar > .mud-icon-button'); break;
      default: return;
    }
    event.preventDefault();
  });

  // Where a row shows nothing to press it opens the drawer, as its pencil does.
  document.addEventListener('click', event => {
    const row = rowOf(event.target);
    if (row && event.target.closest('td') && !event.target.closest('a, button, label, input') && !String(getSelection())) {
      row.querySelector('.quick:not(.message)')?.click();
    }
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

  // The width of a column: dragged at its header's edge, or by the arrow keys there. It follows at once, the server hears of it at the end.
  const sizing = edge => {
    const header = edge.closest('th');
    const columns = [...table().querySelectorAll('col')];
    const column = columns[[...header.parentElement.children].indexOf(header)];
    const others = columns.reduce((sum, other) => sum + (other === column ? 0 : parseFloat(other.style.width)), 0);
    const frame = table().parentElement.clientWidth;
    const set = width => {
      const now = Math.round(Math.max(edge.ariaValueMin, Math.min(edge.ariaValueMax, width)));
      column.style.width = now + 'px';
      table().style.minWidth = others + now + 'px';
      edge.ariaValueNow = now;
    };
    return {
      seen: header.offsetWidth,
      set,
      // A table that has room grows all its columns in proportion: this is the width that looks as wide as asked for.
      show: width => set(width + others < frame ? width * others / (frame - width) : width),
    };
  };
  const isMirrored = element => getComputedStyle(element).direction === 'rtl';
  const tellWidth = ({ currentTarget: edge }) => {
    const told = document.getElementById('column-width');
    told.value = edge.dataset.column + ':' + edge.ariaValueNow;
    told.dispatchEvent(new Event('change', { bubbles: true }));
  };
  document.addEventListener('pointerdown', event => {
    const edge = event.target.closest?.('.resize');
    if (!edge || event.button) {
      return;
    }
    event.preventDefault();
    const [column, start] = [sizing(edge), event.clientX];
    const end = new AbortController();
    document.addEventListener('pointermove', moved => column.show(column.seen + (isMirrored(edge) ? -1 : 1) * (moved.clientX - start)), end);
    ['pointerup', 'pointercancel'].forEach(kind => document.addEventListener(kind, () => { end.abort(); tellWidth({ currentTarget: edge }); }, end));
  });
  document.addEventListener('keydown', event => {
    const edge = event.target.closest?.('.resize');
    const step = { ArrowLeft: -10, ArrowRight: 10, Home: -1000, End: 1000 }[event.key];
    if (edge && step) {
      event.preventDefault();
      const direction = event.key.startsWith('Arrow') && isMirrored(edge) ? -1 : 1;
      sizing(edge).set(+edge.ariaValueNow + direction * step);
      edge.addEventListener('keyup', tellWidth, { once: true });
    }
  });

  // A row that is moved takes its whole picture along; Firefox drags nothing without data.
  document.addEventListener('dragstart', event => {
    const row = event.target.closest?.('.drag-handle')?.closest('li');
    if (row) {
      event.dataTransfer.setData('text/plain', '');
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setDragImage(row, isMirrored(row) ? row.offsetWidth - 20 : 20, 20);
    }
  });
  // Moved by key it keeps the focus, which the browser takes from what is put elsewhere in the page.
  let moving;
  const keep = new MutationObserver(() => document.activeElement === document.body && moving.focus());
  document.addEventListener('keydown', event => {
    const handle = event.target.closest?.('.drag-handle');
    if (handle && ['ArrowUp', 'ArrowDown', ' '].includes(event.key)) {
      event.preventDefault();
      moving = handle;
      keep.disconnect();
      keep.observe(handle.closest('ul'), { childList: true });
    }
  });

  // The row that was opened, until one comes back to the list. With these keys another tab opens, and nobody leaves.
  document.addEventListener('click', event => {
    const row = event.target.closest?.('table.contacts .cell-name a[id], a[data-row]');
    if (row && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
      const left = JSON.parse(sessionStorage.getItem('row') ?? '{}');
      const frame = row.closest('.table-frame');
      sessionStorage.setItem('row', JSON.stringify({ ...left, ...frame && { page: scrollY, top: frame.scrollTop }, id: row.dataset.row ?? row.id }));
    }
  }, true);

  window.wacrList = {
    comeBack: () => {
      const left = JSON.parse(sessionStorage.getItem('row') ?? '{}');
      sessionStorage.removeItem('row');
      const row = document.getElementById(left.id);
      if (row && document.activeElement?.matches('body, main, h1, a')) {
        scrollTo(0, left.page);
        row.closest('.table-frame').scrollTop = left.top;
        row.scrollIntoView({ block: 'nearest' });
        row.focus({ preventScroll: true });
      }
    },
    partly: (box, is) => { box.indeterminate = is; },
    // Beside a cell, inside the window; the first choice that holds has the focus.
    place: (panelId, besideId) => {
      const [panel, beside] = [document.getElementById(panelId), document.getElementById(besideId)];
      if (!panel || !beside) {
        return;
      }
      const [at, size] = [beside.getBoundingClientRect(), panel.getBoundingClientRect()];
      const below = innerHeight - at.bottom > Math.min(size.height, 240) + 8;
      panel.style.left = Math.max(8, Math.min(innerWidth - size.width - 8, at.left)) + 'px';
      panel.style.top = Math.max(8, below ? at.bottom + 4 : at.top - size.height - 4) + 'px';
      (panel.querySelector('[aria-pressed=true]') ?? panel.querySelector('button') ?? panel).focus({ preventScroll: true });
    },
    focus: id => document.getElementById(id)?.focus(),
    // At an area's first control, where the page is: of a filter that was chosen, after the way back to the others; of a panel that closes, at its button.
    begin: area => [...area.querySelectorAll('button, input')].find(control => !control.closest('.pop-head') && control.checkVisibility())
      ?.focus({ preventScroll: true }),
    // The field of the conversation that was opened, unless somebody is writing elsewhere and did not ask for it; by touch it would raise the keyboard.
    write: isAsked => {
      const active = document.activeElement;
      if (matchMedia('(hover: hover) and (pointer: fine)').matches && (isAsked || !active || active === document.body || active.matches('a, main, h1'))) {
        [...document.querySelectorAll('[data-enter-sends]')].find(field => field.checkVisibility())?.focus({ preventScroll: true });
      }
    },
    next: () => (document.querySelector('.inbox-row:not(.open)[data-next=unread]') ?? document.querySelector('.inbox-row:not(.open)[data-next]'))?.click(),
  };
})();
