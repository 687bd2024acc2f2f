// The emoji panel of the composer: a table of the page's language (a line each: emoji, name, words; a blank line between groups), searched
// by the beginnings of words. What was used last stays in this browser.
{
  const storedAs = 'recent-emoji';
  const maxRecent = 16;
  const maxFound = 120;
  const tables = new Map();

  const parse = text => text.trim().split('\n\n').map(group => group.split('\n').map(line => {
    const [emoji, name, words = ''] = line.split('\t');
    return { emoji, name, words: ` ${name} ${words}`.toLocaleLowerCase() };
  }));

  const read = url => {
    if (!tables.has(url)) {
      tables.set(url, fetch(url).then(answer => answer.text()).then(parse));
    }
    return tables.get(url);
  };

  const recent = () => {
    try {
      return JSON.parse(localStorage.getItem(storedAs)) ?? [];
    } catch {
      return [];
    }
  };

  const element = (tag, text, attributes) => {
    const made = document.createElement(tag);
    made.textContent = text;
    for (const [name, value] of Object.entries(attributes ?? {})) {
      made.setAttribute(name, value);
    }
    return made;
  };

  const section = (title, found) => {
    const grid = element('div', '', { class: 'emoji-grid' });
    grid.append(...found.map(({ emoji, name }) =>
      element('button', emoji, { type: 'button', 'data-insert': emoji, title: name, 'aria-label': name })));
    const made = element('section', '');
    made.append(...title ? [element('h4', title)] : [], grid);
    return made;
  };

  window.showEmoji = async (list, url, titles) => {
    const panel = list.parentElement;
    const field = panel.querySelector('input');
    field.focus({ preventScroll: true });
    const groups = await read(url);
    const all = groups.flat();

    const showAll = () => {
      const last = recent().map(emoji => all.find(one => one.emoji === emoji)).filter(Boolean);
      list.replaceChildren(...last.length ? [section(list.dataset.recent, last)] : [], ...groups.map((group, i) => section(titles[i], group)));
    };
    const showFound = sought => {
      const named = one => one.name.toLocaleLowerCase().startsWith(sought[0]);
      const fitting = all.filter(one => sought.every(word => one.words.includes(` ${word}`)));
      const found = [...fitting.filter(named), ...fitting.filter(one => !named(one))].slice(0, maxFound);
      list.replaceChildren(found.length ? section('', found) : element('p', list.dataset.none, { class: 'hint', role: 'status' }));
    };

    panel.querySelector('.emoji-groups').replaceChildren(...groups.map((group, i) => {
      const button = element('button', group[0].emoji, { type: 'button', title: titles[i], 'aria-label': titles[i] });
      button.addEventListener('click', () => {
        field.value = '';
        showAll();
        list.scrollTop = list.children[list.children.length - groups.length + i].offsetTop;
      });
      return button;
    }));
    field.addEventListener('input', () => {
      const sought = field.value.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
      list.scrollTop = 0;
      (sought.length ? showFound : showAll)(sought);
    });
    field.addEventListener('keydown', event => {
      const first = list.querySelector('button');
      if (first && event.key === 'ArrowDown') {
        event.preventDefault();
        first.focus();
      } else if (first && event.key === 'Enter') {
        event.preventDefault();
        first.click();
      }
    });
    showAll();
  };

  document.addEventListener('click', event => {
    const emoji = event.target.closest?.('[data-grid] [data-insert]')?.dataset.insert;
    if (emoji) {
      localStorage.setItem(storedAs, JSON.stringify([emoji, ...recent().filter(other => other !== emoji)].slice(0, maxRecent)));
    }
  });

  // Arrows walk the grid as it stands, row by row.
  document.addEventListener('keydown', event => {
    const grid = event.target.closest?.('[data-grid]');
    if (!grid || !event.key.startsWith('Arrow')) {
      return;
    }
    event.preventDefault();
    const buttons = [...grid.querySelectorAll('button')];
    const index = buttons.indexOf(event.target);
    const onward = getComputedStyle(grid).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      buttons[index + (event.key === onward ? 1 : -1)]?.focus();
      return;
    }
    const rest = event.key === 'ArrowDown' ? buttons.slice(index + 1) : buttons.slice(0, Math.max(0, index)).reverse();
    const { offsetTop: top, offsetLeft: left } = event.target;
    const row = rest.find(button => button.offsetTop !== top)?.offsetTop;
    const distance = button => Math.abs(button.offsetLeft - left);
    rest.filter(button => button.offsetTop === row).sort((one, other) => distance(one) - distance(other))[0]?.focus();
  });
}
