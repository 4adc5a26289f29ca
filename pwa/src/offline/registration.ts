// Registers the service worker, and tells when a new version of the dashboard waits.

let registered: ServiceWorkerRegistration | undefined;

/** Registers it where the browser allows: HTTPS or localhost, and a built dashboard. */
export async function registerServiceWorker(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  const workers = navigator.serviceWorker;
  const firstVisit = workers.controller === null;
  workers.addEventListener('controllerchange', () => {
    if (!firstVisit) location.reload();
  });
  try {
    const own = await workers.register('/service-worker.js');
    registered = own;
    if (own.waiting !== null) announce();
    else if (own.installing !== null) announceWhenInstalled(own.installing);
    own.addEventListener('updatefound', () => {
      if (own.installing !== null) announceWhenInstalled(own.installing);
    });
  } catch {
    // A browser that forbids it shows the dashboard all the same, online only.
  }
}

/** Lets the waiting version take over; the page loads again. */
export function takeNewVersion(): void {
  registered?.waiting?.postMessage({ type: 'SKIP_WAITING' });
}

function announceWhenInstalled(worker: ServiceWorker): void {
  worker.addEventListener('statechange', () => {
    if (worker.state === 'installed') announce();
  });
}

/** A worker that waits is new only where another one already serves the page. */
function announce(): void {
  if (navigator.serviceWorker.controller !== null) window.dispatchEvent(new Event('bancada:version'));
}
