// Checks what a request carries against its schema; every fault is told with its field and its value.
import type { z } from 'zod';
import { Problem } from './problem.ts';

/**
 * What the schema makes of the given query parameters or body.
 * @throws Problem with the first fault as its detail and all of them as `issues` (`path`, `message`, `value`).
 */
export function checkedInput<Schema extends z.ZodType>(
  schema: Schema,
  given: unknown,
  status = 400,
): z.output<Schema> {
  const parsed = schema.safeParse(given, { reportInput: true });
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message, input }) => ({
    path: path.join('.'),
    message,
    value: input ?? null,
  }));
  const detail = issues.map(({ path, message, value }) => `${path}: ${message} (given: ${shown(value)})`);
  throw new Problem(status, detail[0] ?? 'the request is not what is allowed', { issues });
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
