// What is stored of sessions and tokens: their SHA-256, which signs nobody in.
import { createHash } from 'node:crypto';

/** Hexadecimal SHA-256 of a secret with enough entropy of its own. */
export function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
