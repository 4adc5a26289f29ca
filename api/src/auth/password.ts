// Passwords: argon2id, what is allowed, and a check that takes as long for a user who does not exist.
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** Characters that a password has at least. */
export const shortestPassword = 10;
const longestPassword = 256;

// OWASP's choice for argon2id, which is the library's default algorithm; memory in KiB.
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let nobodysHash: Promise<string> | undefined;

/** In PHC form, with a salt of its own. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), options);
}

/** Without a hash (no such user) it takes as long and is false. */
export async function passwordMatches(stored: string | undefined, password: string): Promise<boolean> {
  nobodysHash ??= hashPassword(randomBytes(16).toString('hex'));
  const known = stored ?? (await nobodysHash);
  // A longer one was never stored; it is not worth hashing.
  const tried = password.slice(0, longestPassword + 1).normalize('NFKC');
  const matches = await verify(known, tried);
  return matches && stored !== undefined;
}

/** What is wrong with a new password; undefined when nothing is. */
export function passwordFault(password: string, userName: string): string | undefined {
  if (password.length < shortestPassword) return `a password has at least ${shortestPassword} characters`;
  if (password.length > longestPassword) return `a password has at most ${longestPassword} characters`;
  if (new Set(password).size < 4) return 'a password has at least 4 different characters';
  if (password.toLowerCase().includes(userName.toLowerCase()) && userName.length >= 4) {
    return 'a password does not hold the user name';
  }
  return undefined;
}

/** For an administrator to hand over: 20 characters without those that look alike. */
export function makePassword(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
  return Array.from(randomBytes(20), (byte) => letters[byte % letters.length]).join('');
}
