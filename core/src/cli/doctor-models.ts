// The doctor's look at engines, registered models and endpoints.

import { access } from 'node:fs/promises';
import path from 'node:path';
import { toError } from '../errors.ts';
import { listModels, type ModelEntry } from '../model/list.ts';
import { type ModelContext, openLanguageModel, type ResolvedModel, resolveModel } from '../model/open.ts';
import type { ModelProvider } from '../model/provider.ts';
import { type ProviderName, providers } from '../model/registry.ts';
import { unrestrictedNetwork } from '../network/network-policy.ts';
import type { Environment } from './environment.ts';
import type { Finding } from './finding.ts';

/** An endpoint that is not registered, as given on the command line. */
export interface EndpointQuestion {
  readonly endpoint?: string;
  readonly model?: string;
  readonly apiKeyEnv?: string;
}

/** Every registered model: the manifest is right and its files are there; a registered endpoint is probed. */
export async function checkModels(environment: Environment): Promise<Finding[]> {
  const models = await listModels(environment.homes);
  if (models.length === 0) {
    return [
      {
        name: 'models',
        state: 'warning',
        detail: `none under ${environment.homes.join(', ')}`,
        remedy: 'put a folder with model.yaml under models/, or name a .gguf file in the suite',
      },
    ];
  }
  return (await Promise.all(models.map((model) => checkModel(model, environment)))).flat();
}

/** Each local engine, by loading the smallest registered language model that it can: proves that its native part runs here. */
export async function checkEngines(environment: Environment): Promise<Finding[]> {
  const models = (await listModels(environment.homes))
    .filter((model) => model.kind === 'language')
    .toSorted((a, b) => (a.parameters ?? Number.MAX_VALUE) - (b.parameters ?? Number.MAX_VALUE));
  const specs = models.flatMap((model) => model.variants.map((variant) => `${model.name}:${variant}`));
  return Promise.all(localEngines.map((provider) => checkEngine(provider, specs, environment)));
}

/** The endpoint given on the command line, asked for what it can do. */
export async function checkEndpoint(
  question: EndpointQuestion,
  environment: Environment,
): Promise<Finding[]> {
  if (question.endpoint === undefined) return [];
  const { probeEndpoint } = await import('../model/endpoint-probe.ts');
  const name = `endpoint ${question.endpoint}`;
  const apiKey = question.apiKeyEnv === undefined ? undefined : environment.secret(question.apiKeyEnv);
  if (question.apiKeyEnv !== undefined && !apiKey) {
    const remedy = `set it: export ${question.apiKeyEnv}=…`;
    return [{ name, state: 'fault', detail: `the variable ${question.apiKeyEnv} is not set`, remedy }];
  }
  try {
    const found = await probeEndpoint({
      network: unrestrictedNetwork,
      base_url: question.endpoint,
      model: question.model,
      apiKey,
    });
    return capabilityFindings(name, found.capabilities, `model ${found.model}`);
  } catch (thrown) {
    return [
      {
        name,
        state: 'fault',
        detail: toError(thrown).message,
        remedy: 'start the server, or mend the address',
      },
    ];
  }
}

function modelContext(environment: Environment): ModelContext {
  const { homes, secret, workingDirectory } = environment;
  return { homes, secret, baseDirectory: workingDirectory, network: unrestrictedNetwork };
}

const localEngines: readonly ProviderName[] = ['llama-cpp', 'transformers'];

async function checkEngine(
  provider: ProviderName,
  specs: readonly string[],
  environment: Environment,
): Promise<Finding> {
  const name = `engine ${provider}`;
  const context = modelContext(environment);
  try {
    for (const spec of specs) {
      const resolved = await resolveModel(spec, context);
      if (resolved.provider !== provider) continue;
      const model = await openLanguageModel(resolved);
      await model.close();
      return { name, state: 'ok', detail: `${model.info.engine}, loaded ${spec}` };
    }
  } catch (thrown) {
    const remedy =
      'run `npm start` again to install afresh; if it stays, this machine lacks a library that the message names';
    return { name, state: 'fault', detail: toError(thrown).message, remedy };
  }
  const remedy = 'register a model that it can load';
  return { name, state: 'warning', detail: 'not tried: no registered model is for it', remedy };
}

async function checkModel(model: ModelEntry, environment: Environment): Promise<Finding[]> {
  const name = `model ${model.name}`;
  if (model.fault !== undefined) {
    return [
      {
        name,
        state: 'fault',
        detail: model.fault,
        remedy: `mend ${path.join(model.directory, 'model.yaml')}`,
      },
    ];
  }
  const variants = model.variants.map(async (variant): Promise<Finding[]> => {
    const label = `${name}:${variant}`;
    try {
      const context = modelContext(environment);
      const resolved = await resolveModel(`${model.name}:${variant}`, context);
      return await checkResolved(label, resolved);
    } catch (thrown) {
      const remedy = `mend ${path.join(model.directory, 'model.yaml')}`;
      return [{ name: label, state: 'fault', detail: toError(thrown).message, remedy }];
    }
  });
  return (await Promise.all(variants)).flat();
}

async function checkResolved(name: string, resolved: ResolvedModel): Promise<Finding[]> {
  if (isEndpoint(resolved)) return probeRegistered(name, resolved);
  const weights =
    typeof resolved.options.file === 'string' ? resolved.options.file : path.join('onnx', 'model.onnx');
  const file = path.resolve(resolved.context.baseDirectory, weights);
  const there = await access(file).then(
    () => true,
    () => false,
  );
  return there
    ? [{ name, state: 'ok', detail: `${resolved.provider}, ${file}` }]
    : [
        {
          name,
          state: 'fault',
          detail: `${file} is not there`,
          remedy: 'put the file there, or mend model.yaml',
        },
      ];
}

async function probeRegistered(name: string, resolved: ResolvedModel): Promise<Finding[]> {
  try {
    const model = await openLanguageModel(resolved);
    await model.close();
    return capabilityFindings(name, model.capabilities, model.info.uri);
  } catch (thrown) {
    const remedy = 'start the server, or mend base_url';
    return [{ name, state: 'fault', detail: toError(thrown).message, remedy }];
  }
}

function capabilityFindings(
  name: string,
  capabilities: { readonly missing?: Readonly<Partial<Record<string, string>>> | undefined },
  detail: string,
): Finding[] {
  const missing = Object.entries(capabilities.missing ?? {}).map(
    ([capability, reason]): Finding => ({
      name,
      state: 'warning',
      detail: `no ${capability}: ${reason}`,
      remedy: `tasks that need ${capability} are blocked on this endpoint; use a server that offers it`,
    }),
  );
  return [{ name, state: 'ok', detail }, ...missing];
}

function isEndpoint({ provider }: ResolvedModel): boolean {
  return (providers[provider] as ModelProvider<unknown>).probe !== undefined;
}
