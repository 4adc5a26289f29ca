// The filters of the list of samples; they live in the address.
import { component$ } from '@builder.io/qwik';
import { useStatusText } from '../../component/badge.tsx';
import { SelectField, TextField } from '../../component/field.tsx';
import { useText } from '../../i18n/text.ts';
import { setSearch } from '../../routing/navigate.ts';
import { searchValue, usePlace } from '../../routing/place.ts';
import { sampleOutcomes, sampleSorts } from './samples-query.ts';
import { samplesTexts } from './samples-text.ts';

/** Search, outcome, task, model and order. Each change begins at the first page. */
export const SampleFilters = component$<{ tasks: readonly string[]; models: readonly string[] }>((props) => {
  const text = useText(samplesTexts);
  const status = useStatusText();
  const place = usePlace();
  const choice = (values: readonly string[], any: string) => [
    { value: '', label: any },
    ...values.map((value) => ({ value, label: value })),
  ];
  return (
    <search class="sample-filters" aria-label={text('filters')}>
      <TextField
        id="samples-search"
        type="search"
        label={text('search')}
        value={searchValue(place, 'q')}
        onChange$={(_, element) => setSearch({ q: element.value.trim(), after: undefined })}
      />
      <SelectField
        id="samples-outcome"
        label={text('outcome')}
        value={searchValue(place, 'outcome')}
        options={[
          { value: '', label: text('anyOutcome') },
          ...sampleOutcomes.map((value) => ({ value, label: status(value) })),
        ]}
        onChange$={(_, element) => setSearch({ outcome: element.value, after: undefined })}
      />
      <SelectField
        id="samples-task"
        label={text('task')}
        value={searchValue(place, 'task')}
        options={choice(props.tasks, text('anyTask'))}
        onChange$={(_, element) => setSearch({ task: element.value, after: undefined })}
      />
      <SelectField
        id="samples-model"
        label={text('model')}
        value={searchValue(place, 'model')}
        options={choice(props.models, text('anyModel'))}
        onChange$={(_, element) => setSearch({ model: element.value, after: undefined })}
      />
      <SelectField
        id="samples-sort"
        label={text('sort')}
        value={searchValue(place, 'sort') || 'item'}
        options={(Object.keys(sampleSorts) as (keyof typeof sampleSorts)[]).map((value) => ({
          value,
          label: text(value),
        }))}
        onChange$={(_, element) => setSearch({ sort: element.value, after: undefined })}
      />
    </search>
  );
});
