// The code that the first administrator shows: whoever reads the terminal or the log of this bench has it, a stranger does not.
import { timingSafeEqual } from 'node:crypto';
import type { PrismaClient, SecretBox } from '@bancada/prisma';

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Follows from the key for secrets at rest: every process of a bench knows it, and nothing is stored. `XXXX-XXXX-XXXX`. */
export function setupCode(secrets: SecretBox): string {
  const code = Array.from(
    secrets.derive('first administrator').subarray(0, 12),
    (byte) => letters[byte % 32],
  );
  return code.join('').replace(/(.{4})(?=.)/g, '$1-');
}

/** Whether somebody typed it, dashes and case aside. */
export function isSetupCode(secrets: SecretBox, given: string): boolean {
  const bare = (code: string) => Buffer.from(code.toUpperCase().replace(/[^A-Z0-9]/g, ''));
  const [typed, wanted] = [bare(given), bare(setupCode(secrets))];
  return typed.length === wanted.length && timingSafeEqual(typed, wanted);
}

/** Whether there is nobody yet. */
export async function needsSetup(prisma: Pick<PrismaClient, 'user'>): Promise<boolean> {
  return (await prisma.user.findFirst({ select: { id: true } })) === null;
}
