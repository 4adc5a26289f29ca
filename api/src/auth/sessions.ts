// Sessions by Lucia: begun at sign-in, looked up by cookie, extended while they are used, ended.
import { randomUUID } from 'node:crypto';
import type { PrismaClient, Role } from '@bancada/prisma';
import { Lucia, TimeSpan } from 'lucia';
import type { Caller } from './caller.ts';
import { scopesOfRole } from './scope.ts';
import { SessionAdapter } from './session-adapter.ts';
import { type Viewer, viewerOfUser } from './viewer.ts';

interface SessionAttributes {
  readonly rowId: string;
  readonly address: string;
  readonly device: string;
  readonly lastSeenAt: Date;
}

interface UserAttributes {
  readonly name: string;
  readonly role: Role;
}

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SessionAttributes, UserAttributes>;
    UserId: string;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: UserAttributes;
  }
}

// After two weeks without a visit one signs in again; each visit in the second week begins them anew.
const lifetime = new TimeSpan(2, 'w');
const seenEveryMs = 60_000;

/** `__Host-` binds the cookie to this host and to HTTPS; browsers take it under HTTPS alone. */
function luciaFor(prisma: PrismaClient, secure: boolean): Lucia<SessionAttributes, UserAttributes> {
  return new Lucia(new SessionAdapter(prisma), {
    sessionExpiresIn: lifetime,
    sessionCookie: {
      name: secure ? '__Host-bancada_session' : 'bancada_session',
      attributes: { secure, sameSite: 'lax', path: '/' },
    },
    getSessionAttributes: (attributes) => attributes,
    getUserAttributes: (attributes) => attributes,
  });
}

/** Signs the user in on the caller's browser: a new session whatever cookie was sent, and that cookie's session ended. */
export async function beginSession(prisma: PrismaClient, userId: string, caller: Caller): Promise<void> {
  const lucia = luciaFor(prisma, caller.secure);
  const before = lucia.readSessionCookie(caller.cookie);
  if (before !== null) await lucia.invalidateSession(before);
  await lucia.deleteExpiredSessions();
  const { address, device } = caller;
  const session = await lucia.createSession(userId, {
    rowId: randomUUID(),
    address,
    device,
    lastSeenAt: new Date(),
  });
  caller.setCookie?.(lucia.createSessionCookie(session.id).serialize());
}

/** Who holds the cookie; undefined when it holds nobody's session. */
export async function viewerOfSession(prisma: PrismaClient, caller: Caller): Promise<Viewer | undefined> {
  const lucia = luciaFor(prisma, caller.secure);
  const sessionId = lucia.readSessionCookie(caller.cookie);
  if (sessionId === null) return undefined;
  const { session, user } = await lucia.validateSession(sessionId);
  if (session === null) return undefined;
  if (session.fresh) caller.setCookie?.(lucia.createSessionCookie(session.id).serialize());
  if (Date.now() - session.lastSeenAt.getTime() > seenEveryMs) {
    await prisma.session.updateMany({ where: { id: session.rowId }, data: { lastSeenAt: new Date() } });
  }
  return viewerOfUser(user, scopesOfRole(user.role), { type: 'session', id: session.rowId });
}

/** Forgets the caller's session, here and in the browser. */
export async function endSession(prisma: PrismaClient, caller: Caller): Promise<void> {
  const lucia = luciaFor(prisma, caller.secure);
  const sessionId = lucia.readSessionCookie(caller.cookie);
  if (sessionId !== null) await lucia.invalidateSession(sessionId);
  caller.setCookie?.(lucia.createBlankSessionCookie().serialize());
}
