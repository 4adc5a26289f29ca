// Chat templates render as transformers does.
import { expect, test } from 'vitest';
import { renderChat } from './chat-template.ts';

const template = `{% for message in messages %}
    {% if message['role'] == 'user' %}
<|user|>{{ message.content | trim }}{{ eos_token }}
    {% elif message['role'] == 'system' %}
{{ raise_exception('no system turn') }}
    {% endif %}
{% endfor %}
{% if add_generation_prompt %}
<|assistant|>{% endif %}`;

test('blocks are trimmed, undefined names print nothing', () => {
  const text = renderChat(template, [{ role: 'user', content: ' Olá ' }], {
    addGenerationPrompt: true,
    eosToken: '</s>',
  });
  expect(text).toBe('<|user|>Olá</s>\n<|assistant|>');
  expect(
    renderChat('{{ bos_token }}{{ nothing }}{{ messages[0] | tojson }}', [{ role: 'user', content: 'é' }], {
      addGenerationPrompt: false,
      bosToken: '<s>',
    }),
  ).toBe('<s>{"role": "user", "content": "é"}');
});

test('raise_exception refuses with its own words', () => {
  expect(() =>
    renderChat(template, [{ role: 'system', content: 'x' }], { addGenerationPrompt: true }),
  ).toThrow('no system turn');
});
