// Lucia's sessions in Postgres. Only the SHA-256 of a session's id is stored.
import type { PrismaClient, Session } from '@bancada/prisma';
import type { Adapter, DatabaseSession } from 'lucia';
import { digest } from './digest.ts';

/** Lucia's own adapter wants an older Prisma and stores ids as they are. */
export class SessionAdapter implements Adapter {
  readonly #prisma: PrismaClient;

  constructor(prisma: PrismaClient) {
    this.#prisma = prisma;
  }

  async getSessionAndUser(sessionId: string): ReturnType<Adapter['getSessionAndUser']> {
    const row = await this.#prisma.session.findUnique({
      where: { tokenHash: digest(sessionId) },
      include: { user: { select: { id: true, name: true, role: true } } },
    });
    if (row === null) return [null, null];
    const { id, name, role } = row.user;
    return [sessionOf(row, sessionId), { id, attributes: { name, role } }];
  }

  /** Their ids are hashes: nobody signs in with them. */
  async getUserSessions(userId: string): Promise<DatabaseSession[]> {
    const rows = await this.#prisma.session.findMany({ where: { userId } });
    return rows.map((row) => sessionOf(row, row.tokenHash));
  }

  async setSession({ id, userId, expiresAt, attributes }: DatabaseSession): Promise<void> {
    const { rowId, address, device } = attributes;
    await this.#prisma.session.create({
      data: { id: rowId, tokenHash: digest(id), userId, address, device, expiresAt },
    });
  }

  async updateSessionExpiration(sessionId: string, expiresAt: Date): Promise<void> {
    await this.#prisma.session.updateMany({ where: { tokenHash: digest(sessionId) }, data: { expiresAt } });
  }

  async deleteSession(sessionId: string): Promise<void> {
    await this.#prisma.session.deleteMany({ where: { tokenHash: digest(sessionId) } });
  }

  async deleteUserSessions(userId: string): Promise<void> {
    await this.#prisma.session.deleteMany({ where: { userId } });
  }

  async deleteExpiredSessions(): Promise<void> {
    await this.#prisma.session.deleteMany({ where: { expiresAt: { lte: new Date() } } });
  }
}

function sessionOf({ id, userId, expiresAt, address, device, lastSeenAt }: Session, sessionId: string) {
  return { id: sessionId, userId, expiresAt, attributes: { rowId: id, address, device, lastSeenAt } };
}
