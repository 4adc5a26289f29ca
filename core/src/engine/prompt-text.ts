// The text that a prompt becomes in front of a local model.
import { renderChat } from '../prompt/chat-template.ts';
import type { Prompt } from '../prompt/message.ts';
import type { LocalModel } from './local-model.ts';

/** Plain text as it is; messages through the model's own chat template, up to where the answer begins. Throws BancadaError TEMPLATE_FAILED. */
export function promptText(model: LocalModel, prompt: Prompt): string {
  if (prompt.type === 'text') return prompt.text;
  return renderChat(model.chatTemplate ?? '', prompt.messages, {
    addGenerationPrompt: true,
    bosToken: model.tokenizer.bos?.text ?? '',
    eosToken: model.tokenizer.eos?.text ?? '',
  });
}
