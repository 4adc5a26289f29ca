// Whether the endpoints of a plan can do what its tasks ask, by what their last probe found.
import { type Capabilities, type LackingCapability, lackingCapability, type Plan } from '@bancada/core';
import type { Services } from '../context.ts';
import { CapabilityError } from '../schema/error.ts';

/** @throws CapabilityError naming each task that a model of the plan cannot do, with the reason. */
export async function checkEndpoints({ prisma }: Services, { evaluations }: Plan): Promise<void> {
  const names = [...new Set(evaluations.map(({ model }) => registeredName(model.name)))];
  const models = await prisma.model.findMany({
    where: { name: { in: names }, endpointId: { not: null } },
    select: { name: true, endpoint: { select: { capabilities: true } } },
  });
  const probed = new Map(models.map(({ name, endpoint }) => [name, endpoint?.capabilities]));
  const faults = new Map<string, LackingCapability>();
  for (const { model, task } of evaluations) {
    const capabilities = probed.get(registeredName(model.name)) as unknown as Capabilities | null | undefined;
    const fault = capabilities ? lackingCapability(model.name, capabilities, task) : undefined;
    if (fault) faults.set(fault.summary, fault);
  }
  if (faults.size === 0) return;
  const blocked = [...faults.values()];
  throw new CapabilityError(
    blocked.map(({ summary, reason }) => (reason ? `${summary}: ${reason}` : summary)).join('\n'),
    [...new Set(blocked.flatMap(({ needed }) => needed))],
    'Leave these tasks or models out, or probe the endpoint again after it was changed.',
  );
}

function registeredName(name: string): string {
  return name.split(':')[0] ?? name;
}
