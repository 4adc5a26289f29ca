// The service worker: the shell is there without a network; data and exports are never cached here.
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { shownMessage } from './notice/push-message.ts';

/** The parts of the worker's surroundings that are used here; TypeScript's own list collides with the page's. */
declare const self: {
  readonly __WB_MANIFEST: readonly { readonly url: string; readonly revision: string | null }[];
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  addEventListener(type: 'push', listener: (event: PushedEvent) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: ClickedEvent) => void): void;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(options: { type: 'window' }): Promise<readonly OpenPage[]>;
    openWindow(url: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
};

interface WaitingEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface PushedEvent extends WaitingEvent {
  readonly data: { text(): string } | null;
}
interface ClickedEvent extends WaitingEvent {
  readonly notification: Notification;
}
interface OpenPage {
  focus(): Promise<OpenPage>;
  navigate(url: string): Promise<unknown>;
}

precacheAndRoute([...self.__WB_MANIFEST]);
cleanupOutdatedCaches();
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), {
    denylist: [/^\/(api|graphql|schema|metrics|healthz|readyz)(\/|$|\?)/],
  }),
);
self.addEventListener('message', async (event) => {
  if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') await self.skipWaiting();
});
self.addEventListener('push', (event) => {
  const { title, path, ...options } = shownMessage(event.data?.text() ?? '');
  const icon = '/icons/icon-192.png';
  event.waitUntil(self.registration.showNotification(title, { ...options, icon, data: { path } }));
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { path } = event.notification.data as { readonly path: string };
  event.waitUntil(openPage(path));
});

/** In a window that is open already, where there is one. */
async function openPage(path: string): Promise<void> {
  const [open] = await self.clients.matchAll({ type: 'window' });
  if (open === undefined) await self.clients.openWindow(path);
  else await (await open.focus()).navigate(path);
}
