// What a model is asked with: plain text, or the messages of a chat.

/** One turn of a chat. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** The two ways to put a question. A provider renders messages with the model's own chat template. */
export type Prompt =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'messages'; readonly messages: readonly Message[] };
