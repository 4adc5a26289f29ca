// The audit trail: who did what, when and from where. Nothing secret goes in.
import type { Prisma, PrismaClient } from '@bancada/prisma';
import type { Caller } from './caller.ts';
import type { Viewer } from './viewer.ts';

/** What is written down. `settings.changed` is for whatever an administrator sets. */
type AuditAction =
  | 'set-up'
  | 'sign-in'
  | 'sign-in.refused'
  | 'sign-in.throttled'
  | 'sign-out'
  | 'sign-out.everywhere'
  | 'session.revoked'
  | 'user.created'
  | 'user.role'
  | 'user.deleted'
  | 'password.changed'
  | 'password.reset'
  | 'token.created'
  | 'token.revoked'
  | 'run.deleted'
  | 'settings.changed';

/** An entry to be. */
export interface AuditEntry {
  readonly action: AuditAction;
  /** What it was done to: a user's name, a run's id. */
  readonly subject?: string;
  readonly detail?: Prisma.InputJsonObject;
}

/** Writes it. In a transaction, pass the transaction's client: then it is kept with the change or not at all. */
export async function audit(
  prisma: Pick<PrismaClient, 'auditEvent'>,
  { viewer, caller }: { readonly viewer: Viewer; readonly caller: Caller },
  { action, subject, detail }: AuditEntry,
): Promise<void> {
  const { address, device } = caller;
  await prisma.auditEvent.create({
    data: {
      action,
      userId: viewer.id ?? null,
      actor: viewer.name,
      address,
      device,
      subject: subject ?? null,
      detail: detail ?? {},
    },
  });
}
