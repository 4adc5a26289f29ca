// What somebody does with their own account: password, sessions, API tokens. Only with a session: a stolen token must not renew itself.
import type { ApiToken, PrismaClient, User } from '@bancada/prisma';
import type { Context } from '../context.ts';
import {
  ConflictError,
  ForbiddenError,
  NotFoundError,
  ThrottledError,
  ValidationError,
} from '../schema/error.ts';
import { makeToken } from './api-token.ts';
import { audit } from './audit.ts';
import { hashPassword, passwordMatches } from './password.ts';
import { type Scope, scopes } from './scope.ts';
import { beginSession } from './sessions.ts';
import { countAttempt, forgiveAttempt } from './throttle.ts';
import { checkPassword } from './user-input.ts';

const mostTokens = 50;
const longestDays = 365;

/** The user who asks. @throws ForbiddenError when it is nobody with an account. */
async function ownUser({ prisma, viewer }: Context): Promise<User> {
  const user = viewer.id === undefined ? null : await prisma.user.findUnique({ where: { id: viewer.id } });
  if (user === null) throw new ForbiddenError('only somebody who signed in has an account');
  return user;
}

/**
 * Every other session ends, and this one gets a new cookie.
 * @throws ForbiddenError for a wrong present password, ThrottledError, ValidationError for a weak new one.
 */
export async function changePassword(context: Context, current: string, next: string): Promise<void> {
  const { prisma, pool, caller, viewer } = context;
  const user = await ownUser(context);
  const seconds = await countAttempt(pool, user.name, caller.address);
  if (seconds !== undefined) {
    caller.retryAfterSeconds = seconds;
    throw new ThrottledError(seconds);
  }
  if (!(await passwordMatches(user.passwordHash, current))) {
    throw new ForbiddenError('the present password is wrong');
  }
  await forgiveAttempt(pool, user.name, caller.address);
  checkPassword(next, user.name, 'next');
  const passwordHash = await hashPassword(next);
  await prisma.$transaction([
    prisma.user.update({ where: { id: user.id }, data: { passwordHash } }),
    prisma.session.deleteMany({ where: { userId: user.id } }),
  ]);
  await beginSession(prisma, user.id, caller);
  await audit(prisma, { viewer, caller }, { action: 'password.changed' });
}

/** Ends every session of the user who asks, this one too. @returns how many. */
export async function signOutEverywhere(context: Context): Promise<number> {
  const { prisma, viewer, caller } = context;
  const user = await ownUser(context);
  const { count } = await prisma.session.deleteMany({ where: { userId: user.id } });
  await audit(prisma, { viewer, caller }, { action: 'sign-out.everywhere', detail: { sessions: count } });
  return count;
}

/** Ends one of the own sessions; an administrator ends anybody's. @throws NotFoundError. */
export async function revokeSession(context: Context, id: string): Promise<void> {
  const { prisma, viewer, caller } = context;
  const session = await prisma.session.findUnique({ where: { id }, include: { user: true } });
  if (session === null || !isOwn(context, session.userId)) throw new NotFoundError('session', id);
  await prisma.session.deleteMany({ where: { id } });
  await audit(prisma, { viewer, caller }, { action: 'session.revoked', subject: session.user.name });
}

/** What a token is to be. */
export interface TokenWish {
  readonly name: string;
  readonly scope: Scope;
  /** 1 to 365. */
  readonly expiresInDays: number;
}

/**
 * The token itself is in this answer and nowhere else.
 * @throws ForbiddenError for a scope beyond the own role, ConflictError at 50 tokens and for a key that made one, ValidationError.
 */
export async function createApiToken(
  context: Context,
  { name, scope, expiresInDays }: TokenWish,
  idempotencyKey: string | undefined,
): Promise<{ readonly apiToken: ApiToken; readonly token: string }> {
  const { prisma, viewer, caller } = context;
  const user = await ownUser(context);
  if (name.trim() === '' || name.length > 100) {
    throw new ValidationError([
      { path: 'name', message: 'a token has a name of 1 to 100 characters', value: name },
    ]);
  }
  if (!Number.isInteger(expiresInDays) || expiresInDays < 1 || expiresInDays > longestDays) {
    throw new ValidationError([
      { path: 'expiresInDays', message: `a token lives 1 to ${longestDays} days`, value: expiresInDays },
    ]);
  }
  if (!viewer.scopes.includes(scope)) {
    throw new ForbiddenError(
      `your role (${viewer.role}) has no scope ${scope}; it has ${viewer.scopes.join(', ')}`,
    );
  }
  await expectUnusedKey(prisma, user.id, idempotencyKey);
  if ((await prisma.apiToken.count({ where: { userId: user.id } })) >= mostTokens) {
    throw new ConflictError(`you have ${mostTokens} tokens: revoke one first`);
  }
  const { token, tokenHash } = makeToken();
  const apiToken = await prisma.apiToken.create({
    data: {
      userId: user.id,
      name: name.trim(),
      tokenHash,
      scope,
      idempotencyKey: idempotencyKey ?? null,
      expiresAt: new Date(Date.now() + expiresInDays * 86_400_000),
    },
  });
  const detail = { scope, expiresAt: apiToken.expiresAt.toISOString() };
  await audit(prisma, { viewer, caller }, { action: 'token.created', subject: apiToken.name, detail });
  return { apiToken, token };
}

// A token cannot be told twice, so a repeat says which one there is instead of making another.
async function expectUnusedKey(
  prisma: PrismaClient,
  userId: string,
  idempotencyKey: string | undefined,
): Promise<void> {
  if (idempotencyKey === undefined) return;
  const same = await prisma.apiToken.findUnique({
    where: { userId_idempotencyKey: { userId, idempotencyKey } },
  });
  if (same === null) return;
  throw new ConflictError(
    `the key "${idempotencyKey}" made the token "${same.name}" already, which was shown that once: revoke it and use a new key`,
  );
}

/** One of the own tokens; an administrator revokes anybody's. @throws NotFoundError. */
export async function revokeApiToken(context: Context, id: string): Promise<void> {
  const { prisma, viewer, caller } = context;
  const token = await prisma.apiToken.findUnique({ where: { id }, include: { user: true } });
  if (token === null || !isOwn(context, token.userId)) throw new NotFoundError('API token', id);
  await prisma.apiToken.deleteMany({ where: { id } });
  const detail = { owner: token.user.name };
  await audit(prisma, { viewer, caller }, { action: 'token.revoked', subject: token.name, detail });
}

function isOwn({ viewer }: Context, userId: string): boolean {
  return viewer.id === userId || viewer.role === 'admin';
}

/** The highest of the scopes that somebody asked for. */
export function highestScope(asked: readonly Scope[]): Scope | undefined {
  return scopes.findLast((scope) => asked.includes(scope));
}
