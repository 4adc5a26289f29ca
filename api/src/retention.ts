// Saving rules of retention: checked as a whole, then put in place of those that were.
import { query, type RetentionRuleValue } from '@bancada/prisma';
import type { Services } from './context.ts';
import { ValidationError, type ValidationIssue } from './schema/error.ts';

const mostDays = 36_500;
const mostRuns = 100_000;

/** Replaces all rules. @throws ValidationError naming each wrong rule by its place in the list. */
export async function saveRetention(
  { prisma }: Pick<Services, 'prisma'>,
  rules: readonly RetentionRuleValue[],
): Promise<void> {
  const suites = await prisma.suite.findMany({ select: { id: true } });
  const known = new Set(suites.map(({ id }) => id));
  const issues = rules.flatMap((rule, index) => faultsOf(rule, `rules[${index}]`, known));
  const places = rules.map(({ subject, suiteId }) => `${subject} ${suiteId}`);
  for (const [index, place] of places.entries()) {
    if (places.indexOf(place) === index) continue;
    issues.push(issue(`rules[${index}]`, 'there is a rule for the same data and suite before it', place));
  }
  if (issues.length > 0) throw new ValidationError(issues);
  await prisma.$transaction(async (transaction) => {
    // Two savers: the second replaces what the first saved.
    await query(transaction, 'lock table "RetentionRule" in share row exclusive mode');
    await transaction.retentionRule.deleteMany();
    await transaction.retentionRule.createMany({ data: [...rules] });
  });
}

function faultsOf(
  { subject, suiteId, keepDays, keepRuns }: RetentionRuleValue,
  path: string,
  suites: ReadonlySet<string>,
): ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  if (keepDays !== null && (keepDays < 1 || keepDays > mostDays)) {
    issues.push(issue(`${path}.keepDays`, `1 to ${mostDays} days, or null for any age`, keepDays));
  }
  if (keepRuns !== null && (keepRuns < 1 || keepRuns > mostRuns)) {
    issues.push(issue(`${path}.keepRuns`, `the last 1 to ${mostRuns} runs, or null`, keepRuns));
  }
  if (suiteId !== null && !suites.has(suiteId)) {
    issues.push(issue(`${path}.suiteId`, 'there is no suite of this id', suiteId));
  }
  if (subject === 'hardware' && suiteId === null && keepRuns !== null) {
    issues.push(
      issue(`${path}.keepRuns`, 'hardware belongs to machines: its default goes by days', keepRuns),
    );
  }
  return issues;
}

function issue(path: string, message: string, value: unknown): ValidationIssue {
  return { path, message: `${path}: ${message}`, value };
}
