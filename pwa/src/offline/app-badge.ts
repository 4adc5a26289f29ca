// The number on the icon of the installed app, where the browser shows one.

/** Shows `count`; none at all for 0. Browsers without badges are left as they are. */
export async function showAppBadge(count: number): Promise<void> {
  try {
    if (count > 0) await navigator.setAppBadge?.(count);
    else await navigator.clearAppBadge?.();
  } catch {
    // The app is not installed, or the system forbids badges.
  }
}
