// Registers the prompts of the homes, and a version of each text.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { BancadaError, listPrompts, parsePrompt, templateVariables } from '@bancada/core';
import type { Prisma } from '../generated/client.ts';
import type { SeedContext, SeededKind } from './seed-context.ts';

/** Leaves out faulty ones, and says why. */
export async function seedPrompts(
  prisma: Prisma.TransactionClient,
  context: SeedContext,
): Promise<SeededKind> {
  let count = 0;
  let newVersions = 0;
  for (const { name, file } of await listPrompts(context.homes)) {
    const yaml = await readFile(file, 'utf8');
    const facts = describe(name, yaml, file, context);
    if (facts === undefined) continue;
    const data = { bundled: context.isBundled(file) };
    const { id, versions } = await prisma.prompt.upsert({
      where: { name },
      create: { name, ...data },
      update: data,
      select: {
        id: true,
        versions: { orderBy: { version: 'desc' }, select: { version: true, sha256: true, saved: true } },
      },
    });
    count += 1;
    const sha256 = createHash('sha256').update(yaml).digest('hex');
    if (versions.find(({ saved }) => !saved)?.sha256 === sha256) continue;
    const version = (versions[0]?.version ?? 0) + 1;
    await prisma.promptVersion.create({ data: { promptId: id, version, sha256, yaml, ...facts } });
    newVersions += 1;
  }
  return { count, newVersions };
}

function describe(name: string, yaml: string, file: string, { fault }: SeedContext) {
  try {
    const { template, description } = parsePrompt(yaml, file);
    return {
      template: template.source,
      description: description ?? null,
      variables: templateVariables(template.source),
    };
  } catch (thrown) {
    if (!(thrown instanceof BancadaError)) throw thrown;
    fault(`prompt ${name}: ${thrown.message}`);
    return undefined;
  }
}
