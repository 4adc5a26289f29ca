// Plans of the runs that this worker works on: made once, of the suite as the run's row has it.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Plan, parseSuite, planRun } from '@bancada/core';
import { homesWithLibrary } from '@bancada/prisma';
import type { Environment } from './env.ts';
import type { RunRow } from './run-row.ts';

const capacity = 8;

/** Holds the latest plans. */
export class PlanCache {
  readonly #env: Environment;
  readonly #plans = new Map<string, Promise<Plan>>();

  constructor(env: Environment) {
    this.#env = env;
  }

  /** The plan of a run. @throws BancadaError, BancadaErrors when the suite is wrong or a file is missing; the next call tries again. */
  get(runId: string, run: RunRow): Promise<Plan> {
    const known = this.#plans.get(runId);
    if (known !== undefined) return known;
    const plan = this.#make(run);
    plan.catch(() => this.#plans.delete(runId));
    this.#plans.set(runId, plan);
    const oldest = this.#plans.keys().next().value;
    if (this.#plans.size > capacity && oldest !== undefined) this.#plans.delete(oldest);
    return plan;
  }

  async #make(run: RunRow): Promise<Plan> {
    const { indexDirectory, secret, network } = this.#env;
    const homes = await homesWithLibrary(this.#env.homes, run.library);
    const suite = parseSuite(run.config, this.#place(run), { homes, limit: run.limit });
    const datasetVersions = run.library?.datasets;
    return planRun(suite, { homes, indexDirectory, secret, network, datasetVersions });
  }

  // Paths in a suite are relative to its file: that of the registered suite, else one in the user's home.
  #place({ suite }: RunRow): string {
    const name = `${suite ?? 'suite'}.yaml`;
    const candidates = this.#env.homes.map((home) => path.join(home, 'suites', name));
    return candidates.find((file) => existsSync(file)) ?? candidates[0] ?? name;
  }
}
