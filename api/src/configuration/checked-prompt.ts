// A prompt as it is given to be saved or tried, checked by core as a file is.
import { BancadaError, parsePrompt, templateVariables } from '@bancada/core';
import { Document } from 'yaml';
import { ValidationError } from '../schema/error.ts';
import { textAt, withKey } from './renamed-yaml.ts';
import { requireSlug } from './slug.ts';

/** Either `yaml`, a whole prompt file, or the template with what goes with it. */
export interface PromptGiven {
  readonly name?: string | null | undefined;
  readonly yaml?: string | null | undefined;
  readonly template?: string | null | undefined;
  readonly description?: string | null | undefined;
}

/** A prompt that core accepts. */
export interface CheckedPrompt {
  readonly name: string;
  readonly template: string;
  readonly description: string | undefined;
  /** Names that must be given to render it. */
  readonly variables: readonly string[];
  /** The file for a version. */
  yaml(version: number): string;
}

// Longer ones are no prompts; the limit of a request's body is above it.
const longest = 1_000_000;

/** @throws ValidationError with path and line of each fault. */
export function checkedPrompt(given: PromptGiven): CheckedPrompt {
  const { yaml, template } = given;
  if ((yaml ?? undefined) !== undefined && (template ?? undefined) !== undefined)
    throw fault('template', 'exactly one of yaml and template is wanted', template);
  return typeof yaml === 'string' ? fromYaml(yaml, given) : fromTemplate(template ?? undefined, given);
}

function fromYaml(text: string, { name: wanted }: PromptGiven): CheckedPrompt {
  requireLength(text, 'yaml');
  const yaml = wanted ? withKey(text, 'name', wanted) : text;
  const name = wanted ?? textAt(yaml, 'name') ?? '';
  if (name !== '') requireSlug(name, 'name');
  try {
    const prompt = parsePrompt(yaml, `${name || 'prompt'}.yaml`);
    const { template, description } = prompt;
    requireSlug(prompt.name, 'name');
    return {
      name: prompt.name,
      template: template.source,
      description,
      variables: templateVariables(template.source),
      yaml: () => yaml,
    };
  } catch (thrown) {
    if (thrown instanceof BancadaError) throw ValidationError.of(thrown);
    throw thrown;
  }
}

function fromTemplate(template: string | undefined, { name, description }: PromptGiven): CheckedPrompt {
  if (!name) throw fault('name', 'name: is missing', name ?? null);
  requireSlug(name, 'name');
  if (!template) throw fault('template', 'template: is missing', template ?? null);
  requireLength(template, 'template');
  const variables = variablesOf(template);
  const about = description?.trim() || undefined;
  return {
    name,
    template,
    description: about,
    variables,
    yaml: (version) =>
      new Document({
        name,
        version,
        ...(about === undefined ? {} : { description: about }),
        variables,
        template,
      }).toString({ lineWidth: 0 }),
  };
}

/** The variables of a template. @throws ValidationError at `template`, with the parser's words. */
export function variablesOf(template: string): string[] {
  try {
    return templateVariables(template);
  } catch (thrown) {
    if (!(thrown instanceof BancadaError)) throw thrown;
    const [message = ''] = thrown.message.split(' (given:');
    throw new ValidationError([{ path: 'template', message, value: null, line: lineOf(message) }]);
  }
}

// The parser names the place of some faults by its offset or line; most it does not.
function lineOf(message: string): number | undefined {
  const line = /\bline (\d+)/i.exec(message)?.[1];
  return line === undefined ? undefined : Number(line);
}

function requireLength(text: string, path: string): void {
  if (text.length > longest) throw fault(path, `${path}: longer than ${longest} characters`, text.length);
}

function fault(path: string, message: string, value: unknown): ValidationError {
  return new ValidationError([{ path, message, value: value ?? null }]);
}
