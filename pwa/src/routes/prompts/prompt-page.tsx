// One prompt, or a new one: the editor once it is read.
import { component$, useComputed$ } from '@builder.io/qwik';
import { ButtonLink } from '../../component/button.tsx';
import { Empty } from '../../component/empty.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { useShow } from '../../graphql/query-state.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useText } from '../../i18n/text.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import type { PageProps } from '../../routing/route.ts';
import { sectionTexts } from '../../shell/section.ts';
import { PromptEditor } from './prompt-editor.tsx';
import { promptQuery } from './prompts-query.ts';
import { promptTexts } from './texts.ts';

/** `/prompts/new`. */
export const NewPromptPage = component$<PageProps>(() => <PromptEditor prompt={undefined} />);

/** `/prompts/:id`. */
export const PromptPage = component$<PageProps>((props) => {
  const section = useText(sectionTexts);
  const text = useText(promptTexts);
  const show = useShow();
  const variables = useComputed$(() => ({ id: props.params['id'] ?? '' }));
  const { state, refresh$ } = useQuery(promptQuery, variables, { keepFor: 'prompts' });
  return (
    <>
      {show(state.value, {
        loading: <Skeleton rows={2} height={280} />,
        retry$: refresh$,
        ready: ({ prompt }) =>
          prompt === null ? (
            <div class="stack">
              <PageTitle text={section('prompts')} />
              <Empty icon="prompt" sentence={text('unknown')}>
                <ButtonLink href="/prompts" label={text('all')} />
              </Empty>
            </div>
          ) : (
            <PromptEditor key={prompt.id} prompt={prompt} onChanged$={refresh$} />
          ),
      })}
    </>
  );
});
