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
