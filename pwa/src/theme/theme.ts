// Light, dark, or as the system says: an attribute on the document that the custom properties follow.

/** The choices of the settings. */
export const themes = ['system', 'light', 'dark'] as const;

/** What the reader chose. */
export type Theme = (typeof themes)[number];

const key = 'bancada.theme';

/** The choice kept in this browser. */
export function savedTheme(): Theme {
  const saved = localStorage.getItem(key);
  return themes.find((theme) => theme === saved) ?? 'system';
}

/** Shows a theme and keeps the choice. */
export function applyTheme(theme: Theme): void {
  localStorage.setItem(key, theme);
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  window.dispatchEvent(new Event('bancada:theme'));
}

/** Whether the dark colours are shown now. */
export function isDark(): boolean {
  const theme = document.documentElement.dataset.theme;
  return theme === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
}

/** Calls back when the colours change, by choice or by the system; returns how to stop. */
export function watchTheme(listener: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', listener);
  window.addEventListener('bancada:theme', listener);
  return () => {
    system.removeEventListener('change', listener);
    window.removeEventListener('bancada:theme', listener);
  };
}
