// Builds the dashboard into pwa/dist: the app, then the service worker with the list of its files.
import { join } from 'node:path';
import { build } from 'vite';
import { injectManifest } from 'workbox-build';

const folder = join(import.meta.dirname, '..');
const dist = join(folder, 'dist');

await build({ root: folder, logLevel: 'warn' });
await build({
  root: folder,
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    lib: { entry: 'src/service-worker.ts', formats: ['es'], fileName: () => 'service-worker.js' },
  },
});
const { count, size, warnings } = await injectManifest({
  globDirectory: dist,
  globPatterns: ['index.html', 'manifest.webmanifest', 'assets/**/*.{js,css}', 'icons/*.{svg,png}'],
  swSrc: join(dist, 'service-worker.js'),
  swDest: join(dist, 'service-worker.js'),
  dontCacheBustURLsMatching: /-[\w-]{8,}\.\w+$/,
});
for (const warning of warnings) console.warn(warning);
console.log(`pwa/dist: ${count} files (${Math.round(size / 1000)} kB) are kept by the service worker`);
