// Scopes: what somebody may, by role and by API token. Each scope holds those before it.
import type { Role } from '@bancada/prisma';

/** From least to most. */
export const scopes = ['read', 'write', 'admin'] as const;

/** `read` looks, `write` starts and registers, `admin` manages users and settings. */
export type Scope = (typeof scopes)[number];

const highest = { VIEWER: 'read', MEMBER: 'write', ADMIN: 'admin' } as const satisfies Record<Role, Scope>;

/** A scope and those that it holds. */
export function scopesUpTo(scope: Scope): readonly Scope[] {
  return scopes.slice(0, scopes.indexOf(scope) + 1);
}

/** What a role may. */
export function scopesOfRole(role: Role): readonly Scope[] {
  return scopesUpTo(highest[role]);
}

/** What a token may: never more than its owner may now. */
export function scopesOfToken(role: Role, scope: string): readonly Scope[] {
  const given = scopes.find((one) => one === scope);
  if (given === undefined) return [];
  return scopesOfRole(role).filter((one) => scopesUpTo(given).includes(one));
}
