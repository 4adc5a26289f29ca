// Draws the PNG icons of the installed app from the project's two SVG files: `pnpm icons`, after changing one of them.
import { join } from 'node:path';
import sharp from 'sharp';

const folder = join(import.meta.dirname, '..', 'public', 'icons');

const icons = [
  { from: 'icon.svg', size: 192, to: 'icon-192.png' },
  { from: 'icon.svg', size: 512, to: 'icon-512.png' },
  { from: 'maskable.svg', size: 192, to: 'maskable-192.png' },
  { from: 'maskable.svg', size: 512, to: 'maskable-512.png' },
  { from: 'maskable.svg', size: 180, to: 'apple-touch-icon.png' },
] as const;

for (const { from, size, to } of icons) {
  await sharp(join(folder, from), { density: (72 * size) / 16 })
    .resize(size, size)
    .png({ compressionLevel: 9, palette: true })
    .toFile(join(folder, to));
  console.log(`${to}: ${size} x ${size}`);
}
