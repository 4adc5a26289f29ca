// A file that another app shared with the dashboard: the service worker keeps it until the upload page takes it.

/** Where the service worker puts it; both sides name it. */
const cacheName = 'shared-file';
const address = '/shared-file';

/** The file, once; undefined when none was shared. */
export async function takeSharedFile(): Promise<File | undefined> {
  if (!('caches' in window)) return undefined;
  const cache = await caches.open(cacheName);
  const kept = await cache.match(address);
  if (kept === undefined) return undefined;
  await cache.delete(address);
  const name = decodeURIComponent(kept.headers.get('x-file-name') ?? 'shared');
  return new File([await kept.blob()], name);
}
