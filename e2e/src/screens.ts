// Every screen of the dashboard with an address that has something to show.
import { graphql } from './api-client.ts';

/** A screen: the name of its picture, and its path. */
export interface Screen {
  readonly name: string;
  readonly path: string;
}

interface Known {
  readonly runs: { readonly nodes: readonly { readonly id: string; readonly name: string }[] };
  readonly suites: { readonly nodes: readonly { readonly id: string; readonly name: string }[] };
}

/** The addresses for what the system holds now; `runId` is the run shown, `compared` the runs beside each other: the newest unless given. */
export async function screens(url: string, runId?: string, compared?: string): Promise<Screen[]> {
  const { runs, suites } = await graphql<Known>(
    url,
    '{ runs(first: 2) { nodes { id name } } suites { nodes { id name } } }',
  );
  const run = runId ?? runs.nodes[0]?.id ?? '';
  const { run: shown } = await graphql<{ run: { samples: { nodes: { id: string }[] } } }>(
    url,
    'query ($id: ID!) { run(id: $id) { samples(first: 1) { nodes { id } } } }',
    { id: run },
  );
  const sides = compared ?? runs.nodes.map(({ id }) => id).join(',');
  return [
    { name: 'home', path: '/' },
    { name: 'runs', path: '/runs' },
    { name: 'run-overview', path: `/runs/${run}` },
    ...['samples', 'performance', 'hardware', 'log', 'config'].map((tab) => ({
      name: `run-${tab}`,
      path: `/runs/${run}/${tab}`,
    })),
    ...shown.samples.nodes.map(({ id }) => ({ name: 'sample', path: `/runs/${run}/samples/${id}` })),
    { name: 'new-run', path: '/new' },
    { name: 'compare', path: `/compare?runs=${sides}` },
    { name: 'suites', path: '/suites' },
    ...suites.nodes
      .filter(({ name }) => name === 'quickstart')
      .map(({ id }) => ({ name: 'suite', path: `/suites/${id}` })),
    { name: 'suite-editor', path: '/suites/new' },
    { name: 'tasks', path: '/tasks' },
    { name: 'task', path: '/tasks/tiny-facts' },
    { name: 'prompts', path: '/prompts' },
    { name: 'prompt', path: '/prompts/rag-en' },
    { name: 'models', path: '/models' },
    { name: 'model-new', path: '/models/new' },
    { name: 'datasets', path: '/datasets' },
    { name: 'dataset', path: '/datasets/tiny-arithmetic' },
    { name: 'dataset-new', path: '/datasets/new' },
    { name: 'dataset-import', path: '/datasets/import' },
    { name: 'dataset-task', path: '/datasets/tiny-arithmetic/task' },
    { name: 'queue', path: '/queue' },
    { name: 'schedules', path: '/schedules?edit=new' },
    { name: 'inbox', path: '/inbox' },
    { name: 'hardware', path: '/hardware' },
    { name: 'more', path: '/more' },
    { name: 'developers', path: '/developers' },
    { name: 'settings', path: '/settings' },
    { name: 'retention', path: '/settings/retention' },
  ];
}
