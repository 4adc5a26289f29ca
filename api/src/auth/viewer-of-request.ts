// Who sends a request: the holder of its token, else of its cookie, else nobody; while authentication is off, the local user.
import type { Services } from '../context.ts';
import { viewerOfToken } from './api-token.ts';
import type { Caller } from './caller.ts';
import { viewerOfSession } from './sessions.ts';
import { localViewer, nobody, type Viewer } from './viewer.ts';

/** A token that is not good is not made up for by a cookie. */
export async function viewerOf(
  { prisma, authEnabled }: Pick<Services, 'prisma' | 'authEnabled'>,
  caller: Caller,
  authorization: string | undefined,
): Promise<Viewer> {
  if (!authEnabled) return localViewer;
  const found =
    authorization === undefined
      ? await viewerOfSession(prisma, caller)
      : await viewerOfToken(prisma, authorization);
  return found ?? nobody;
}
