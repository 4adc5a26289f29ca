// The filters of the list of runs; they live in the address.
import { component$ } from '@builder.io/qwik';
import { useStatusText } from '../../component/badge.tsx';
import { SelectField, TextField } from '../../component/field.tsx';
import { Icon } from '../../component/icon.tsx';
import { useText } from '../../i18n/text.ts';
import { setSearch } from '../../routing/navigate.ts';
import { searchValue, usePlace } from '../../routing/place.ts';
import { roomForTable, useWide } from '../../shell/wide.ts';
import { runSorts, runStatuses } from './runs-query.ts';
import { runsTexts } from './runs-text.ts';

/** Search, status, model and order. Each change begins at the first page. */
export const RunFilters = component$(() => {
  const text = useText(runsTexts);
  const status = useStatusText();
  const place = usePlace();
  const wide = useWide(roomForTable);
  const labels = { newest: 'newest', oldest: 'oldest', name: 'name', status: 'status' } as const;
  const rest = (
    <>
      <SelectField
        id="runs-status"
        label={text('status')}
        value={searchValue(place, 'status')}
        options={[
          { value: '', label: text('anyStatus') },
          ...runStatuses.map((value) => ({ value, label: status(value) })),
        ]}
        onChange$={(_, element) => setSearch({ status: element.value, after: undefined })}
      />
      <TextField
        id="runs-model"
        type="search"
        label={text('model')}
        value={searchValue(place, 'model')}
        onChange$={(_, element) => setSearch({ model: element.value.trim(), after: undefined })}
      />
      <SelectField
        id="runs-sort"
        label={text('sort')}
        value={searchValue(place, 'sort') || 'newest'}
        options={(Object.keys(runSorts) as (keyof typeof runSorts)[]).map((value) => ({
          value,
          label: text(labels[value]),
        }))}
        onChange$={(_, element) => setSearch({ sort: element.value, after: undefined })}
      />
    </>
  );
  const set = ['status', 'model', 'sort'].filter((name) => searchValue(place, name) !== '').length;
  return (
    <search class="filters" aria-label={text('filters')}>
      <TextField
        id="runs-search"
        type="search"
        label={text('search')}
        value={searchValue(place, 'q')}
        onChange$={(_, element) => setSearch({ q: element.value.trim(), after: undefined })}
      />
      {wide.value ? (
        rest
      ) : (
        <details class="filter-more">
          <summary class="button">
            <Icon name="filter" />
            {text('filters')}
            {set > 0 && ` (${set})`}
          </summary>
          <div class="stack tight">{rest}</div>
        </details>
      )}
    </search>
  );
});
