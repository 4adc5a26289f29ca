// A suite written as a form or as YAML, checked as it is typed, saved as a version.
import { $, component$, useComputed$, useSignal } from '@builder.io/qwik';
import { ButtonLink } from '../../component/button.tsx';
import '../../component/choice.css';
import { Empty } from '../../component/empty.tsx';
import { Icon } from '../../component/icon.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { CodeEditor } from '../../editor/code-editor.tsx';
import { editorTexts } from '../../editor/texts.ts';
import { WarningList } from '../../editor/warning-list.tsx';
import { YamlEditor } from '../../editor/yaml-editor.tsx';
import { draftKey, useTextCheck, useYamlText } from '../../editor/yaml-text.ts';
import { client } from '../../graphql/client.ts';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useText } from '../../i18n/text.ts';
import { setSearch } from '../../routing/navigate.ts';
import type { PageProps } from '../../routing/route.ts';
import '../new-run/new-run.css';
import { type SuiteEditorData, suiteEditorQuery, suiteOfRunQuery } from './suite-editor-query.ts';
import { suiteEditorTexts } from './suite-editor-texts.ts';
import { suiteForm } from './suite-form.ts';
import { SuiteFormFields } from './suite-form-fields.tsx';

const newSuite = 'name: my-suite\nmodels: [bancada-micro]\ntasks: [tiny-arithmetic]\n';
// No id of ours: the query then gives the choices alone.
const nobody = '00000000-0000-0000-0000-000000000000';

/** `/suites/new` and `/suites/:id/edit`. */
export const SuiteEditorPage = component$<PageProps>((props) => {
  const text = useText(suiteEditorTexts);
  const show = useShow();
  const id = props.params['id'];
  const variables = useComputed$(() => ({ id: props.params['id'] ?? nobody }));
  const { state, refresh$ } = useQuery(suiteEditorQuery, variables, { keepFor: 'suites' });
  return (
    <>
      {show(state.value, {
        loading: <Skeleton rows={2} height={280} />,
        retry$: refresh$,
        ready: (data) =>
          id !== undefined && data.suite === null ? (
            <Empty icon="suite" sentence={text('unknown')}>
              <ButtonLink href="/suites" label={text('newSuite')} />
            </Empty>
          ) : (
            <SuiteEditor key={id ?? 'new'} data={data} />
          ),
      })}
    </>
  );
});

/** `?from=<run>` begins with the configuration of a run. */
const SuiteEditor = component$<{ data: SuiteEditorData }>((props) => {
  const text = useText(suiteEditorTexts);
  const words = useText(editorTexts);
  const { suite } = props.data;
  const saved = useComputed$(() => props.data.suite?.yaml ?? newSuite);
  const begin$ = $(async () => {
    const from = new URLSearchParams(location.search).get('from');
    if (from === null) return undefined;
    setSearch({ from: undefined });
    const { data } = await client.query(suiteOfRunQuery, { id: from }).toPromise();
    return data?.run?.config;
  });
  const draft = useYamlText(draftKey('suite', suite?.id), saved, begin$);
  const check = useTextCheck('suite', draft);
  const view = useSignal<'form' | 'yaml'>('yaml');
  const { faults, warnings } = check.value;
  return (
    <YamlEditor
      kind="suite"
      title={suite === null ? text('newSuite') : text('edit', { name: suite.name })}
      saved={suite ?? undefined}
      draft={draft}
      unchanged={saved.value}
      name={suiteForm(draft.value)?.name ?? ''}
      why={faults.length > 0 ? words('mend') : undefined}
    >
      <fieldset class="segments">
        <legend class="visually-hidden">{text('view')}</legend>
        {(['form', 'yaml'] as const).map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="suite-view"
              value={one}
              checked={view.value === one}
              onChange$={() => {
                view.value = one;
              }}
            />
            <span>{text(one)}</span>
          </label>
        ))}
      </fieldset>
      {view.value === 'form' && <SuiteFormFields text={draft} data={props.data} />}
      <section class="card stack">
        {view.value === 'yaml' ? (
          <CodeEditor
            id="suite-text"
            label={words('yaml')}
            lineWord={words('line')}
            value={draft.value}
            rows={16}
            faults={faults}
            onInput$={(_, element) => {
              draft.value = element.value;
            }}
          />
        ) : (
          faults.map(({ message }) => (
            <p key={message} class="notice bad" role="alert">
              <Icon name="failed" />
              {message}
            </p>
          ))
        )}
        <WarningList warnings={warnings} />
      </section>
    </YamlEditor>
  );
});
