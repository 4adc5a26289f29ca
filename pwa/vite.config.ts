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

const api = 'http://127.0.0.1:4000';

export default defineConfig({
  plugins: [keepQwikLoader, qwikVite({ csr: true, entryStrategy: { type: 'inline' } })],
  build: { target: 'es2022', modulePreload: { polyfill: false }, reportCompressedSize: false },
  server: {
    proxy: { '/graphql': { target: api, ws: true }, '/api': api, '/schema': api },
  },
});
