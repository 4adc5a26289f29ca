// Installing the dashboard: Chromium offers it by an event that must be kept until the reader asks.

/** The event of Chromium; TypeScript's library does not know it. */
interface InstallPromptEvent extends Event {
  prompt(): Promise<unknown>;
}

const offered = 'bancada:install';
let kept: InstallPromptEvent | undefined;

/** Keeps the browser's offer; called once at the start. */
export function keepInstallOffer(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    kept = event as InstallPromptEvent;
    window.dispatchEvent(new Event(offered));
  });
  window.addEventListener('appinstalled', () => {
    kept = undefined;
    window.dispatchEvent(new Event(offered));
  });
}

/**
 * How this browser installs: `button` after its offer, `share` on iOS, `menu` elsewhere; `installed` already; `insecure`
 * where plain HTTP forbids it.
 */
export type InstallWay = 'installed' | 'insecure' | 'button' | 'share' | 'menu';

/** The way for this browser, now. */
export function installWay(): InstallWay {
  if (matchMedia('(display-mode: standalone)').matches) return 'installed';
  if (!isSecureContext) return 'insecure';
  if (kept !== undefined) return 'button';
  return /iPhone|iPad|iPod/.test(navigator.userAgent) ? 'share' : 'menu';
}

/** Shows the browser's own question. */
export async function install(): Promise<void> {
  await kept?.prompt();
  kept = undefined;
  window.dispatchEvent(new Event(offered));
}

/** Calls back when the way changes; returns how to stop. */
export function watchInstallWay(listener: () => void): () => void {
  window.addEventListener(offered, listener);
  return () => window.removeEventListener(offered, listener);
}
