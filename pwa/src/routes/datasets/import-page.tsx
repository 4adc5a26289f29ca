// A data set from the Hugging Face Hub: what to bring, and how far the imports are.
import { $, component$, useSignal, useStore } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { TextField } from '../../component/field.tsx';
import { runMutation } from '../../graphql/mutation.ts';
import { useText } from '../../i18n/text.ts';
import { useOffline } from '../../offline/use-offline.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import type { PageProps } from '../../routing/route.ts';
import './datasets.css';
import { ImportList } from './import-list.tsx';
import { importMutation } from './import-query.ts';
import { importTexts } from './import-texts.ts';

const fields = ['repo', 'config', 'split', 'revision', 'name'] as const;
const placeholders = {
  repo: 'allenai/ai2_arc',
  config: 'ARC-Easy',
  split: 'test',
  revision: 'main',
  name: 'ai2_arc-ARC-Easy',
};

/** `/datasets/import`. */
export const ImportPage = component$<PageProps>(() => {
  const text = useText(importTexts);
  const offline = useOffline();
  const form = useStore({ repo: '', config: '', split: '', revision: '', name: '' });
  const faults = useSignal<Readonly<Record<string, string>>>({});
  const busy = useSignal(false);
  const begun = useSignal(0);
  const begin$ = $(async () => {
    busy.value = true;
    const { repo, ...rest } = form;
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value.trim() !== ''));
    const outcome = await runMutation(importMutation, {
      input: { repo, ...given },
      key: crypto.randomUUID(),
    });
    busy.value = false;
    if (outcome.status === 'done') {
      faults.value = {};
      begun.value += 1;
      return;
    }
    const named = outcome.issues.filter(({ path }) => (fields as readonly string[]).includes(path));
    faults.value =
      named.length === 0
        ? { '': outcome.message }
        : Object.fromEntries(named.map(({ path, message }) => [path, message]));
  });
  const whole = faults.value[''];
  return (
    <div class="stack">
      <PageTitle text={text('title')} />
      <Card>
        <p class="soft">{text('about')}</p>
        <div class="field-row">
          {fields.map((field) => (
            <TextField
              key={field}
              id={`import-${field}`}
              label={text(field)}
              hint={text(`${field}Hint`)}
              placeholder={placeholders[field]}
              value={form[field]}
              fault={faults.value[field]}
              onInput$={(_event, element) => {
                form[field] = element.value;
              }}
            />
          ))}
        </div>
        {whole !== undefined && (
          <p class="notice bad" role="alert">
            {whole}
          </p>
        )}
        <p class="row">
          <Button
            label={text('import')}
            kind="primary"
            icon="download"
            busy={busy.value}
            why={offline ?? (form.repo.trim() === '' ? text('noRepo') : undefined)}
            onClick$={begin$}
          />
        </p>
      </Card>
      <ImportList begun={begun.value} />
    </div>
  );
});
