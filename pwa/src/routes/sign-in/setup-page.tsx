// The first administrator, made with the code that the terminal shows.
import { component$ } from '@builder.io/qwik';
import { Card } from '../../component/card.tsx';
import { graphql } from '../../graphql/graphql.ts';
import { runMutation } from '../../graphql/mutation.ts';
import { useText } from '../../i18n/text.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import type { PageProps } from '../../routing/route.ts';
import { ArrivalForm } from './arrival-form.tsx';
import { signInTexts } from './texts.ts';

const setUpMutation = graphql(`
  mutation SetUp($code: String!, $name: String!, $password: String!) {
    setUp(code: $code, name: $name, password: $password) {
      __typename
      ... on MutationSignInSuccess {
        data {
          name
        }
      }
      ... on Error {
        message
      }
    }
  }
`);

/** `/setup`. */
export const SetupPage = component$<PageProps>(() => {
  const text = useText(signInTexts);
  return (
    <div class="stack">
      <PageTitle text={text('setUp')} />
      <Card>
        <p>{text('why')}</p>
        <ArrivalForm
          password="new"
          label={text('create')}
          enter$={({ code = '', name = '', password = '' }) =>
            runMutation(setUpMutation, { code, name, password })
          }
        >
          <div class="field">
            <label for="code">{text('code')}</label>
            <input
              id="code"
              name="code"
              autocomplete="off"
              spellcheck={false}
              required
              aria-describedby="code-hint"
            />
            <span id="code-hint" class="soft small">
              {text('codeHint')}
            </span>
          </div>
        </ArrivalForm>
      </Card>
    </div>
  );
});
