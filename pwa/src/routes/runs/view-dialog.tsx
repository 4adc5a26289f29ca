// Chooses the columns of the table, and keeps filters, order and columns under a name.
import { component$, type QRL, useSignal } from '@builder.io/qwik';
import { Button } from '../../component/button.tsx';
import { Dialog } from '../../component/dialog.tsx';
import { CheckField, TextField } from '../../component/field.tsx';
import { messages, useText } from '../../i18n/text.ts';
import { navigate, setSearch } from '../../routing/navigate.ts';
import { usePlace } from '../../routing/place.ts';
import { forgetView, keepView, savedViews } from './run-view.ts';
import { runColumns, shownColumns } from './runs-query.ts';
import { runsTexts } from './runs-text.ts';

const texts = messages({
  en: {
    columns: 'Columns',
    views: 'Saved views',
    none: 'None yet: set filters, order and columns, then give them a name.',
    name: 'Name of this view',
    keep: 'Save',
    noName: 'Give it a name first',
    forget: 'Forget {name}',
    developers: 'Fetch this list by a program',
  },
  'pt-BR': {
    columns: 'Colunas',
    views: 'Visões salvas',
    none: 'Ainda nenhuma: ajuste filtros, ordem e colunas e dê um nome.',
    name: 'Nome desta visão',
    keep: 'Salvar',
    noName: 'Dê um nome primeiro',
    forget: 'Esquecer {name}',
    developers: 'Obter esta lista por um programa',
  },
});

/** `columns`: whether the list is a table now. */
export const ViewDialog = component$<{ columns: boolean; onClose$: QRL<() => unknown> }>((props) => {
  const text = useText(texts);
  const column = useText(runsTexts);
  const place = usePlace();
  const views = useSignal(savedViews());
  const name = useSignal('');
  const shown = shownColumns(place.search);
  return (
    <Dialog open={true} sheet={true} title={column('view')} onClose$={props.onClose$}>
      {props.columns && (
        <fieldset class="view-columns">
          <legend>{text('columns')}</legend>
          {runColumns.map((one) => (
            <CheckField
              key={one}
              label={column(one)}
              checked={shown.includes(one)}
              onChange$={(_, element) => {
                const next = runColumns.filter((other) =>
                  other === one ? element.checked : shown.includes(other),
                );
                setSearch({ cols: next.join(',') });
              }}
            />
          ))}
        </fieldset>
      )}
      <section class="stack tight">
        <h3>{text('views')}</h3>
        {views.value.length === 0 && <p class="soft small">{text('none')}</p>}
        <ul class="view-list">
          {views.value.map((view) => (
            <li key={view.name}>
              <Button
                label={view.name}
                icon="star"
                kind="quiet"
                onClick$={async () => {
                  await props.onClose$();
                  navigate(`/runs?${view.search}`);
                }}
              />
              <Button
                label={text('forget', { name: view.name })}
                icon="delete"
                kind="quiet"
                iconOnly
                onClick$={() => {
                  views.value = forgetView(view.name);
                }}
              />
            </li>
          ))}
        </ul>
      </section>
      <form
        class="row view-form"
        preventdefault:submit
        onSubmit$={() => {
          if (name.value.trim() === '') return;
          const search = new URLSearchParams(place.search);
          search.delete('after');
          views.value = keepView({ name: name.value.trim(), search: search.toString() });
          name.value = '';
        }}
      >
        <TextField
          id="view-name"
          label={text('name')}
          value={name.value}
          onInput$={(_, element) => {
            name.value = element.value;
          }}
        />
        <Button
          type="submit"
          label={text('keep')}
          kind="primary"
          why={name.value.trim() === '' ? text('noName') : undefined}
        />
      </form>
      <a class="target" href={`/developers${place.search}`}>
        {text('developers')}
      </a>
    </Dialog>
  );
});
