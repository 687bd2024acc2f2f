// A key that belongs to an input method is nobody else's. Safari tells the Enter that ends a word after the word has ended: there its code alone
// gives it away.
addEventListener('keydown', event => {
  if (event.isComposing || (event.key === 'Enter' && event.keyCode === 229)) {
    event.stopImmediatePropagation();
  }
}, true);

// What needs no circuit: it works before one is up, and on the plain pages.
document.addEventListener('keydown', event => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 's') {
    const save = document.querySelector('[data-save]');
    if (save) {
      event.preventDefault();
      // The field that is being typed in tells its value on leaving it, and has the focus again for what is typed next.
      const field = document.activeElement;
      field?.blur?.();
      setTimeout(() => {
        save.click();
        field?.focus?.({ preventScroll: true });
      });
    }
  }
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
    const opener = document.querySelector('.shell[data-live] [data-opens="global-search"]');
    if (opener) {
      event.preventDefault();
      opener.click();
    }
  }
  const finder = event.target.closest?.('dialog.finder');
  if (finder && ['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key) && event.target.matches('input')) {
    event.preventDefault();
    if (event.key === 'Enter') {
      openHit();
    } else {
      moveChoice(event.key === 'ArrowDown' ? 1 : -1);
    }
  }
  if (event.key === 'Escape') {
    const menu = document.querySelector('details.menu[open]');
    if (menu) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  }
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z'
      && !event.target.closest?.('input, textarea, select, [contenteditable]')) {
    // The youngest toast's; in a field the key is the field's own.
    [...document.querySelectorAll('[data-undo]')].pop()?.click();
  }
  if (event.key === 'Enter' && !event.shiftKey && event.target.matches?.('[data-enter-sends]')) {
    event.preventDefault();
    if (event.repeat) {
      return; // held down for too long, not sent again
    }
    sendText(event.target);
    if (event.ctrlKey || event.metaKey) {
      wacrList.next();
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

// The search over everything: which hit is chosen is known here alone, so that keys wait for no server. The hits of fewer letters stand there
// until the server has answered: Enter waits for those of what is in the field.
let opensWhenFound = false;
let foundFor;
const hits = () => [...document.querySelectorAll('#finder-hits [role="option"]')];
const chosenHit = () => document.querySelector('#finder-hits [aria-selected="true"]');

function chooseHit(hit) {
  hits().forEach(other => other.setAttribute('aria-selected', String(other === hit)));
  document.querySelector('dialog.finder input').setAttribute('aria-activedescendant', hit?.id ?? '');
}

function moveChoice(step) {
  const all = hits();
  chooseHit(all[(all.indexOf(chosenHit()) + step + all.length) % all.length]);
}

function openHit() {
  opensWhenFound = document.getElementById('finder-hits').dataset.for !== document.querySelector('dialog.finder input').value;
  if (!opensWhenFound) {
    chosenHit()?.click();
  }
}

function takeHits() {
  const found = document.getElementById('finder-hits').dataset.for;
  if (found !== foundFor || !chosenHit()) {
    foundFor = found;
    chooseHit(hits()[0]);
  }
  if (opensWhenFound) {
    openHit();
  }
}

const hitsWatch = new MutationObserver(takeHits);
function watchHits(dialog) {
  if (dialog.matches('.finder')) {
    takeHits();
    hitsWatch.observe(dialog, { subtree: true, childList: true, attributeFilter: ['data-for'] });
  }
}
for (const ends of ['input', 'close']) {
  document.addEventListener(ends, event => {
    if (event.target.closest('dialog.finder')) {
      opensWhenFound = false;
    }
  }, true);
}

// In a menu or a panel the arrow keys lead from one control to the next, and a letter to the next entry that begins with it.
document.addEventListener('keydown', event => {
  const panel = event.target.closest?.('.pop-panel, .menu-panel') ?? event.target.closest?.('details.menu[open]')?.querySelector('.menu-panel');
  const writes = 'input:not([type=checkbox]), textarea, select, [role=combobox], .drag-handle';
  if (!panel || event.ctrlKey || event.metaKey || event.altKey || event.target.matches(writes)) {
    return;
  }
  const all = [...panel.querySelectorAll('a[href], button, input')].filter(control => !control.disabled && control.checkVisibility());
  const index = all.indexOf(document.activeElement);
  const begins = control => control.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase());
  const found = { ArrowDown: all[index + 1] ?? all[0], ArrowUp: all[index - 1] ?? all.at(-1), Home: all[0], End: all.at(-1) }[event.key]
    ?? (event.key.length === 1 && event.key !== ' ' && [...all.slice(index + 1), ...all.slice(0, Math.max(index, 0))].find(begins));
  if (found) {
    event.preventDefault();
    found.focus();
  }
});

document.addEventListener('click', async event => {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(event.target) || event.target.closest('a, [data-closes]')) {
      menu.open = false;
    }
  }
  const opens = event.target.closest?.('.shell[data-live] [data-opens]');
  if (opens) {
    const dialog = document.getElementById(opens.dataset.opens);
    if (!dialog.open) {
      dialog.showModal();
      dialog.querySelector('input')?.select();
      watchHits(dialog);
    }
  }
  // A link in it leads away, a click on its ground is one on the dialog itself.
  const dialog = event.target.closest?.('dialog[open]');
  if (dialog && (event.target === dialog || event.target.closest('a, [data-closes-dialog]'))) {
    dialog.close();
  }
  if (event.target.closest?.('[data-reload]')) {
    reload();
  }
  if (event.target.closest?.('[data-reconnect]') && !(await Blazor.reconnect())) {
    reload();
  }
  const copy = event.target.closest?.('[data-copy]');
  if (copy) {
    const source = document.getElementById(copy.dataset.copy);
    const face = copy.querySelector('.mud-button-label') ?? copy;
    const said = face.textContent;
    if (!(await copyText(source.textContent.trim()))) {
      // Select it, so that Ctrl+C is all that is left to do.
      getSelection().selectAllChildren(source);
      return;
    }
    if (!copy.dataset.copied) {
      return; // what is copied is said elsewhere
    }
    face.textContent = copy.dataset.copied;
    setTimeout(() => { face.textContent = said; }, 2000);
  }
});

// Answers whether the text was copied. Plain http has no clipboard, and a browser may refuse once the click is too long ago: a field that
// is selected can still be copied then.
window.copyText = async text => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const [field, before] = [document.createElement('textarea'), document.activeElement];
    field.value = text;
    field.style.cssText = 'position: fixed; inset: 0 auto auto 0; opacity: 0';
    document.body.append(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    before?.focus?.({ preventScroll: true });
    return copied;
  }
};

// Toasts and the word about the connection float above what is pressed or typed in at the bottom, however high that has grown.
const feet = '.selection-bar, .form-foot, .composer, .write';
function lift() {
  const tops = [...document.querySelectorAll(feet)].map(foot => foot.getBoundingClientRect())
    .filter(({ top, bottom, height }) => height > 1 && top < innerHeight && bottom > innerHeight - 140).map(({ top }) => top);
  document.documentElement.style.setProperty('--above-foot', tops.length ? `${innerHeight - Math.min(...tops) + 8}px` : '');
}
const grown = new ResizeObserver(lift);
const watched = new WeakSet();
new MutationObserver(() => document.querySelectorAll(feet + ', .toasts, .reconnect').forEach(part => {
  if (!watched.has(part)) {
    watched.add(part);
    grown.observe(part);
  }
})).observe(document.documentElement, { subtree: true, childList: true });
addEventListener('scroll', () => document.querySelector('.toast') && lift(), { capture: true, passive: true });

// The eye beside a password. It is hidden again before it is sent, so that no browser keeps it among the texts of its forms.
function showPassword(eye, shows) {
  eye.setAttribute('aria-pressed', String(shows));
  eye.previousElementSibling.type = shows ? 'text' : 'password';
  [...eye.children].forEach((icon, index) => icon.classList.toggle('d-none', (index === 1) !== shows));
}
document.addEventListener('click', event => {
  const eye = event.target.closest?.('[data-shows-password]');
  if (eye) {
    showPassword(eye, eye.ariaPressed !== 'true');
  }
});
document.addEventListener('submit', event => event.target.querySelectorAll('[data-shows-password]').forEach(eye => showPassword(eye, false)), true);

// A file goes up as it is, past the circuit, and says how far it is.
function upload(form, file) {
  const said = form.querySelector('[data-said]');
  const bar = form.querySelector('progress');
  const input = form.querySelector('input[type=file]');
  const say = (text, bad) => {
    said.textContent = text;
    said.classList.toggle('bad', bad);
    bar.hidden = bad;
    input.disabled = !bad;
    input.value = '';
  };
  if (file.size > Number(form.dataset.largest)) {
    say(form.dataset.tooLarge, true);
    return;
  }
  const request = new XMLHttpRequest();
  request.open('POST', `${form.getAttribute('action')}?name=${encodeURIComponent(file.name)}`);
  request.setRequestHeader('RequestVerificationToken', form.querySelector('[name=__RequestVerificationToken]').value);
  request.responseType = 'json';
  request.upload.onprogress = event => { bar.value = event.loaded / event.total; };
  request.upload.onload = () => { said.textContent = form.dataset.reading; };
  request.onerror = () => say(form.dataset.broken, true);
  request.onload = () => {
    if (request.status === 200) {
      Blazor.navigateTo(request.response.url);
    } else {
      say(request.response?.message ?? form.dataset.broken, true);
    }
  };
  bar.value = 0;
  say(form.dataset.sending, false);
  request.send(file);
}

document.addEventListener('change', event => {
  const form = event.target.closest?.('form[data-upload]');
  if (form && event.target.files.length > 0) {
    upload(form, event.target.files[0]);
  }
});

for (const kind of ['dragover', 'dragleave', 'drop']) {
  document.addEventListener(kind, event => {
    const area = event.target.closest?.('.upload-area');
    if (area) {
      event.preventDefault();
      area.classList.toggle('over', kind === 'dragover');
      const file = event.dataTransfer?.files[0];
      if (kind === 'drop' && file && !area.querySelector('input').disabled) {
        upload(area.closest('form'), file);
      }
    }
  });
}
// The field is cleared here and not by the server's answer, which would take the letters with it that are typed meanwhile. Until the server
// has the text it stays the draft; and while the server is away nothing is sent.
function sendText(field) {
  const away = /components-reconnect-(show|retrying|failed|rejected)/.test(document.getElementById('components-reconnect-modal')?.className ?? '');
  if (away || field.readOnly) {
    return;
  }
  const text = field.value;
  field.value = '';
  field.dispatchEvent(new Event('input', { bubbles: true }));
  if (text && field.dataset.draft) {
    localStorage.setItem(field.dataset.draft, text);
  }
  field.dispatchEvent(new CustomEvent('sendtext', { bubbles: true, detail: text }));
}

document.addEventListener('click', event => {
  const field = event.target.closest?.('[data-send]')?.parentElement.querySelector('[data-enter-sends]');
  if (field) {
    sendText(field);
    field.focus();
  }
});

// Unless something else was typed since.
window.forgetDraft = (key, sent) => {
  if (localStorage.getItem(key) === sent) {
    localStorage.removeItem(key);
  }
};

document.addEventListener('DOMContentLoaded', () => {
  window.Blazor?.registerCustomEventType('sendtext', { createEventArgs: event => ({ text: event.detail }) });
  window.Blazor?.registerCustomEventType('draftkept', { createEventArgs: () => ({}) });
  window.Blazor?.registerCustomEventType('pagevisible', { createEventArgs: () => ({}) });
});

// In a window that is minimised or covered, or a tab behind another, nobody reads what comes in.
window.isPageHidden = () => document.visibilityState === 'hidden';
document.addEventListener('visibilitychange', () => {
  if (!isPageHidden()) {
    document.querySelectorAll('[data-tells-visible]').forEach(part => part.dispatchEvent(new CustomEvent('pagevisible', { bubbles: true })));
  }
});

// A kept draft is in its field before the first key is: the server would bring it a round trip later, over what is typed by then.
const filled = new WeakSet();
new MutationObserver(() => {
  for (const field of document.querySelectorAll('textarea[data-draft]:not([readonly])')) {
    if (!filled.has(field)) {
      filled.add(field);
      const draft = localStorage.getItem(field.dataset.draft);
      if (draft && !field.value) {
        field.dispatchEvent(new CustomEvent('draftkept', { bubbles: true }));
        field.value = draft;
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }
    }
  }
}).observe(document, { subtree: true, childList: true });

// What is being written stays in the browser, so that neither a reload nor a lost connection takes it.
document.addEventListener('input', event => {
  const key = event.target.dataset?.draft;
  if (key) {
    event.target.value ? localStorage.setItem(key, event.target.value) : localStorage.removeItem(key);
  }
});

// A page whose circuit is gone can save nothing any more, so there is no point in asking whether to leave it. Blazor's own question comes after this one.
let leaving = false;
addEventListener('beforeunload', event => {
  if (leaving) {
    event.stopImmediatePropagation();
  }
});

function reload() {
  leaving = true;
  location.reload();
}

// A refused Save shows what is wrong: what to mend takes the focus, wherever on the page it is, as soon as the server has said so.
const problem = () => document.querySelector('#content [aria-invalid="true"], #content [data-problem]');
document.addEventListener('click', event => {
  if (event.target.closest('[data-shows-problem]')) {
    problem()?.focus();
  } else if (event.target.closest('[data-save]')) {
    const watch = new MutationObserver(() => {
      if (problem()) {
        watch.disconnect();
        problem().focus();
      }
    });
    watch.observe(document.body, { subtree: true, childList: true, attributeFilter: ['aria-invalid'] });
    // What is wrong later is of what is typed by then, which says so in its place.
    document.addEventListener('input', () => watch.disconnect(), { once: true, capture: true });
    setTimeout(() => watch.disconnect(), 10_000);
  }
});

// Arrow keys turn to the picture before and after, wherever the focus is in the dialog; a video's own controls keep theirs.
document.addEventListener('keydown', event => {
  const button = document.querySelector(`.media-viewer [data-arrow="${event.key}"]`);
  if (button && event.target.localName !== 'video') {
    event.preventDefault();
    button.click();
  }
});

// Arrow keys move the choice of a list whose field keeps the focus: the chosen one stays in sight.
new MutationObserver(changes => changes.forEach(({ target }) =>
  document.getElementById(target.getAttribute('aria-activedescendant'))?.scrollIntoView({ block: 'nearest' })
)).observe(document.documentElement, { subtree: true, attributeFilter: ['aria-activedescendant'] });

// The server answers again and does not know the page: it was restarted, or the page slept for too long. Where nothing would be lost, or it is
// kept as a draft, the page comes back by itself; else the banner offers it.
document.addEventListener('components-reconnect-state-changed', event => {
  if (event.detail?.state === 'rejected') {
    const question = new Event('beforeunload', { cancelable: true });
    dispatchEvent(question);
    if (!question.defaultPrevented || document.querySelector('[data-draft-kept]')) {
      reload();
    }
  }
}, true);

// What is new is told by the tab's title and the installed app's icon, whatever page is open.
let toldTitle = '';
function tellUnread() {
  const unread = document.querySelector('[data-unread]')?.dataset.unread;
  // Within Blazor's own node, which it goes on to update; assigning document.title would put another one in its place.
  const first = [...document.querySelector('title')?.childNodes ?? []].find(node => node.nodeType === Node.TEXT_NODE);
  if (first) {
    const text = first.data.replace(/^\(\d+\+?\) /, '');
    const told = unread ? `(${unread}) ${text}` : text;
    if (first.data !== told) {
      first.data = told;
    }
  }
  toldTitle = document.title;
  if (unread) {
    navigator.setAppBadge?.(parseInt(unread, 10)).catch(() => { });
  } else {
    navigator.clearAppBadge?.().catch(() => { });
  }
}
const unreadWatch = new MutationObserver(() => {
  if (document.title !== toldTitle || (document.querySelector('[data-unread]')?.dataset.unread ?? '') !== (toldTitle.match(/^\((\d+\+?)\) /)?.[1] ?? '')) {
    tellUnread();
  }
});
document.addEventListener('DOMContentLoaded', () => {
  unreadWatch.observe(document.head, { subtree: true, childList: true, characterData: true });
  // The whole page: the circuit puts a rail of its own in place of the first one.
  unreadWatch.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-unread'] });
});

// The installed app's worker: it shows a page where the server can't be reached.
addEventListener('load', () => {
  if (document.querySelector('.shell')) {
    navigator.serviceWorker?.register('/sw.js').catch(() => { });
  }
});
