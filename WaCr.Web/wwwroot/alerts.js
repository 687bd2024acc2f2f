// What is new is told by a sound, or by the desktop while the app is in the background: what, and whether at all, the server says
// by the user's choices. Every open tab hears of it; one alone plays, and none while somebody looks at the conversation.
window.wacrAlerts = (() => {
  const others = window.BroadcastChannel ? new BroadcastChannel('wacr-alerts') : null;
  const lookedAt = new Set();
  const attended = new Set();
  const pause = 300; // for the tab that somebody looks at to say so
  let gestured = false;
  let leads = false;
  let who = null;
  let audio = null;
  let isPushed = false;

  const inFront = () => document.visibilityState === 'visible' && document.hasFocus();

  others?.addEventListener('message', ({ data }) => {
    data.lookedAt?.forEach(id => lookedAt.add(id));
    data.attended?.forEach(id => attended.add(id));
    isPushed = data.who === who ? data.isPushed ?? isPushed : isPushed;
  });

  // A browser plays nothing before somebody touched the page, so the first tab that was touched is the one that plays.
  function lead() {
    if (!gestured || who === null || leads) {
      return;
    }
    if (navigator.locks) {
      navigator.locks.request(`wacr-alerts ${who}`, () => new Promise(() => { leads = true; }));
    } else {
      leads = true;
    }
  }
  for (const kind of ['pointerdown', 'keydown']) {
    addEventListener(kind, () => {
      gestured = true;
      lead();
    }, { once: true, capture: true });
  }

  async function play() {
    audio ??= new AudioContext();
    await audio.resume();
    [[0, 784], [0.13, 1047]].forEach(([after, pitch]) => {
      const start = audio.currentTime + after;
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(0.2, start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.001, start + 0.3);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.32);
    });
  }

  async function show({ text, path, tag }) {
    const worker = await navigator.serviceWorker?.getRegistration();
    if (isPushed || !worker || Notification.permission !== 'granted') {
      return; // a device that gets pushes is told by them
    }
    await worker.showNotification('WaCr', { body: text, tag, icon: '/icons/icon-192.png', data: { path } });
  }

  return {
    start(user) {
      who = user;
      lead();
    },

    // Whether the server pushes to this browser.
    pushed(is) {
      isPushed = is;
      others?.postMessage({ who, isPushed }); // the browser is subscribed in each workspace by itself
    },

    async tell(alerts) {
      const ids = alerts.map(alert => alert.id);
      if (inFront()) {
        const here = alerts.filter(alert => alert.path === location.pathname).map(alert => alert.id);
        here.forEach(id => lookedAt.add(id));
        ids.forEach(id => attended.add(id));
        others?.postMessage({ lookedAt: here, attended: ids });
      }
      await new Promise(resolve => setTimeout(resolve, pause));
      if (leads && alerts.some(alert => alert.sounds && !lookedAt.has(alert.id))) {
        await play();
      }
      // All tabs may show it: what has the same tag is there once.
      for (const alert of alerts.filter(alert => alert.shows && !attended.has(alert.id))) {
        await show(alert);
      }
    },

    play,
  };
})();

// The browser's part of web push. What it gives is worth nothing before the server keeps it.
window.wacrPush = (() => {
  let asked = null;

  // Browsers ask the user only in answer to a press, which is over by the time that the server has answered.
  addEventListener('click', event => {
    if (event.target.closest?.('[data-asks-notifications]') && window.Notification) {
      asked = Notification.requestPermission();
    }
  }, true);

  const isSupported = () => Boolean(window.Notification && window.PushManager && navigator.serviceWorker);
  const keyOf = subscription => subscription.toJSON().keys;
  const bytesOf = key => Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0));

  // A browser that may keep nothing for this site refuses even to look; what it subscribed is none for us.
  async function find() {
    try {
      const worker = await navigator.serviceWorker?.getRegistration();
      return await worker?.pushManager?.getSubscription() ?? null;
    } catch {
      return null;
    }
  }

  return {
    async state() {
      if (!isSupported()) {
        return { state: 'unsupported' };
      }
      return { state: Notification.permission === 'denied' ? 'denied' : 'off', endpoint: (await find())?.endpoint ?? null };
    },

    async endpoint() {
      return isSupported() ? (await find())?.endpoint ?? null : null;
    },

    async subscribe(key) {
      try {
        if (await (asked ?? Notification.requestPermission()) !== 'granted') {
          return null;
        }
        const worker = await navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready);
        const wanted = { userVisibleOnly: true, applicationServerKey: bytesOf(key) };
        const subscription = await worker.pushManager.subscribe(wanted).catch(async failure => {
          // It was subscribed for another key of this server.
          const other = await find();
          if (failure.name !== 'InvalidStateError' || !other) {
            throw failure;
          }
          await other.unsubscribe();
          return worker.pushManager.subscribe(wanted);
        });
        const { p256dh, auth } = keyOf(subscription);
        return { endpoint: subscription.endpoint, p256dh, auth };
      } catch {
        return null; // no push service is reachable, or the browser has none
      } finally {
        asked = null;
      }
    },

    async unsubscribe() {
      await (await find())?.unsubscribe().catch(() => { }); // nothing is sent to it any more
    },
  };
})();

// The worker has no words of its own: these are in the language of this page.
async function keepNotificationTexts() {
  const words = '/notification-texts.json';
  const answer = await fetch(`${words}?culture=${document.documentElement.lang}`);
  if (answer.ok) {
    await (await caches.open('wacr-1')).put(words, answer);
  }
}
if (window.caches && document.querySelector('.shell')) {
  addEventListener('load', () => keepNotificationTexts().catch(() => { }));
}

// A notification was pressed while the app is open. It may be of another workspace than the one that is open.
navigator.serviceWorker?.addEventListener('message', ({ data }) => {
  if (data?.open) {
    if (document.querySelector('.shell')?.dataset.workspace === String(data.workspace ?? '')) {
      Blazor.navigateTo(data.open);
    } else {
      location.assign(`/open?workspace=${data.workspace ?? ''}&path=${encodeURIComponent(data.open)}`);
    }
  }
});
