// What the composer does in the browser by itself, so that writing never waits for the server: putting texts in at the caret,
// offering quick replies after "/" and colleagues after "@", and handing dropped and pasted files over.
{
  const boxOf = element => element.closest('.composer .box');
  // A menu of the composer stands elsewhere on the page: it acts upon the box that is shown.
  const shownBox = () => document.querySelector('.composer .box:not([hidden])');
  const fieldOf = element => (boxOf(element) ?? shownBox())?.querySelector('textarea');
  const listOf = field => boxOf(field)?.querySelector('[data-trigger]');

  const put = (field, text, from = field.selectionStart, to = field.selectionEnd) => {
    field.setRangeText(text, from, to, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };

  const wrap = (field, mark) => {
    const { selectionStart: from, selectionEnd: to } = field;
    const inside = field.value.slice(from, to);
    field.focus();
    put(field, mark + inside + mark, from, to);
    if (!inside) {
      field.setSelectionRange(from + mark.length, from + mark.length);
    }
  };

  // The menu gives the focus back to its button when it closes.
  const keepFocus = field =>
    document.addEventListener('focusin', back => back.target.closest('.composer .more') && field.focus(), { once: true });

  // The word that is being written, where it begins with a mark.
  const wordAt = field => /(?:^|\s)([/@])([^\s/@]*)$/u.exec(field.value.slice(0, field.selectionStart));

  const close = (field, list) => {
    list.hidden = true;
    field.removeAttribute('aria-activedescendant');
  };

  const choose = (field, list, option) => {
    for (const other of list.children) {
      other.setAttribute('aria-selected', String(other === option));
    }
    field.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  };

  const offer = field => {
    const list = listOf(field);
    if (!list) {
      return;
    }
    const word = wordAt(field);
    const wanted = word && word[1] === list.dataset.trigger ? word[2].toLocaleLowerCase() : null;
    const fitting = [...list.children].filter(option => wanted !== null && option.dataset.key.split(' ').some(part => part.startsWith(wanted)));
    for (const option of list.children) {
      option.hidden = !fitting.includes(option);
    }
    if (fitting.length === 0) {
      close(field, list);
      return;
    }
    list.hidden = false;
    choose(field, list, fitting[0]);
  };

  const take = (field, list, option) => {
    const word = wordAt(field);
    close(field, list);
    field.focus();
    if (!word) {
      return;
    }
    put(field, option.dataset.text, field.selectionStart - word[2].length - 1, field.selectionStart);
    close(field, list);
  };

  document.addEventListener('input', event => {
    if (event.target.matches?.('.composer textarea')) {
      offer(event.target);
    }
  });

  // The caret has left the word: there is nothing to offer any more.
  document.addEventListener('selectionchange', () => {
    const field = document.activeElement;
    const list = field?.matches('.composer textarea') && listOf(field);
    if (list && !list.hidden && wordAt(field)?.[1] !== list.dataset.trigger) {
      close(field, list);
    }
  });

  // Marks by the keys that every editor has for them; on a keyboard without Latin letters, by where those keys are.
  const marks = { b: '*', i: '_', x: '~' };
  document.addEventListener('keydown', event => {
    const key = (/^[a-z]$/i.test(event.key) ? event.key : event.code.replace(/^Key/, '')).toLowerCase();
    if ((event.ctrlKey || event.metaKey) && !event.altKey && marks[key] && event.shiftKey === (key === 'x')
        && event.target.matches?.('.composer textarea')) {
      event.preventDefault();
      wrap(event.target, marks[key]);
    }
  });

  // Before everybody else: while something is offered, Enter takes it and sends nothing.
  document.addEventListener('keydown', event => {
    if (!event.target.matches?.('.composer textarea')) {
      return;
    }
    const field = event.target;
    const list = listOf(field);
    if (!list || list.hidden) {
      return;
    }
    const shown = [...list.children].filter(option => !option.hidden);
    const index = shown.findIndex(option => option.getAttribute('aria-selected') === 'true');
    switch (event.key) {
      case 'ArrowDown': choose(field, list, shown[(index + 1) % shown.length]); break;
      case 'ArrowUp': choose(field, list, shown[(index + shown.length - 1) % shown.length]); break;
      case 'Enter': case 'Tab': take(field, list, shown[Math.max(0, index)]); break;
      case 'Escape': close(field, list); break;
      default: return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  document.addEventListener('mousedown', event => {
    if (event.target.closest?.('.composer [data-trigger]')) {
      event.preventDefault(); // the caret stays where it is
    }
  });

  document.addEventListener('click', event => {
    const option = event.target.closest?.('.composer [data-trigger] > *');
    const insert = event.target.closest?.('[data-insert]');
    const mark = event.target.closest?.('[data-mark]');
    const press = event.target.closest?.('[data-press]');
    if (press) {
      shownBox()?.querySelector(press.dataset.press)?.click();
    }
    const field = (option ?? insert ?? mark) && fieldOf(event.target);
    if (!field) {
      return;
    }
    if (option) {
      take(field, option.parentElement, option);
    } else if (mark) {
      wrap(field, mark.dataset.mark);
      keepFocus(field);
    } else {
      put(field, insert.dataset.insert);
      if (!insert.closest('[data-grid]')) {
        field.focus();
      }
      if (!boxOf(insert)) {
        keepFocus(field);
      }
    }
  });

  // Begins in the first field of the panel that was opened, once it has one.
  window.beginPanel = () => {
    const panel = document.querySelector('.composer > section');
    const begin = () => {
      const field = [...panel.querySelectorAll('input, textarea')].find(input => !input.disabled && input.type !== 'file' && input.checkVisibility());
      field?.focus();
      return Boolean(field);
    };
    if (!panel || begin()) {
      return;
    }
    panel.tabIndex = -1;
    panel.focus();
    const watch = new MutationObserver(() => {
      if (!panel.contains(document.activeElement) || begin()) {
        watch.disconnect();
      }
    });
    watch.observe(panel, { subtree: true, childList: true });
  };

  // For a thread that is opened around one of its messages.
  window.showMessage = id => document.getElementById(id)?.scrollIntoView({ block: 'center' });

  // A quotation leads to its message: on this page by scrolling, else by its link.
  document.addEventListener('click', event => {
    const link = event.target.closest?.('a[data-show]');
    const shown = link && document.getElementById(link.dataset.show);
    if (shown) {
      event.preventDefault();
      event.stopPropagation();
      shown.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
      shown.classList.add('flash');
      setTimeout(() => shown.classList.remove('flash'), 1500);
    }
  }, true);

  // A swipe along the line opens a message's menu, as a press on its button does.
  let swipe = null;
  document.addEventListener('touchstart', event => {
    const bubble = event.target.closest?.('.bubble');
    swipe = bubble && event.touches.length === 1 ? { bubble, x: event.touches[0].clientX, y: event.touches[0].clientY } : null;
  }, { passive: true });
  document.addEventListener('touchend', event => {
    const end = event.changedTouches[0];
    if (swipe && Math.abs(end.clientX - swipe.x) > 60 && Math.abs(end.clientY - swipe.y) < 30) {
      swipe.bubble.querySelector('.more')?.click();
    }
    swipe = null;
  }, { passive: true });

  const open = '.composer .box:not([hidden]) input[data-attach]';
  const hand = (input, files) => {
    if (!input || input.disabled || !files?.length) {
      return false;
    }
    input.files = files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    return true;
  };

  // A voice note: WhatsApp takes OGG with Opus alone, so a browser that records another format is told apart at once.
  const voiceFormat = 'audio/ogg;codecs=opus';
  let recorder = null;
  let isAsking = false;
  document.addEventListener('click', async event => {
    const button = event.target.closest?.('.composer [data-record]');
    if (!button || isAsking) {
      return;
    }
    if (recorder) {
      recorder.stop();
      return;
    }
    const box = boxOf(button);
    const isShown = () => box.querySelector('.write').checkVisibility();
    const note = text => {
      const place = box.querySelector('[data-record-note]');
      if (place) {
        place.textContent = text;
      }
    };
    if (!window.MediaRecorder?.isTypeSupported(voiceFormat) || !navigator.mediaDevices?.getUserMedia) {
      note(button.dataset.record);
      return;
    }
    let stream;
    isAsking = true;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
    } catch {
      note(button.dataset.refused);
      return;
    } finally {
      isAsking = false;
    }
    if (!isShown()) {
      stream.getTracks().forEach(track => track.stop());
      return;
    }
    const parts = [];
    const began = Date.now();
    recorder = new MediaRecorder(stream, { mimeType: voiceFormat });
    recorder.addEventListener('dataavailable', part => parts.push(part.data));

    // Nobody is recorded who can't see it: another conversation was opened, which discards the note, or a panel, which keeps it as a file.
    const count = setInterval(() => {
      if (isShown()) {
        note(`● ${Math.floor((Date.now() - began) / 1000)} s`);
      } else {
        recorder.stop();
      }
    }, 500);
    recorder.addEventListener('stop', () => {
      recorder = null;
      clearInterval(count);
      stream.getTracks().forEach(track => track.stop());
      button.setAttribute('aria-pressed', 'false');
      note('');
      const files = new DataTransfer();
      files.items.add(new File(parts, `voice-note-${Date.now()}.ogg`, { type: 'audio/ogg' }));
      hand(box.isConnected && box.querySelector('input[data-attach]'), files.files);
    });
    recorder.start();
    button.setAttribute('aria-pressed', 'true');
  });

  for (const kind of ['dragover', 'dragleave', 'drop']) {
    document.addEventListener(kind, event => {
      const thread = event.target.closest?.('.thread');
      if (thread?.querySelector(open) && event.dataTransfer?.types.includes('Files')) {
        event.preventDefault();
        thread.classList.toggle('over', kind === 'dragover');
        if (kind === 'drop') {
          hand(thread.querySelector(open), event.dataTransfer.files);
        }
      }
    });
  }

  document.addEventListener('paste', event => {
    if (event.target.matches?.('.composer textarea') && hand(event.target.closest('.thread')?.querySelector(open), event.clipboardData?.files)) {
      event.preventDefault();
    }
  });
}
