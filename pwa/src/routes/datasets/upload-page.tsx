// A new data set from a file: picked, dropped or shared by another app.
import {
  $,
  component$,
  type NoSerialize,
  noSerialize,
  useSignal,
  useStore,
  useVisibleTask$,
} from '@builder.io/qwik';
import { Button, ButtonLink } from '../../component/button.tsx';
import { Card } from '../../component/card.tsx';
import { TextField } from '../../component/field.tsx';
import { Icon } from '../../component/icon.tsx';
import { ProgressBar } from '../../component/progress.tsx';
import { useQuery } from '../../graphql/use-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { useOffline } from '../../offline/use-offline.ts';
import { navigate } from '../../routing/navigate.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import { searchValue, usePlace } from '../../routing/place.ts';
import type { PageProps } from '../../routing/route.ts';
import './datasets.css';
import { uploadLimitQuery } from './datasets-query.ts';
import { takeSharedFile } from './shared-file.ts';
import { nameOfFile, startUpload, type Upload, type UploadOutcome } from './upload-request.ts';
import { uploadTexts } from './upload-texts.ts';

type Stage = { readonly status: 'ready' | 'sending' } | UploadOutcome;

/** `/datasets/new`; `?name=` gives the data set that gets a new version. */
export const UploadPage = component$<PageProps>(() => {
  const text = useText(uploadTexts);
  const format = useFormat();
  const place = usePlace();
  const offline = useOffline();
  const { state } = useQuery(uploadLimitQuery, useSignal({}));
  const form = useStore({ name: searchValue(place, 'name'), split: 'test', description: '', licence: '' });
  const file = useSignal<NoSerialize<File>>();
  const shared = useSignal(false);
  const stage = useSignal<Stage>({ status: 'ready' });
  const sent = useStore({ done: 0, total: 0 });
  const running = useSignal<NoSerialize<Upload>>();
  const limit = state.value.status === 'ready' ? Number(state.value.data.uploadLimit) : undefined;

  const take$ = $((taken: File | undefined) => {
    if (taken === undefined) return;
    file.value = noSerialize(taken);
    stage.value = { status: 'ready' };
    if (form.name === '') form.name = nameOfFile(taken.name);
  });
  useVisibleTask$(
    async ({ cleanup }) => {
      cleanup(() => running.value?.stop());
      const given = await takeSharedFile();
      if (given === undefined) return;
      shared.value = true;
      await take$(given);
    },
    { strategy: 'document-ready' },
  );
  const send$ = $(async () => {
    const chosen = file.value;
    if (chosen === undefined) return;
    stage.value = { status: 'sending' };
    Object.assign(sent, { done: 0, total: chosen.size });
    const upload = startUpload({ ...form, file: chosen }, (done, total) =>
      Object.assign(sent, { done, total }),
    );
    running.value = noSerialize(upload);
    const outcome = await upload.outcome;
    running.value = undefined;
    stage.value = outcome;
    if (outcome.status === 'done' && outcome.created)
      navigate(`/datasets/${encodeURIComponent(outcome.name)}`);
  });

  const chosen = file.value;
  const sending = stage.value.status === 'sending';
  const packed = chosen !== undefined && /\.gz$/i.test(chosen.name);
  const tooLarge = chosen !== undefined && limit !== undefined && !packed && chosen.size > limit;
  const limits = { limit: format.bytes(limit), size: format.bytes(chosen?.size) };
  const faultOf = (field: string) =>
    stage.value.status === 'refused' && stage.value.field === field ? stage.value.message : undefined;
  const why =
    offline ??
    (chosen === undefined
      ? text('noFile')
      : tooLarge
        ? text('tooLarge', limits)
        : form.name.trim() === ''
          ? text('noName')
          : undefined);
  return (
    <div class="stack narrow">
      <PageTitle text={text('title')} />
      <Card>
        <label
          class="drop"
          preventdefault:dragover
          preventdefault:drop
          onDrop$={(event) => take$(event.dataTransfer?.files[0])}
        >
          <Icon name="dataset" size={32} />
          <strong>
            {chosen === undefined ? text('choose') : `${chosen.name} · ${format.bytes(chosen.size)}`}
          </strong>
          <span class="soft small">{text('formats', limits)}</span>
          <input
            type="file"
            class="visually-hidden"
            aria-label={text('file')}
            accept=".jsonl,.ndjson,.json,.csv,.tsv,.parquet,.gz"
            onChange$={(_event, element) => take$(element.files?.[0])}
          />
        </label>
        {shared.value && chosen !== undefined && (
          <p class="notice">{text('shared', { name: chosen.name })}</p>
        )}
        {tooLarge && (
          <p class="notice bad" role="alert">
            {text('tooLarge', limits)}
          </p>
        )}
        <div class="field-row">
          <TextField
            id="upload-name"
            label={text('name')}
            hint={text('nameHint')}
            fault={faultOf('name')}
            value={form.name}
            onInput$={(_event, element) => {
              form.name = element.value;
            }}
          />
          <TextField
            id="upload-split"
            label={text('split')}
            hint={text('splitHint')}
            fault={faultOf('split')}
            value={form.split}
            onInput$={(_event, element) => {
              form.split = element.value;
            }}
          />
          <TextField
            id="upload-licence"
            label={text('licence')}
            hint={text('optional')}
            placeholder="CC-BY-4.0"
            value={form.licence}
            onInput$={(_event, element) => {
              form.licence = element.value;
            }}
          />
          <TextField
            id="upload-description"
            label={text('description')}
            hint={text('optional')}
            value={form.description}
            onInput$={(_event, element) => {
              form.description = element.value;
            }}
          />
        </div>
        {sending && (
          <div class="progress">
            <ProgressBar done={sent.done} total={sent.total} label={text('progress')} />
            <span class="soft small" role="status">
              {sent.total > 0 && sent.done >= sent.total
                ? text('checking')
                : text('sent', { done: format.bytes(sent.done), total: format.bytes(sent.total) })}
            </span>
          </div>
        )}
        <Outcome stage={stage.value} />
        <p class="row">
          <Button label={text('upload')} kind="primary" busy={sending} why={why} onClick$={send$} />
          {sending && <Button label={text('stop')} icon="cancelled" onClick$={() => running.value?.stop()} />}
        </p>
      </Card>
    </div>
  );
});

const Outcome = component$<{ stage: Stage }>(({ stage }) => {
  const text = useText(uploadTexts);
  const format = useFormat();
  if (stage.status === 'refused' && stage.field === undefined) {
    const at = { line: format.number(stage.line), column: format.number(stage.column) };
    return (
      <div class="notice bad" role="alert">
        <Icon name="failed" />
        <div>
          <strong>{text('refused')}</strong>
          {stage.line !== undefined && (
            <p>
              <strong>{text(stage.column === undefined ? 'place' : 'placeColumn', at)}</strong>
            </p>
          )}
          <p>{stage.message}</p>
        </div>
      </div>
    );
  }
  if (stage.status === 'stopped' || stage.status === 'broken') {
    return (
      <p class="notice warn" role="alert">
        {text(stage.status)}
      </p>
    );
  }
  if (stage.status !== 'done') return null;
  return (
    <div class="notice" role="status">
      <p>{text('unchanged', { version: stage.version, name: stage.name })}</p>
      <ButtonLink
        href={`/datasets/${encodeURIComponent(stage.name)}`}
        label={text('open', { name: stage.name })}
      />
    </div>
  );
});
