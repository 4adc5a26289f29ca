// Placeholder until its screen is written.
import { component$ } from '@builder.io/qwik';
import { PageTitle } from '../../routing/page-title.tsx';
import type { PageProps } from '../../routing/route.ts';

/** The page. */
export const HomePage = component$<PageProps>(() => <PageTitle text="Home" />);
