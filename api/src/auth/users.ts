// What administrators do with users: make, change the role, reset the password, delete. There is always an administrator left.
import { Prisma, type Role, type User } from '@bancada/prisma';
import type { Context } from '../context.ts';
import { ConflictError, NotFoundError } from '../schema/error.ts';
import { audit } from './audit.ts';
import { hashPassword, makePassword } from './password.ts';
import { expectUsers } from './sign-in.ts';
import { checkName, checkPassword } from './user-input.ts';

/** Who is to be made. */
export interface UserWish {
  readonly name: string;
  readonly role: Role;
  /** Without one, one is made up. */
  readonly password?: string | undefined;
}

/** A user, and the password that was made up for them: told in this answer and nowhere else. */
export interface UserWithPassword {
  readonly user: User;
  readonly password: string | undefined;
}

/**
 * A key that made a user gives that user again, without the password that was made up.
 * @throws ConflictError when the name is taken or authentication is off, ValidationError.
 */
export async function createUser(
  context: Context,
  wish: UserWish,
  idempotencyKey: string | undefined,
): Promise<UserWithPassword> {
  expectUsers(context);
  const { prisma, viewer, caller } = context;
  const same = idempotencyKey && (await prisma.user.findUnique({ where: { idempotencyKey } }));
  if (same) return { user: same, password: undefined };
  const name = checkName(wish.name);
  if (wish.password !== undefined) checkPassword(wish.password, name);
  const made = wish.password === undefined ? makePassword() : undefined;
  const passwordHash = await hashPassword(wish.password ?? made ?? '');
  try {
    const user = await prisma.user.create({
      data: { name, passwordHash, role: wish.role, idempotencyKey: idempotencyKey ?? null },
    });
    const detail = { role: user.role };
    await audit(prisma, { viewer, caller }, { action: 'user.created', subject: name, detail });
    return { user, password: made };
  } catch (thrown) {
    if (thrown instanceof Prisma.PrismaClientKnownRequestError && thrown.code === 'P2002') {
      throw new ConflictError(`there is a user ${name} already`);
    }
    throw thrown;
  }
}

/** Open sessions and tokens follow at once. @throws NotFoundError, ConflictError for the last administrator. */
export function setUserRole(context: Context, id: string, role: Role): Promise<User> {
  const { viewer, caller } = context;
  return changeUser(context, id, async (transaction, user) => {
    if (role !== 'ADMIN') await expectOtherAdmin(transaction, user);
    const changed = await transaction.user.update({ where: { id }, data: { role } });
    const detail = { from: user.role, to: role };
    await audit(transaction, { viewer, caller }, { action: 'user.role', subject: user.name, detail });
    return changed;
  });
}

/** All their sessions end; their tokens stay. @throws NotFoundError, ValidationError. */
export async function resetPassword(
  context: Context,
  id: string,
  password: string | undefined,
): Promise<UserWithPassword> {
  const { viewer, caller } = context;
  const made = password === undefined ? makePassword() : undefined;
  const passwordHash = await hashPassword(password ?? made ?? '');
  const user = await changeUser(context, id, async (transaction, { name }) => {
    if (password !== undefined) checkPassword(password, name);
    await transaction.session.deleteMany({ where: { userId: id } });
    await audit(transaction, { viewer, caller }, { action: 'password.reset', subject: name });
    return transaction.user.update({ where: { id }, data: { passwordHash } });
  });
  return { user, password: made };
}

/** With sessions and tokens; their runs stay. @throws NotFoundError, ConflictError for the last administrator. */
export function deleteUser(context: Context, id: string): Promise<User> {
  const { viewer, caller } = context;
  return changeUser(context, id, async (transaction, user) => {
    await expectOtherAdmin(transaction, user);
    await audit(transaction, { viewer, caller }, { action: 'user.deleted', subject: user.name });
    return transaction.user.delete({ where: { id } });
  });
}

// One change at a time: two administrators that demote each other at the same moment leave one.
async function changeUser(
  context: Context,
  id: string,
  change: (transaction: Prisma.TransactionClient, user: User) => Promise<User>,
): Promise<User> {
  expectUsers(context);
  return context.prisma.$transaction(async (transaction) => {
    await transaction.$executeRaw(Prisma.sql`lock table "User" in share row exclusive mode`);
    const user = await transaction.user.findUnique({ where: { id } });
    if (user === null) throw new NotFoundError('user', id);
    return change(transaction, user);
  });
}

async function expectOtherAdmin(transaction: Prisma.TransactionClient, { id, role }: User): Promise<void> {
  if (role !== 'ADMIN') return;
  const others = await transaction.user.count({ where: { role: 'ADMIN', id: { not: id } } });
  if (others === 0) throw new ConflictError('this is the last administrator: make another one first');
}
