// The service worker: the shell is there without a network; data and exports are never cached here.
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

/** The parts of the worker's surroundings that are used here; TypeScript's own list collides with the page's. */
declare const self: {
  readonly __WB_MANIFEST: readonly { readonly url: string; readonly revision: string | null }[];
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  readonly caches: CacheStorage;
  skipWaiting(): Promise<void>;
};

precacheAndRoute([...self.__WB_MANIFEST]);
cleanupOutdatedCaches();
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), {
    denylist: [/^\/(api|graphql|schema|metrics|healthz|readyz)(\/|$|\?)/],
  }),
);
// A file that another app shares: kept until the upload page takes it (routes/datasets/shared-file.ts).
registerRoute(
  ({ url }) => url.pathname === '/datasets/share',
  async ({ request }) => {
    const file = (await request.formData()).get('file');
    if (file instanceof File) {
      const cache = await self.caches.open('shared-file');
      const headers = { 'x-file-name': encodeURIComponent(file.name) };
      await cache.put('/shared-file', new Response(file, { headers }));
    }
    return Response.redirect('/datasets/new', 303);
  },
  'POST',
);
self.addEventListener('message', async (event) => {
  if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') await self.skipWaiting();
});
