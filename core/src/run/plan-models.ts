// The models of a suite, found and checked but not loaded.
import { BancadaError } from '../errors.ts';
import { type ModelSpec, type ResolvedModel, resolveModel } from '../model/open.ts';
import type { FaultList } from './fault-list.ts';
import type { ResourceContext } from './resources.ts';
import type { Suite } from './suite.ts';

/** A model of the suite. */
export interface PlannedModel {
  readonly spec: ModelSpec;
  readonly resolved: ResolvedModel;
}

/** Resolves every model; two that would be recorded under one name are a fault. */
export async function planModels(
  suite: Suite,
  context: ResourceContext,
  faults: FaultList,
): Promise<PlannedModel[]> {
  const planned: PlannedModel[] = [];
  for (const [position, spec] of suite.definition.models.entries()) {
    const keys = ['models', position];
    const resolved = await faults.collect(keys, () => resolveKind(spec, 'language', context));
    if (resolved === undefined) continue;
    if (planned.some((other) => other.resolved.name === resolved.name)) {
      const summary = `two models have the name "${resolved.name}"`;
      faults.add(
        keys,
        new BancadaError('DUPLICATE_NAME', summary, { hint: 'Give one of them another name' }),
      );
    }
    planned.push({ spec, resolved });
  }
  return planned;
}

/** As `resolveModel`. @throws BancadaError INVALID_INPUT besides, when the model is of another kind. */
export async function resolveKind(
  spec: ModelSpec,
  kind: ResolvedModel['kind'],
  context: ResourceContext,
): Promise<ResolvedModel> {
  const resolved = await resolveModel(spec, context);
  if (resolved.kind === kind || typeof spec !== 'string') return resolved;
  throw new BancadaError('INVALID_INPUT', `"${resolved.name}" is of another kind`, {
    value: resolved.kind,
    allowed: kind,
  });
}
