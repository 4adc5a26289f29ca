// Where the reader is: path and query of the address, kept current for every component.
import { createContextId, useContext, useContextProvider, useStore, useVisibleTask$ } from '@builder.io/qwik';
import { watchAddress } from './navigate.ts';

/** The address in parts; reading a part in a component renders it again when it changes. */
export interface Place {
  path: string;
  /** With its question mark, or ''. */
  search: string;
  /** The page's title; set by `useTitle`. */
  title: string;
}

const PlaceContext = createContextId<Place>('bancada.place');

/** Made once by the shell. */
export function useProvidedPlace(): Place {
  const place = useStore<Place>({ path: location.pathname, search: location.search, title: '' });
  useContextProvider(PlaceContext, place);
  useVisibleTask$(
    ({ cleanup }) =>
      cleanup(
        watchAddress(() => {
          place.path = location.pathname;
          place.search = location.search;
        }),
      ),
    { strategy: 'document-ready' },
  );
  return place;
}

/** The current address. */
export function usePlace(): Place {
  return useContext(PlaceContext);
}

/** A query parameter of the current address, or ''. */
export function searchValue(place: Place, name: string): string {
  return new URLSearchParams(place.search).get(name) ?? '';
}
