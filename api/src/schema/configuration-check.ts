// checkPrompt, checkTask, checkSuite, renderPrompt: what saving and rendering would say, asked while somebody types.
import { builder, reads } from '../builder.ts';
import { checkedPrompt } from '../configuration/checked-prompt.ts';
import { checkedSuite } from '../configuration/checked-suite.ts';
import { checkedTask } from '../configuration/checked-task.ts';
import { renderTemplate } from '../template-renderer.ts';
import { ValidationError, type ValidationIssue, ValidationIssueObject } from './error.ts';
import { SavePromptInput } from './save-prompt.ts';
import { SaveSuiteInput } from './save-suite.ts';
import { SaveTaskInput } from './save-task.ts';

interface Check {
  readonly issues: readonly ValidationIssue[];
  readonly warnings: readonly ValidationIssue[];
  readonly variables: readonly string[];
}

const ConfigurationCheck = builder.objectRef<Check>('ConfigurationCheck').implement({
  description: 'What saving would say.',
  authScopes: reads,
  fields: (t) => ({
    issues: t.field({
      type: [ValidationIssueObject],
      description: 'Why it cannot be saved; empty when it can.',
      resolve: ({ issues }) => [...issues],
    }),
    warnings: t.field({
      type: [ValidationIssueObject],
      description: 'Why it could be saved, but not be run yet.',
      resolve: ({ warnings }) => [...warnings],
    }),
    variables: t.stringList({
      description: 'Of a prompt: names that must be given to render it.',
      resolve: ({ variables }) => [...variables],
    }),
  }),
});

const RenderedPrompt = builder
  .objectRef<{ readonly text: string | undefined; readonly message: string | undefined }>('RenderedPrompt')
  .implement({
    authScopes: reads,
    description: 'A template filled in, or why it cannot be.',
    fields: (t) => ({
      text: t.string({
        nullable: true,
        description: 'The text; null when rendering failed.',
        resolve: ({ text }) => text ?? null,
      }),
      message: t.string({
        nullable: true,
        description: 'Why it failed; null when it did not.',
        resolve: ({ message }) => message ?? null,
      }),
    }),
  });

builder.queryFields((t) => ({
  renderPrompt: t.field({
    description: 'Fills a template in; stopped after a second, and kept away from everything else.',
    type: RenderedPrompt,
    authScopes: reads,
    args: {
      template: t.arg.string({ required: true, description: 'Jinja.' }),
      variables: t.arg({ type: 'JSON', description: 'An object with a value for each name.' }),
    },
    resolve: async (_root, { template, variables }) => {
      const given = typeof variables === 'object' && variables !== null && !Array.isArray(variables);
      const values = given ? (variables as Record<string, unknown>) : {};
      const rendered = await renderTemplate({ template, values });
      return rendered.status === 'ok'
        ? { text: rendered.text, message: undefined }
        : { text: undefined, message: rendered.message };
    },
  }),
  checkPrompt: t.field({
    description: 'What savePrompt would say of it; nothing is saved.',
    type: ConfigurationCheck,
    authScopes: reads,
    args: { input: t.arg({ description: 'As it would be saved.', type: SavePromptInput, required: true }) },
    resolve: (_root, { input }) =>
      checking(async () => ({ warnings: [], variables: checkedPrompt(input).variables })),
  }),
  checkTask: t.field({
    description: 'What saveTask would say of it; nothing is saved.',
    type: ConfigurationCheck,
    authScopes: reads,
    args: { input: t.arg({ description: 'As it would be saved.', type: SaveTaskInput, required: true }) },
    resolve: (_root, { input }, context) =>
      checking(async () => ({ warnings: (await checkedTask(context, input)).warnings, variables: [] })),
  }),
  checkSuite: t.field({
    description: 'What saveSuite would say of it; nothing is saved.',
    type: ConfigurationCheck,
    authScopes: reads,
    args: { input: t.arg({ description: 'As it would be saved.', type: SaveSuiteInput, required: true }) },
    resolve: (_root, { input }, context) =>
      checking(async () => ({ warnings: (await checkedSuite(context, input)).warnings, variables: [] })),
  }),
}));

async function checking(check: () => Promise<Omit<Check, 'issues'>>): Promise<Check> {
  try {
    return { issues: [], ...(await check()) };
  } catch (thrown) {
    if (thrown instanceof ValidationError) return { issues: thrown.issues, warnings: [], variables: [] };
    throw thrown;
  }
}
