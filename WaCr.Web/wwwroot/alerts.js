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

  const inFront = () => document.visibilityState === 'visible' && document.hasFocus();

  others?.addEventListener('message', ({ data }) => {
    data.lookedAt?.forEach(id => lookedAt.add(id));
    data.attended?.forEach(id => attended.add(id));
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
    if (!worker || Notification.permission !== 'granted' || await worker.pushManager?.getSubscription()) {
      return; // a device that gets pushes is told by them
    }
    await worker.showNotification('WaCr', { body: text, tag, icon: '/icons/icon-192.png', data: { path } });
  }

  return {
    start(user) {
      who = user;
      lead();
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
