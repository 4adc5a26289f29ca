// What a new task begins with, and the name that a text gives its task.
import { isMap, parseDocument } from 'yaml';

/** On bundled data, so that it can be tried as it stands. */
export const newTask = `task: my-task
dataset_path: tiny-arithmetic
output_type: generate_until
test_split: test
doc_to_text: "Question: {{question}}\\nAnswer:"
doc_to_target: "{{answer}}"
generation_kwargs:
  until: ["\\n"]
  max_gen_toks: 16
filter_list:
  - name: none
    filter:
      - {function: remove_whitespace}
      - {function: take_first}
metric_list:
  - metric: exact_match
`;

/** '' while the text names none or cannot be read. */
export function nameIn(text: string): string {
  const document = parseDocument(text, { uniqueKeys: false, logLevel: 'silent' });
  const name = document.errors.length === 0 && isMap(document.contents) ? document.get('task') : undefined;
  return typeof name === 'string' ? name : '';
}
