// The service worker of the installed app: a page for when the server can't be reached. It keeps nothing else, since pages
// are of one person and live.
const store = 'wacr-1';
const offline = '/offline';

addEventListener('install', event => event.waitUntil(
  caches.open(store).then(cache => cache.addAll([offline, '/app.css'])).then(() => self.skipWaiting())));

addEventListener('activate', event => event.waitUntil(self.clients.claim()));

addEventListener('fetch', event => {
  if (event.request.mode === 'navigate') {
    event.respondWith(fetch(event.request).catch(async () => (await caches.match(offline)) ?? Response.error()));
  } else if (new URL(event.request.url).pathname === '/app.css') {
    event.respondWith(fetch(event.request).catch(async () => (await caches.match('/app.css')) ?? Response.error()));
  }
});

// A push says the kind and ids alone. The app's last page left the words here, in the user's language; without them it says that there is
// something new.
const words = '/notification-texts.json';

addEventListener('push', event => event.waitUntil(tell(event.data?.json() ?? {})));

async function tell({ kind, id, workspace }) {
  const said = await (await caches.match(words) ?? await fetch(words).catch(() => null))?.json().catch(() => null);
  const { text = 'WaCr', path: pattern = '/' } = said?.kinds[kind] ?? {};
  const path = pattern.replace('{id}', id);
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (!windows.some(window => window.focused && new URL(window.url).pathname === path && kind !== 'Test')) {
    await self.registration.showNotification('WaCr', {
      body: text, lang: said?.lang, dir: said?.dir ?? 'auto', tag: path, renotify: true, icon: '/icons/icon-192.png', data: { path, workspace },
    });
  }
}

addEventListener('notificationclick', event => {
  event.notification.close();
  event.waitUntil(open(event.notification.data ?? {}));
});

async function open({ path = '/', workspace = '' }) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const window = windows.find(known => known.focused) ?? windows.find(known => known.visibilityState === 'visible') ?? windows[0];
  if (window) {
    window.postMessage({ open: path, workspace });
    await window.focus();
  } else {
    await self.clients.openWindow(`/open?workspace=${workspace}&path=${encodeURIComponent(path)}`);
  }
}
