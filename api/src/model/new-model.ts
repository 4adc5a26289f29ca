// The name and the folder of a model that is being registered.
import { checkModelName, makeModelFolder, removeModelFolder } from '@bancada/core';
import type { Model } from '@bancada/prisma';
import type { Services } from '../context.ts';
import { ConflictError } from '../schema/error.ts';

/** What the fault of a model says whose folder went away: its name is free. */
const folderGone = 'its folder is gone';

/** Makes the folder in the user's home. @throws BancadaError (not a name), ConflictError (taken). */
export async function openModelFolder(services: Services, name: string): Promise<string> {
  checkModelName(name);
  const home = services.homes[0] ?? '.';
  const known = await services.prisma.model.findUnique({ where: { name } });
  if (known !== null && known.fault !== folderGone) {
    throw new ConflictError(`there is a model named ${name}: choose another name, or delete it first`);
  }
  return makeModelFolder(home, name);
}

/** Runs the rest of a registration; when it throws, the folder goes. */
export async function withModelFolder<Result>(
  services: Services,
  name: string,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await openModelFolder(services, name);
  try {
    return await work(folder);
  } catch (thrown) {
    await removeModelFolder(services.homes[0] ?? '.', name);
    throw thrown;
  }
}

/** The model that an earlier request with this key registered. */
export async function modelOfKey(
  { prisma }: Services,
  idempotencyKey: string | undefined,
): Promise<Model | undefined> {
  if (idempotencyKey === undefined) return undefined;
  return (await prisma.model.findUnique({ where: { idempotencyKey } })) ?? undefined;
}
