// The form of a suite file as JSON Schema, for editors and other programs.
import { suiteSchema } from '@bancada/core';
import { z } from 'zod';

/** Draft 2020-12, of what a person writes: defaults may be left out. */
export function suiteJsonSchema(): object {
  return z.toJSONSchema(suiteSchema, { io: 'input' });
}
