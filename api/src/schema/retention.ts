// Retention: how long samples, hardware rows and logs are kept, what that would delete, and the disks that it is for.
import {
  countPrunable,
  enqueue,
  type RetentionCounts,
  type RetentionRuleValue,
  readRetention,
  retentionSubjects,
} from '@bancada/prisma';
import { audit } from '../auth/audit.ts';
import { administers, builder, reads } from '../builder.ts';
import { saveRetention } from '../retention.ts';
import { ValidationError } from './error.ts';
import { Suite } from './suite.ts';

const RetentionSubjectEnum = builder.enumType('RetentionSubject', {
  description: 'What a rule is for. Metrics, records and events of runs are always kept.',
  values: {
    SAMPLES: { value: 'samples', description: 'Samples and scores of runs.' },
    HARDWARE: { value: 'hardware', description: 'What the machines did.' },
    LOGS: { value: 'logs', description: 'What workers wrote.' },
  } as const,
});

const RetentionRule = builder.objectRef<RetentionRuleValue>('RetentionRule').implement({
  description: 'How long data is kept: whatever `keepDays` or `keepRuns` keeps; without either, for ever.',
  authScopes: reads,
  fields: (t) => ({
    subject: t.expose('subject', { type: RetentionSubjectEnum, description: 'What it is for.' }),
    suite: t.prismaField({
      type: Suite,
      nullable: true,
      description: 'Whose runs it is for; null for those of suites without a rule of their own.',
      resolve: (query, { suiteId }, _args, { prisma }) =>
        suiteId === null ? null : prisma.suite.findUnique({ ...query, where: { id: suiteId } }),
    }),
    keepDays: t.exposeInt('keepDays', {
      nullable: true,
      description: 'Days after the end of a run that its data is kept.',
    }),
    keepRuns: t.exposeInt('keepRuns', {
      nullable: true,
      description: 'The last runs of each suite whose data is kept, whatever their age.',
    }),
  }),
});

const RetentionRuleInput = builder.inputType('RetentionRuleInput', {
  description: 'A rule to save.',
  fields: (t) => ({
    subject: t.field({ type: RetentionSubjectEnum, required: true, description: 'What it is for.' }),
    suiteId: t.id({ description: 'Whose runs it is for; null for the default.' }),
    keepDays: t.int({ description: '1 to 36500; null for any age.' }),
    keepRuns: t.int({ description: '1 to 100000; null for none.' }),
  }),
});

type RuleInput = typeof RetentionRuleInput.$inferInput;

const RetentionCount = builder.objectRef<RetentionCounts>('RetentionCount').implement({
  description: 'Rows that would be deleted.',
  authScopes: administers,
  fields: (t) =>
    Object.fromEntries(
      retentionSubjects.map((subject) => [
        subject,
        t.int({ description: `Of ${subject}.`, resolve: (counts) => counts[subject] }),
      ]),
    ),
});

builder.queryField('retentionRules', (t) =>
  t.field({
    type: [RetentionRule],
    authScopes: reads,
    description: 'The rules in force, defaults first.',
    resolve: async (_root, _args, { pool }) =>
      (await readRetention(pool)).toSorted((a, b) => Number(a.suiteId !== null) - Number(b.suiteId !== null)),
  }),
);

builder.queryField('retentionPreview', (t) =>
  t.field({
    type: RetentionCount,
    authScopes: administers,
    description: 'What rules would delete now; nothing is deleted.',
    args: {
      rules: t.arg({ type: [RetentionRuleInput], description: 'Null for the rules in force.' }),
    },
    resolve: async (_root, { rules }, { pool }) =>
      countPrunable(pool, rules ? rules.map(ruleOf) : await readRetention(pool)),
  }),
);

const SaveRetentionSuccess = builder
  .objectRef<{ data: RetentionRuleValue[] }>('MutationSaveRetentionRulesSuccess')
  .implement({
    description: 'They are saved; what they no longer keep is deleted within the day.',
    authScopes: administers,
    fields: (t) => ({
      data: t.field({
        type: [RetentionRule],
        description: 'The rules in force.',
        resolve: ({ data }) => data,
      }),
    }),
  });

const SaveRetentionResult = builder.errorUnion('SaveRetentionRulesResult', {
  description: 'The rules, or why they were left as they were.',
  types: [SaveRetentionSuccess, ValidationError],
  resolveType: () => 'MutationSaveRetentionRulesSuccess',
});

builder.mutationField('saveRetentionRules', (t) =>
  t.field({
    type: SaveRetentionResult,
    authScopes: administers,
    description: 'Replaces all rules.',
    args: {
      rules: t.arg({ type: [RetentionRuleInput], required: true, description: 'Every rule there is to be.' }),
      pruneNow: t.arg.boolean({
        description: 'Delete at once instead of in the night.',
        defaultValue: false,
      }),
    },
    resolve: async (_root, { rules, pruneNow }, context) => {
      await saveRetention(context, rules.map(ruleOf));
      await audit(context.prisma, context, { action: 'settings.changed', subject: 'retention' });
      if (pruneNow) await enqueue(context.pool, 'prune', {}, { jobKey: 'prune' });
      return { data: await readRetention(context.pool) } as never;
    },
  }),
);

function ruleOf({ subject, suiteId, keepDays, keepRuns }: RuleInput): RetentionRuleValue {
  return { subject, suiteId: suiteId ?? null, keepDays: keepDays ?? null, keepRuns: keepRuns ?? null };
}
