// Chat templates as Hugging Face transformers renders them.
import { BancadaError } from '../errors.ts';
import { compileTemplate, type Template } from './jinja.ts';
import type { Message } from './message.ts';
import { strftime } from './strftime.ts';

/** What a chat template reads besides the messages. */
export interface ChatOptions {
  /** Ends the text where the assistant's answer begins. */
  readonly addGenerationPrompt: boolean;
  readonly bosToken?: string | undefined;
  readonly eosToken?: string | undefined;
}

const compiled = new Map<string, Template>();

/**
 * Renders messages with a model's own template: block trimming on, undefined names empty, `raise_exception`, `strftime_now` and `tojson` known (transformers/utils/chat_template_utils.py).
 * @throws BancadaError TEMPLATE_FAILED: the template does not parse, refuses these messages, or takes longer than a second.
 */
export function renderChat(template: string, messages: readonly Message[], options: ChatOptions): string {
  let ready = compiled.get(template);
  if (!ready) {
    ready = compileTemplate(template, {
      trim: true,
      lenient: true,
      globals: { raise_exception: refuse, strftime_now: (format: string) => strftime(new Date(), format) },
    });
    compiled.set(template, ready);
  }
  return ready.render({
    messages,
    add_generation_prompt: options.addGenerationPrompt,
    bos_token: options.bosToken ?? '',
    eos_token: options.eosToken ?? '',
    tools: null,
    documents: null,
  });
}

function refuse(message: string): never {
  throw new BancadaError('TEMPLATE_FAILED', message);
}
