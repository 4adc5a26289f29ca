// SavedText: what savePrompt, saveTask and saveSuite have in common.
import { builder, writes } from '../builder.ts';
import type { SavedVersion } from '../configuration/saved-version.ts';
import { type ValidationIssue, ValidationIssueObject } from './error.ts';

/** A text that was saved, and what keeps it from being run yet. */
export interface Saved {
  readonly data: SavedVersion;
  readonly warnings: readonly ValidationIssue[];
}

/** GraphQL interface `SavedText`. */
export const SavedText = builder.interfaceRef<Saved>('SavedText').implement({
  description: 'A text is saved as a version, or was before.',
  authScopes: writes,
  fields: (t) => ({
    version: t.int({
      description: 'Number of the version that has the text.',
      resolve: ({ data }) => data.version,
    }),
    unchanged: t.boolean({
      description: 'The newest version has this text already: none was made.',
      resolve: ({ data }) => data.unchanged,
    }),
    warnings: t.field({
      type: [ValidationIssueObject],
      description: 'What keeps it from being run yet: a model, task or data that are not there.',
      resolve: ({ warnings }) => [...warnings],
    }),
  }),
});

/** What every such mutation says of itself. */
export const savingDescription =
  'Saves a new version; unchanged text gives the version that has it. Names that come with the program are refused.';

/** The key that makes a repeat harmless. */
export const savingArguments = builder.args((t) => ({
  idempotencyKey: t.string({
    description: 'Any text of your own, one for each text saved; null when repeats are fine.',
  }),
}));
