// Builds the dashboard as files that any server can serve: Qwik rendered in the browser, nothing inline.
import { qwikVite } from '@builder.io/qwik/optimizer';
import { defineConfig, type Plugin } from 'vite';

/** Qwik's loader is imported for its effect alone and would be shaken away; without it no click works. */
const keepQwikLoader: Plugin = {
  name: 'keep-qwikloader',
  enforce: 'pre',
  transform: (code, id) =>
    id.includes('qwikloader') ? { code, map: null, moduleSideEffects: true } : undefined,
};

/** Qwik's preloader fetches handlers that were split off; here each is in its page's file, so there is nothing to fetch. */
const noPreloader: Plugin = {
  name: 'no-preloader',
  enforce: 'pre',
  load: (id) =>
    id.endsWith('/qwik/dist/preloader.mjs') ? 'export const g = () => {}, h = g, l = g, p = g;' : undefined,
};

/** Puts `src/shell/wrap-prop.ts` in the place of Qwik's function, after Qwik's own transformation. */
const changingProps: Plugin = {
  name: 'changing-props',
  enforce: 'post',
  transform: (code, id) => {
    if (!id.includes('/pwa/src/') || id.includes('wrap-prop')) return undefined;
    const ours = `import { wrapProp as _wrapProp } from '/src/shell/wrap-prop.ts';`;
    const changed = code.replace(/import \{ _wrapProp \} from "@builder.io\/qwik";/, ours);
    return changed === code ? undefined : { code: changed, map: null };
  },
};

/** What every page needs goes into one file: fewer requests, and text that repeats is packed once. */
const everywhere =
  /\/pwa\/src\/(graphql|i18n|live|offline|routing|shell(?!\/(palette|key-help))|theme|component|run)\//;

/** What only some pages need, or only a touch: it comes with them. */
const later =
  /\/pwa\/src\/(component\/(text-diff|copy-button|list-page|dialog|tabs)|run\/(export-menu|run-action\.ts|run-control|run-menu|run-query|run-question|run-state|use-live-run|wake-lock|run-announcer))/;

/** The file that a module goes to; undefined leaves it to the bundler. */
function chunkOf(id: string): string | undefined {
  if (later.test(id)) return id.includes('text-diff') ? undefined : 'parts';
  return everywhere.test(id) ? 'shell' : undefined;
}

const api = `http://127.0.0.1:${process.env.PORT ?? 4000}`;

export default defineConfig({
  plugins: [
    keepQwikLoader,
    noPreloader,
    qwikVite({ csr: true, entryStrategy: { type: 'inline' } }),
    changingProps,
  ],
  build: {
    manifest: true,
    target: 'es2022',
    // A few percent smaller than the default, which counts on a phone.
    minify: 'terser',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rollupOptions: { output: { manualChunks: chunkOf } },
  },
  server: {
    proxy: { '/graphql': { target: api, ws: true }, '/api': api, '/schema': api },
  },
});
