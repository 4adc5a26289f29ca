// Browsers that take push messages: kept with their secret sealed, forgotten again.
import { BancadaError, checkAddress } from '@bancada/core';
import { type PushSubscription, secretPurposes } from '@bancada/prisma';
import type { Context } from './context.ts';
import { NotFoundError, ValidationError } from './schema/error.ts';

/** As the browser's PushSubscription gives it. */
export interface PushRequest {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly language?: string | null | undefined;
}

/** Keeps a browser for whoever asks; one that is known already is theirs from now on. @throws ValidationError. */
export async function savePushSubscription(
  { prisma, viewer, network, secrets }: Context,
  request: PushRequest,
): Promise<PushSubscription> {
  const { endpoint, p256dh, auth } = request;
  const issues = [
    endpointIssue(endpoint) ?? [],
    lengthOf(p256dh) === 65 ? [] : issue('p256dh', p256dh, 'p256dh: a public key of 65 bytes in base64url'),
    // The secret is not repeated.
    lengthOf(auth) === 16 ? [] : issue('auth', null, 'auth: a secret of 16 bytes in base64url'),
  ].flat();
  if (issues.length > 0) throw new ValidationError(issues);
  const kept = {
    p256dh,
    auth: secrets.seal(auth, secretPurposes.push),
    language: request.language === 'pt-BR' ? 'pt-BR' : 'en',
    userId: viewer.id ?? null,
  };
  return prisma.pushSubscription.upsert({
    where: { endpoint },
    create: { endpoint, ...kept },
    update: kept,
  });

  function endpointIssue(address: string) {
    try {
      const { protocol, hostname } = checkAddress(network, address, 'endpoint');
      const local = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
      if (protocol === 'https:' || local) return undefined;
      return issue('endpoint', address, 'endpoint: https:// is wanted');
    } catch (thrown) {
      if (!(thrown instanceof BancadaError)) throw thrown;
      return issue('endpoint', address, thrown.message);
    }
  }
}

/** Forgets a browser of whoever asks; gives its address. @throws NotFoundError. */
export async function deletePushSubscription({ prisma, viewer }: Context, endpoint: string): Promise<string> {
  const { count } = await prisma.pushSubscription.deleteMany({
    where: { endpoint, userId: viewer.id ?? null },
  });
  if (count === 0) throw new NotFoundError('push subscription', endpoint);
  return endpoint;
}

function issue(path: string, value: unknown, message: string) {
  return { path, value, message };
}

function lengthOf(base64url: string): number {
  return /^[\w-]+=*$/.test(base64url) ? Buffer.from(base64url, 'base64url').length : 0;
}
