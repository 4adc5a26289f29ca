// Prompts as files: a Jinja template with a name, a version and the variables that it reads.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { BancadaError, unknownName } from '../errors.ts';
import { checked, locate, parseYaml } from '../yaml.ts';
import { compileTemplate, type Template } from './jinja.ts';

const promptSchema = z.strictObject({
  name: z.string(),
  version: z.union([z.string(), z.number()]).transform(String),
  description: z.string().optional(),
  template: z.string(),
  variables: z.array(z.string()),
});

/** A prompt, ready to be rendered. */
export interface PromptFile {
  readonly name: string;
  readonly version: string;
  readonly description: string | undefined;
  readonly variables: readonly string[];
  readonly template: Template;
  readonly file: string;
}

/**
 * Reads `prompts/<name>.yaml` of the first home that has it.
 * @throws BancadaError UNKNOWN_NAME (lists those that exist), and faults of the file by line and key: its name must be the file's, every declared variable must be read.
 */
export async function loadPrompt(name: string, homes: readonly string[]): Promise<PromptFile> {
  const known: string[] = [];
  for (const home of homes) {
    const folder = path.join(home, 'prompts');
    const names = await promptNames(folder);
    if (names.includes(name)) return readPrompt(name, path.join(folder, `${name}.yaml`));
    known.push(...names);
  }
  throw unknownName('prompt', name, [...new Set(known)].toSorted());
}

async function promptNames(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => []);
  return files.filter((file) => file.endsWith('.yaml')).map((file) => path.basename(file, '.yaml'));
}

async function readPrompt(name: string, file: string): Promise<PromptFile> {
  const text = await readFile(file, 'utf8');
  const {
    template: source,
    description,
    version,
    variables,
    name: given,
  } = checked(promptSchema, parseYaml(text, file, { uniqueKeys: true }), { file, text });
  if (given !== name) {
    throw new BancadaError('INVALID_INPUT', 'name differs from the file', {
      file,
      line: locate(text, ['name']),
      key: 'name',
      value: given,
      allowed: name,
    });
  }
  const template = compileTemplate(source);
  for (const [index, variable] of variables.entries()) {
    if (template.names.has(variable)) continue;
    throw new BancadaError('INVALID_INPUT', 'the template does not read this variable', {
      file,
      line: locate(text, ['variables', index]),
      key: `variables[${index}]`,
      value: variable,
    });
  }
  return { name, version, description, variables, template, file };
}
