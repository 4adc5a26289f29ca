// The ways through a long list: a search that stands in the address, and pages after the first.
import { component$ } from '@builder.io/qwik';
import { messages, useText } from '../i18n/text.ts';
import { setSearch } from '../routing/navigate.ts';
import { searchValue, usePlace } from '../routing/place.ts';
import { Button } from './button.tsx';
import { TextField } from './field.tsx';

const texts = messages({
  en: { more: 'Next page', first: 'First page' },
  'pt-BR': { more: 'Próxima página', first: 'Primeira página' },
});

/** Writes `?search=`, and goes back to the first page. */
export const ListSearch = component$<{ label: string }>((props) => {
  const place = usePlace();
  return (
    <TextField
      id="search"
      type="search"
      label={props.label}
      quietLabel={true}
      placeholder={props.label}
      value={searchValue(place, 'search')}
      onChange$={(_, element) => setSearch({ search: element.value, after: undefined })}
    />
  );
});

/** Writes `?after=`; shows nothing where one page holds everything. */
export const Paging = component$<{ hasNextPage: boolean; endCursor: string | null }>((props) => {
  const text = useText(texts);
  const place = usePlace();
  const later = searchValue(place, 'after') !== '';
  if (!later && !props.hasNextPage) return null;
  return (
    <div class="row">
      {later && (
        <Button icon="previous" label={text('first')} onClick$={() => setSearch({ after: undefined })} />
      )}
      {props.hasNextPage && (
        <Button
          icon="next"
          label={text('more')}
          onClick$={() => setSearch({ after: props.endCursor ?? undefined })}
        />
      )}
    </div>
  );
});
