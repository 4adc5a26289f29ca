// The frame of an editor whose whole draft is one text of YAML: what is written, saved, loaded and opened is that text.
import { $, component$, type QRL, type Signal, Slot } from '@builder.io/qwik';
import type { checkQueries } from './text-operations.ts';
import { VersionEditor } from './version-editor.tsx';

/** A task or a suite as it is saved. */
export interface SavedYaml {
  readonly id: string;
  readonly name: string;
  readonly bundled: boolean;
  readonly versions: readonly {
    readonly version: number;
    readonly yaml: string;
    readonly createdAt: string;
  }[];
}

/** `saved` is undefined for a new one, `unchanged` the text that discarding returns to; for the rest see `VersionEditor`. */
export const YamlEditor = component$<{
  kind: keyof typeof checkQueries;
  title: string;
  saved: SavedYaml | undefined;
  draft: Signal<string>;
  unchanged: string;
  name: string;
  why: string | undefined;
  onSaved$?: QRL<() => unknown>;
}>((props) => {
  const { saved, draft } = props;
  const write$ = $((text: string) => {
    props.draft.value = text;
  });
  return (
    <VersionEditor
      kind={props.kind}
      title={props.title}
      saved={saved && { ...saved, versions: saved.versions.map(shownVersion) }}
      name={props.name}
      why={props.why}
      changed={draft.value !== props.unchanged}
      file={draft.value}
      input$={() => ({ yaml: props.draft.value })}
      onDiscard$={() => write$(props.unchanged)}
      onLoad$={write$}
      onImport$={write$}
      {...(props.onSaved$ === undefined ? {} : { onSaved$: props.onSaved$ })}
    >
      <Slot />
    </VersionEditor>
  );
});

function shownVersion({ yaml, ...version }: SavedYaml['versions'][number]) {
  return { ...version, text: yaml, labels: [] };
}
