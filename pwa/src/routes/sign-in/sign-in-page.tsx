// Signing in with name and password.
import { component$ } from '@builder.io/qwik';
import { Card } from '../../component/card.tsx';
import { graphql } from '../../graphql/graphql.ts';
import { runMutation } from '../../graphql/mutation.ts';
import { useText } from '../../i18n/text.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import type { PageProps } from '../../routing/route.ts';
import { ArrivalForm } from './arrival-form.tsx';
import { signInTexts } from './texts.ts';

const signInMutation = graphql(`
  mutation SignIn($name: String!, $password: String!) {
    signIn(name: $name, password: $password) {
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

/** `/sign-in?next=`. */
export const SignInPage = component$<PageProps>(() => {
  const text = useText(signInTexts);
  return (
    <div class="stack">
      <PageTitle text={text('signIn')} />
      <Card>
        <ArrivalForm
          password="current"
          label={text('signIn')}
          enter$={({ name = '', password = '' }) => runMutation(signInMutation, { name, password })}
        />
        <p class="soft small">{text('forgotten')}</p>
      </Card>
    </div>
  );
});
