// The keys of a menu, answered here. MudBlazor answers them on the server: Enter presses nothing that the browser could hear of, and arrows
// go by the order in which entries were made, over those that are not shown, too.
{
  const entriesOf = list => [...list.querySelectorAll('[role=menuitem]')].filter(entry => entry.ariaDisabled !== 'true' && entry.checkVisibility());
  const listOf = opener => document.getElementById(opener.getAttribute('aria-controls') ?? '');
  const opens = entry => entry?.getAttribute('aria-haspopup') === 'menu';

  // Begins in the first entry, once it is there, unless the focus has gone elsewhere by then.
  const open = opener => {
    const watch = new MutationObserver(() => {
      const hasGone = document.activeElement !== opener;
      const list = hasGone ? null : listOf(opener);
      const first = list && entriesOf(list)[0];
      first?.focus();
      if (hasGone || document.activeElement !== opener) {
        watch.disconnect();
      }
    });
    watch.observe(document.body, { subtree: true, childList: true, attributeFilter: ['class', 'style', 'aria-controls'] });
    opener.click();
  };

  // Returns whether the key was answered.
  const answerOutside = (button, key) => {
    const isOpen = button.ariaExpanded === 'true';
    const list = listOf(button);
    if (list && key.startsWith('Arrow')) {
      entriesOf(list).at(key === 'ArrowUp' ? -1 : 0)?.focus();
    } else if (!isOpen && (key === 'Enter' || key === ' ')) {
      open(button);
    } else {
      return false;
    }
    return true;
  };

  const answer = (list, target, key) => {
    const entries = entriesOf(list);
    const index = entries.indexOf(target.closest('[role=menuitem]'));
    const entry = entries[index];
    const isRtl = getComputedStyle(list).direction === 'rtl';
    switch (isRtl ? { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' }[key] ?? key : key) {
      case 'Enter': case ' ':
        if (opens(entry)) {
          open(entry);
        } else {
          entry?.click();
        }
        break;
      case 'ArrowRight':
        if (opens(entry)) {
          open(entry);
        }
        break;
      case 'ArrowLeft':
        target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
        break;
      case 'ArrowDown': entries[(index + 1) % entries.length]?.focus(); break;
      case 'ArrowUp': entries.at(Math.max(index, 0) - 1)?.focus(); break;
      case 'Home': entries[0]?.focus(); break;
      case 'End': entries.at(-1)?.focus(); break;
      case 'Escape':
        document.querySelector(`[role=menuitem][aria-controls="${CSS.escape(list.querySelector('[role=menu]').id)}"]`)?.focus();
        return false;
      default: return false;
    }
    return true;
  };

  document.addEventListener('keydown', event => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    const list = event.target.closest?.('.mud-menu-list-wrapper');
    const button = event.target.closest?.('.mud-menu button[aria-haspopup=menu]');
    if (list ? answer(list, event.target, event.key) : button && answerOutside(button, event.key)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);

  // A space presses a button when it is let go.
  document.addEventListener('keyup', event => {
    if (event.key === ' ' && event.target.matches?.('.mud-menu button[aria-haspopup=menu]')) {
      event.preventDefault();
    }
  }, true);
}
