// The frame of every editor of a text with versions: save, versions, file out and in, draft, deletion; what is edited stands inside.
import { $, component$, type QRL, Slot, useSignal } from '@builder.io/qwik';
import { Button } from '../component/button.tsx';
import { Dialog } from '../component/dialog.tsx';
import { Icon } from '../component/icon.tsx';
import { useText } from '../i18n/text.ts';
import { useOffline } from '../offline/use-offline.ts';
import { navigate } from '../routing/navigate.ts';
import { PageTitle } from '../routing/page-title.tsx';
import { forgetKept } from './kept-draft.ts';
import { saveFile } from './save-file.ts';
import { deleteText, saveText, type TextInput, type TextKind } from './text-operations.ts';
import { editorTexts } from './texts.ts';
import { type ShownVersion, VersionSheet } from './version-sheet.tsx';
import { draftKey } from './yaml-text.ts';

/** What is edited, as it is saved. */
export interface SavedThing {
  readonly id: string;
  readonly name: string;
  readonly bundled: boolean;
  readonly versions: readonly ShownVersion[];
}

/** `why` keeps the text from being saved; `onSaved$` is called when a version of the same thing was saved. */
export const VersionEditor = component$<{
  kind: TextKind;
  title: string;
  saved: SavedThing | undefined;
  /** The name that the text has now; of a bundled thing it must be another one. */
  name: string;
  why: string | undefined;
  changed: boolean;
  /** Inputs of the mutation. */
  input$: QRL<() => TextInput>;
  /** The file for a download; none, no button. */
  file: string | undefined;
  labels?: readonly string[];
  onSaved$?: QRL<() => unknown>;
  onDiscard$: QRL<() => unknown>;
  onLoad$: QRL<(text: string) => unknown>;
  onImport$?: QRL<(text: string) => unknown>;
  /** Gives what went wrong. */
  onLabel$?: QRL<(label: string, version: number | null) => Promise<string | undefined>>;
}>((props) => {
  const text = useText(editorTexts);
  const offline = useOffline();
  const message = useSignal('');
  const fault = useSignal('');
  const busy = useSignal(false);
  const versions = useSignal(false);
  const removing = useSignal(false);
  const { saved, name } = props;
  const why = offline ?? props.why ?? (saved?.bundled && name === saved.name ? text('bundled') : undefined);
  const save$ = $(async () => {
    busy.value = true;
    fault.value = '';
    message.value = '';
    const outcome = await saveText(props.kind, await props.input$());
    busy.value = false;
    if (outcome.status === 'refused') {
      fault.value = outcome.message;
      return;
    }
    const { id, version } = outcome.data;
    await forgetKept(draftKey(props.kind, props.saved?.id));
    if (id !== props.saved?.id || props.onSaved$ === undefined) {
      navigate(`/${props.kind}s/${id}`);
      return;
    }
    message.value = text(version === props.saved.versions[0]?.version ? 'unchanged' : 'saved', { version });
    await props.onSaved$();
  });
  const remove$ = $(async () => {
    removing.value = false;
    const outcome = await deleteText(props.kind, props.saved?.id ?? '');
    if (outcome.status === 'refused') {
      fault.value = outcome.message;
      return;
    }
    await forgetKept(draftKey(props.kind, props.saved?.id));
    navigate(`/${props.kind}s`);
  });
  const open$ = $(async (_: Event, element: HTMLInputElement) => {
    const chosen = element.files?.[0];
    if (chosen !== undefined) await props.onImport$?.(await chosen.text());
    element.value = '';
  });
  return (
    <div class="stack">
      <PageTitle text={props.title}>
        {saved !== undefined && (
          <Button
            icon="down"
            label={text('versions')}
            onClick$={() => {
              versions.value = true;
            }}
          />
        )}
        {props.onImport$ !== undefined && (
          <label class="button file-button">
            <input class="visually-hidden" type="file" accept=".yaml,.yml,.json" onChange$={open$} />
            {text('import')}
          </label>
        )}
        {props.file !== undefined && (
          <Button
            icon="download"
            label={text('download')}
            onClick$={() => saveFile(`${props.name || props.kind}.yaml`, props.file ?? '')}
          />
        )}
        <Button
          icon="ok"
          kind="primary"
          label={text(busy.value ? 'saving' : 'save')}
          busy={busy.value}
          why={why}
          onClick$={save$}
        />
      </PageTitle>
      <div role="status" class="stack tight">
        {message.value !== '' && !props.changed && <p class="notice">{message.value}</p>}
        {saved?.bundled === true && <p class="soft small">{text('bundled')}</p>}
      </div>
      {fault.value !== '' && (
        <p class="notice bad" role="alert">
          <Icon name="failed" />
          {fault.value}
        </p>
      )}
      <Slot />
      <div class="row">
        {props.changed && (
          <>
            <span class="soft small">{text('draft')}</span>
            <Button kind="quiet" label={text('discard')} onClick$={props.onDiscard$} />
          </>
        )}
        {saved !== undefined && !saved.bundled && (
          <Button
            kind="danger"
            icon="delete"
            label={text('remove')}
            why={offline}
            onClick$={() => {
              removing.value = true;
            }}
          />
        )}
      </div>
      {saved !== undefined && (
        <VersionSheet
          open={versions.value}
          versions={saved.versions}
          why={offline}
          {...(props.labels === undefined ? {} : { labels: props.labels })}
          onClose$={() => {
            versions.value = false;
          }}
          onLoad$={async (older: string) => {
            versions.value = false;
            await props.onLoad$(older);
          }}
          onLabel$={async (label: string, version: number | null) => {
            fault.value = (await props.onLabel$?.(label, version)) ?? '';
          }}
        />
      )}
      <Dialog
        open={removing.value}
        title={text('removeSure', { name: saved?.name ?? '' })}
        onClose$={() => {
          removing.value = false;
        }}
      >
        <p>{text('removeKept')}</p>
        <div class="row">
          <Button kind="danger" label={text('remove')} onClick$={remove$} />
          <Button
            label={text('back')}
            onClick$={() => {
              removing.value = false;
            }}
          />
        </div>
      </Dialog>
    </div>
  );
});
