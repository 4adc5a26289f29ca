// A prompt as one text, for providers that know no chat template.
import type { Prompt } from '../prompt/message.ts';

/** The text itself; messages are joined as `role: content` lines. */
export function promptText(prompt: Prompt): string {
  if (prompt.type === 'text') return prompt.text;
  return prompt.messages.map((message) => `${message.role}: ${message.content}`).join('\n');
}
