// The names of models and tasks in a suite's YAML, for lists that show many suites.
import { BancadaError, parseSuite } from '@bancada/core';

/** What a suite names; empty lists when its YAML is wrong. */
export interface SuiteNames {
  readonly models: string[];
  readonly tasks: string[];
}

/** Models without a name go by the model that they ask for, else by their provider. */
export function suiteNames(yaml: string): SuiteNames {
  try {
    const { definition } = parseSuite(yaml, 'suite.yaml', { homes: [] });
    return {
      models: definition.models.map((model) =>
        typeof model === 'string' ? model : (model.name ?? String(model.model ?? model.provider)),
      ),
      tasks: definition.tasks.map((task) => (typeof task === 'string' ? task : task.task)),
    };
  } catch (thrown) {
    if (thrown instanceof BancadaError) return { models: [], tasks: [] };
    throw thrown;
  }
}
