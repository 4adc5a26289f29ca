// What the page of retention reads and changes.
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { refusal } from '../../graphql/refusal.ts';

/** Rules, the suites that rules can be for, and the disks. */
export const retentionQuery = graphql(`
  query Retention {
    retentionRules { subject suite { id name } keepDays keepRuns }
    suites(first: 200) { nodes { id name } }
    disks { node usedBytes totalBytes hubCacheBytes nearlyFull }
  }
`);

/** What rules would delete. */
export const retentionPreviewQuery = graphql(`
  query RetentionPreview($rules: [RetentionRuleInput!]) {
    retentionPreview(rules: $rules) { samples hardware logs }
  }
`);

/** Replaces all rules. */
export const saveRetentionMutation = graphql(
  `
    mutation SaveRetentionRules($rules: [RetentionRuleInput!]!, $pruneNow: Boolean) {
      saveRetentionRules(rules: $rules, pruneNow: $pruneNow) {
        __typename
        ... on MutationSaveRetentionRulesSuccess { data { subject } }
        ...Refusal
      }
    }
  `,
  [refusal],
);

/** What the page shows. */
export type Retention = ResultOf<typeof retentionQuery>;

/** A rule while it is edited: numbers as they are typed. */
export interface EditedRule {
  subject: Retention['retentionRules'][number]['subject'];
  /** Empty for the default. */
  suiteId: string;
  days: string;
  runs: string;
}

/** The rules as the form begins with them. */
export function editedRules({ retentionRules }: Retention): EditedRule[] {
  return retentionRules.map(({ subject, suite, keepDays, keepRuns }) => ({
    subject,
    suiteId: suite?.id ?? '',
    days: keepDays === null ? '' : String(keepDays),
    runs: keepRuns === null ? '' : String(keepRuns),
  }));
}

/** The rules as the server takes them; what is no whole number becomes 0, which it refuses by name. */
export function ruleInputs(rules: readonly EditedRule[]) {
  const number = (text: string) => {
    if (text.trim() === '') return null;
    return /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0;
  };
  return rules.map(({ subject, suiteId, days, runs }) => ({
    subject,
    suiteId: suiteId === '' ? null : suiteId,
    keepDays: number(days),
    keepRuns: number(runs),
  }));
}
