// The names under which prompts, tasks and suites are saved: they become names of files.
import { ValidationError } from '../schema/error.ts';

/** What a name may look like. */
const slugForm = 'a letter or digit, then letters, digits, ".", "_" or "-"; 100 characters at most';

/** @throws ValidationError at `path`. */
export function requireSlug(name: string, path: string): void {
  if (/^[A-Za-z0-9][\w.-]{0,99}$/.test(name) && !name.endsWith('.yaml')) return;
  throw new ValidationError([
    { path, message: `${path}: not a name to save under; allowed: ${slugForm}`, value: name },
  ]);
}
