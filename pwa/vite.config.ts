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

/** What every page needs goes into one file: fewer requests, and text that repeats is packed once. */
const everywhere = /\/pwa\/src\/(graphql|i18n|live|offline|routing|run|shell|theme|component\/(?!text-diff))/;

const api = 'http://127.0.0.1:4000';

export default defineConfig({
  plugins: [keepQwikLoader, qwikVite({ csr: true, entryStrategy: { type: 'inline' } })],
  build: {
    manifest: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rollupOptions: { output: { manualChunks: (id) => (everywhere.test(id) ? 'shell' : undefined) } },
  },
  server: {
    proxy: { '/graphql': { target: api, ws: true }, '/api': api, '/schema': api },
  },
});
