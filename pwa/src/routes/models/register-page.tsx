// A model comes in: by address, from the Hub, as a file, or from the server's folder.
import { component$ } from '@builder.io/qwik';
import { SelectField } from '../../component/field.tsx';
import { useText } from '../../i18n/text.ts';
import { setSearch } from '../../routing/navigate.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import { searchValue, usePlace } from '../../routing/place.ts';
import type { PageProps } from '../../routing/route.ts';
import { EndpointForm } from './endpoint-form.tsx';
import './models.css';
import { modelTexts } from './texts.ts';
import { WeightsForm } from './weights-form.tsx';

const ways = ['endpoint', 'hub', 'upload', 'path'] as const;

/** `/models/new?way=`. */
export const RegisterModelPage = component$<PageProps>(() => {
  const text = useText(modelTexts);
  const place = usePlace();
  const way = ways.find((one) => one === searchValue(place, 'way')) ?? 'endpoint';
  return (
    <div class="stack register">
      <PageTitle text={text('register')} />
      <section class="card">
        <SelectField
          id="way"
          label={text('way')}
          value={way}
          options={[
            { value: 'endpoint', label: text('wayEndpoint') },
            { value: 'hub', label: text('wayHub') },
            { value: 'upload', label: text('wayUpload') },
            { value: 'path', label: text('wayPath') },
          ]}
          onChange$={(_, element) => setSearch({ way: element.value })}
        />
        {way === 'endpoint' ? <EndpointForm /> : <WeightsForm key={way} way={way} />}
      </section>
    </div>
  );
});
