// API tokens: what scripts send as `Authorization: Bearer bancada_…`. Shown once; stored as SHA-256.
import { randomBytes } from 'node:crypto';
import type { PrismaClient } from '@bancada/prisma';
import { digest } from './digest.ts';
import { scopesOfToken } from './scope.ts';
import { type Viewer, viewerOfUser } from './viewer.ts';

// Secret scanners and people know a token by it.
const prefix = 'bancada_';
const seenEveryMs = 60_000;

/** A new token with 256 random bits. */
export function makeToken(): { readonly token: string; readonly tokenHash: string } {
  const token = `${prefix}${randomBytes(32).toString('base64url')}`;
  return { token, tokenHash: digest(token) };
}

/** Who holds the token of an `Authorization` header; undefined when it is unknown or expired. */
export async function viewerOfToken(
  prisma: PrismaClient,
  authorization: string,
): Promise<Viewer | undefined> {
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (!token?.startsWith(prefix)) return undefined;
  const row = await prisma.apiToken.findUnique({
    where: { tokenHash: digest(token) },
    include: { user: { select: { id: true, name: true, role: true } } },
  });
  const now = new Date();
  if (row === null || row.expiresAt <= now) return undefined;
  if (now.getTime() - (row.lastUsedAt?.getTime() ?? 0) > seenEveryMs) {
    await prisma.apiToken.updateMany({ where: { id: row.id }, data: { lastUsedAt: now } });
  }
  return viewerOfUser(row.user, scopesOfToken(row.user.role, row.scope), { type: 'token', id: row.id });
}
