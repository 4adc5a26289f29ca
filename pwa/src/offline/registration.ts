// Registers the service worker, and tells when a new version of the dashboard waits.
import { Workbox } from 'workbox-window';

let waiting: Workbox | undefined;

/** Registers it where the browser allows: HTTPS or localhost, and a built dashboard. */
export function registerServiceWorker(): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  const worker = new Workbox('/service-worker.js');
  worker.addEventListener('waiting', () => {
    waiting = worker;
    window.dispatchEvent(new Event('bancada:version'));
  });
  worker.addEventListener('controlling', (event) => {
    if (event.isUpdate === true) location.reload();
  });
  worker.register().catch(() => undefined);
}

/** Lets the waiting version take over; the page loads again. */
export function takeNewVersion(): void {
  waiting?.messageSkipWaiting();
}
