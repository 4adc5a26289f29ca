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
 * Reads `prompts/<name>.yaml` of the first home that has it. `name@label` and `name@version` are files of their own.
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

/** Every prompt file of the homes, by name; of equal names the first home's. Nothing is read yet. */
export async function listPrompts(
  homes: readonly string[],
): Promise<{ readonly name: string; readonly file: string }[]> {
  const files = new Map<string, string>();
  for (const home of homes) {
    const folder = path.join(home, 'prompts');
    for (const name of await promptNames(folder)) {
      if (!files.has(name)) files.set(name, path.join(folder, `${name}.yaml`));
    }
  }
  return [...files].map(([name, file]) => ({ name, file })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

async function promptNames(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => []);
  return files.filter((file) => file.endsWith('.yaml')).map((file) => path.basename(file, '.yaml'));
}

async function readPrompt(reference: string, file: string): Promise<PromptFile> {
  const text = await readFile(file, 'utf8');
  const prompt = parsePrompt(text, file);
  const [name = reference] = reference.split('@');
  if (prompt.name === name) return prompt;
  throw new BancadaError('INVALID_INPUT', 'name differs from the file', {
    file,
    line: locate(text, ['name']),
    key: 'name',
    value: prompt.name,
    allowed: name,
  });
}

/**
 * Checks the text of a prompt file.
 * @throws BancadaError, BancadaErrors: YAML that does not parse, unknown keys, a template that does not parse, a declared variable that is not read.
 */
export function parsePrompt(text: string, file: string): PromptFile {
  const value = parseYaml(text, file, { uniqueKeys: true });
  const given = checked(promptSchema, value, { file, text });
  const template = compile(given.template, text, file);
  for (const [index, variable] of given.variables.entries()) {
    if (template.names.has(variable)) continue;
    throw new BancadaError('INVALID_INPUT', 'the template does not read this variable', {
      file,
      line: locate(text, ['variables', index]),
      key: `variables[${index}]`,
      value: variable,
    });
  }
  const { name, version, description, variables } = given;
  return { name, version, description, variables, template, file };
}

function compile(source: string, text: string, file: string): Template {
  try {
    return compileTemplate(source);
  } catch (cause) {
    if (!(cause instanceof BancadaError)) throw cause;
    const [summary = ''] = cause.message.split(' (given:');
    throw new BancadaError(cause.code, summary, {
      file,
      line: locate(text, ['template']),
      key: 'template',
      value: source,
      cause,
    });
  }
}
