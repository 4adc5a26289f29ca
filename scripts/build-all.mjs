// Makes everything that is made from sources: for `npm start`, and for images, where nothing is built at the start.
import { ensureBuilt } from './build.mjs';

try {
  await ensureBuilt();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
