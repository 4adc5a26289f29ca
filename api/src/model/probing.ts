// Probes of endpoints, given or registered, and what of them is kept.
import { BancadaError, type EndpointProbe, type ProbeCall, probeModel, resolveModel } from '@bancada/core';
import { appendActivity, type Endpoint, type Prisma } from '@bancada/prisma';
import type { Services } from '../context.ts';
import { isId } from '../schema/connection.ts';
import { NotFoundError, ValidationError } from '../schema/error.ts';
import { type EndpointRequest, resolveEndpoint } from './endpoint-input.ts';

/** Either an endpoint that is not registered, or a model that is. */
export interface ProbeRequest {
  readonly endpoint?: EndpointRequest | null | undefined;
  readonly modelId?: string | null | undefined;
}

const probeTimeoutSeconds = 60;

/** Probes. What is found of a registered one is kept, its failure too. @throws BancadaError, NotFoundError, ValidationError. */
export async function probe(
  services: Services,
  { endpoint, modelId }: ProbeRequest,
  call: ProbeCall = {},
): Promise<EndpointProbe> {
  if (modelId) return probeRegistered(services, modelId, call);
  if (endpoint) return probeModel(await resolveEndpoint(services, endpoint), call);
  const message = 'either an endpoint or a modelId is wanted';
  throw new ValidationError([{ path: 'endpoint', message, value: null }]);
}

/** The columns that a probe fills. */
export function probeColumns(found: EndpointProbe) {
  return {
    checks: found.checks.map(({ capability, works, reason }) => ({
      capability,
      works,
      reason: reason ?? null,
    })) as Prisma.InputJsonArray,
    capabilities: found.capabilities as unknown as Prisma.InputJsonObject,
    listed: [...found.models],
    contextLength: found.contextLength ?? null,
    latencyMs: found.latencyMs,
    fault: null,
    checkedAt: new Date(),
  };
}

async function probeRegistered(services: Services, modelId: string, call: ProbeCall): Promise<EndpointProbe> {
  const { prisma, pool, homes, secret, network } = services;
  const model = isId(modelId)
    ? await prisma.model.findUnique({ where: { id: modelId }, include: { endpoint: true } })
    : null;
  if (!model?.endpoint) throw new NotFoundError('endpoint of a model', modelId);
  const { id } = model.endpoint;
  try {
    const resolved = await resolveModel(model.name, { homes, baseDirectory: '.', secret, network });
    const options = { ...resolved.options, timeout_s: probeTimeoutSeconds };
    const found = await probeModel({ ...resolved, options }, call);
    await keep(services, id, probeColumns(found));
    return found;
  } catch (thrown) {
    if (!(thrown instanceof BancadaError)) throw thrown;
    await keep(services, id, { fault: thrown.message, checkedAt: new Date() });
    throw thrown;
  } finally {
    await appendActivity(pool, { kind: 'model.changed' });
  }
}

async function keep(
  { prisma }: Services,
  id: Endpoint['id'],
  data: Prisma.EndpointUpdateInput,
): Promise<void> {
  await prisma.endpoint.updateMany({ where: { id }, data: data as Prisma.EndpointUpdateManyMutationInput });
}
