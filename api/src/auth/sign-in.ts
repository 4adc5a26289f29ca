// Signing in, setting up the first administrator, signing out.
import { Prisma, type User } from '@bancada/prisma';
import type { Context } from '../context.ts';
import { ConflictError, ForbiddenError, ThrottledError } from '../schema/error.ts';
import { audit } from './audit.ts';
import { hashPassword, passwordMatches } from './password.ts';
import { beginSession, endSession } from './sessions.ts';
import { isSetupCode, needsSetup } from './setup-code.ts';
import { countAttempt, forgiveAttempt } from './throttle.ts';
import { checkName, checkPassword, plainName } from './user-input.ts';
import { nobody, viewerOfUser } from './viewer.ts';

/** What somebody signs in with. */
export interface Credentials {
  readonly name: string;
  readonly password: string;
}

/**
 * The answer and its time are the same for an unknown user and a wrong password.
 * @throws ThrottledError after 20 wrong ones of the account or the address; ForbiddenError for a wrong one.
 */
export async function signIn(context: Context, { name: given, password }: Credentials): Promise<User> {
  expectUsers(context);
  expectCookies(context);
  const { prisma, pool, caller } = context;
  const name = plainName(given);
  await expectCalm(context, name);
  const user = await prisma.user.findUnique({ where: { name } });
  const matches = await passwordMatches(user?.passwordHash, password);
  if (!matches || user === null) {
    // Of a name that is nobody's, nothing is kept: it may be a password in the wrong field.
    await audit(prisma, { viewer: nobody, caller }, { action: 'sign-in.refused', subject: user?.name ?? '' });
    throw new ForbiddenError('the name or the password is wrong');
  }
  await forgiveAttempt(pool, name, caller.address);
  await beginSession(prisma, user.id, caller);
  await audit(prisma, { viewer: signedIn(user), caller }, { action: 'sign-in' });
  return user;
}

/**
 * Makes the first administrator and signs them in. Only one caller can, and only one who reads the terminal or the log.
 * @throws ForbiddenError for a wrong code, ThrottledError after 20, ConflictError once there is a user, ValidationError.
 */
export async function setUp(
  context: Context,
  { code, ...credentials }: Credentials & { readonly code: string },
): Promise<User> {
  expectUsers(context);
  expectCookies(context);
  const { prisma, pool, caller, secrets } = context;
  if (!(await needsSetup(prisma))) throw alreadySetUp();
  await expectCalm(context, 'set-up');
  if (!isSetupCode(secrets, code)) throw new ForbiddenError('the setup code is wrong');
  await forgiveAttempt(pool, 'set-up', caller.address);
  const name = checkName(credentials.name);
  checkPassword(credentials.password, name);
  const passwordHash = await hashPassword(credentials.password);
  const user = await prisma.$transaction(async (transaction) => {
    await transaction.$executeRaw(Prisma.sql`lock table "User" in share row exclusive mode`);
    if (!(await needsSetup(transaction))) throw alreadySetUp();
    const made = await transaction.user.create({ data: { name, passwordHash, role: 'ADMIN' } });
    await audit(transaction, { viewer: signedIn(made), caller }, { action: 'set-up' });
    return made;
  });
  await beginSession(prisma, user.id, caller);
  return user;
}

/** Ends the caller's session; without one, nothing happens. */
export async function signOut(context: Context): Promise<void> {
  const { prisma, viewer, caller } = context;
  if (viewer.credential.type === 'session') await audit(prisma, { viewer, caller }, { action: 'sign-out' });
  await endSession(prisma, caller);
}

/** @throws ConflictError while authentication is off. */
export function expectUsers({ authEnabled }: Pick<Context, 'authEnabled'>): void {
  if (!authEnabled) {
    throw new ConflictError('authentication is off; start with BANCADA_AUTH=on to have users');
  }
}

function expectCookies({ caller }: Context): void {
  if (caller.setCookie === undefined)
    throw new ForbiddenError('sign in over HTTP: a WebSocket sets no cookie');
}

async function expectCalm({ pool, prisma, caller }: Context, name: string): Promise<void> {
  const seconds = await countAttempt(pool, name, caller.address);
  if (seconds === undefined) return;
  caller.retryAfterSeconds = seconds;
  await audit(prisma, { viewer: nobody, caller }, { action: 'sign-in.throttled' });
  throw new ThrottledError(seconds);
}

function signedIn(user: User) {
  return viewerOfUser(user, [], { type: 'nobody' });
}

function alreadySetUp(): ConflictError {
  return new ConflictError('this bench has an administrator already: sign in');
}
