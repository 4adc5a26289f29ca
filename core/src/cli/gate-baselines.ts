// Where the command line finds the earlier run that a gate compares with: this results file, or another one.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Baseline, judgeBaselineGates } from '../comparison/baseline-gates.ts';
import { BancadaError } from '../errors.ts';
import { type BaselineJudge, lastSuccess } from '../run/gates.ts';
import type { Plan } from '../run/plan.ts';
import type { RunRecord } from '../run/record.ts';
import type { ResultReader } from '../run/result-store.ts';
import { latestRun } from './operand.ts';
import { openResults } from './results-file.ts';

/** Looks baselines up for one run; close it when the run is over. */
export class GateBaselines implements AsyncDisposable {
  readonly #plan: Plan;
  readonly #own: ResultReader;
  readonly #files = new Map<string, ResultReader>();

  private constructor(plan: Plan, own: ResultReader) {
    this.#plan = plan;
    this.#own = own;
  }

  /**
   * `own` is the results file that the run is written to.
   * @throws BancadaError INVALID_INPUT, FILE_NOT_FOUND or FILE_INVALID for a baseline that is not there, before anything runs.
   */
  static async open(plan: Plan, own: ResultReader): Promise<GateBaselines> {
    const baselines = new GateBaselines(plan, own);
    for (const [position, { baseline }] of plan.gates.entries()) {
      if (baseline === undefined || baseline === lastSuccess) continue;
      const found = await baselines.#find(baseline, undefined);
      if (found.status === 'found') continue;
      throw new BancadaError('INVALID_INPUT', 'there is no such run to compare with', {
        key: `gates[${position}].baseline`,
        value: baseline,
        allowed: 'last-success, the id of a run in the results file, or the path of a results file',
      });
    }
    return baselines;
  }

  /** For `RunOptions.judgeBaselines`. */
  readonly judge: BaselineJudge = (runId, gates, measured) =>
    judgeBaselineGates({
      gates,
      measured,
      reader: this.#own,
      find: (baseline) => this.#find(baseline, runId),
    });

  async [Symbol.asyncDispose](): Promise<void> {
    for (const reader of this.#files.values()) await reader.close();
  }

  async #find(baseline: string, ownId: string | undefined): Promise<Baseline> {
    if (baseline === lastSuccess) return this.#lastSuccess(ownId);
    const run = (await this.#own.runs()).find(({ id }) => id === baseline && id !== ownId);
    if (run !== undefined) return found(this.#own, run);
    const file = path.resolve(this.#plan.context.baseDirectory, baseline);
    if (!existsSync(file) && !/\.(sqlite|db)$/.test(baseline)) {
      return { status: 'missing', message: `there is no run ${baseline}` };
    }
    const reader = this.#files.get(file) ?? (await openResults(file));
    this.#files.set(file, reader);
    return found(reader, await latestRun(reader, file));
  }

  async #lastSuccess(ownId: string | undefined): Promise<Baseline> {
    for (const run of await this.#own.runs()) {
      if (run.id === ownId || run.name !== this.#plan.run.name || run.status !== 'succeeded') continue;
      const gates = await this.#own.gates(run.id);
      if (gates.every(({ passed }) => passed)) return found(this.#own, run);
    }
    return { status: 'none-yet', message: 'no earlier run succeeded, so nothing is compared yet' };
  }
}

async function found(reader: ResultReader, { id, createdAt }: RunRecord): Promise<Baseline> {
  return {
    status: 'found',
    label: `the run of ${createdAt.slice(0, 16).replace('T', ' ')}`,
    reader,
    evaluations: await reader.evaluations(id),
  };
}
