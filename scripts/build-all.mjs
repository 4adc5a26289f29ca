// Makes everything that is made from sources: for images, where nothing is built at the start.
import { ensureBuilt } from './build.mjs';

await ensureBuilt();
