// The text that a prompt becomes in front of a local model.
import { BancadaError, toError } from '../errors.ts';
import { renderChat } from '../prompt/chat-template.ts';
import type { Prompt } from '../prompt/message.ts';
import type { FailedResult } from '../request/request.ts';
import type { LocalModel } from './local-model.ts';

/** Plain text as it is; messages through the model's own chat template, up to where the answer begins. Throws BancadaError TEMPLATE_FAILED or CAPABILITY_MISSING. */
export function promptText(model: LocalModel, prompt: Prompt): string {
  if (prompt.type === 'text') return prompt.text;
  if (model.chatTemplate === undefined) {
    throw new BancadaError(
      'CAPABILITY_MISSING',
      'the weights come without a chat template, so the model takes no messages',
    );
  }
  return renderChat(model.chatTemplate, prompt.messages, {
    addGenerationPrompt: true,
    bosToken: model.tokenizer.bos?.text ?? '',
    eosToken: model.tokenizer.eos?.text ?? '',
  });
}

/** The result of a request whose prompt could not be made. */
export function promptFailure(id: string, thrown: unknown): FailedResult {
  const error = toError(thrown);
  const lacking = error instanceof BancadaError && error.code === 'CAPABILITY_MISSING';
  const reason = lacking ? 'capability_missing' : 'template_failed';
  return { id, status: 'failed', reason, message: error.message, attempts: 1 };
}
