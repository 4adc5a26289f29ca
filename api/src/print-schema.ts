// Prints the SDL: `node src/print-schema.ts > schema.graphql`, run by `pnpm print-schema`.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { printSchema } from 'graphql';
import { schema } from './schema/index.ts';

await writeFile(path.resolve(import.meta.dirname, '../schema.graphql'), `${printSchema(schema)}\n`);
