// One run: its head with the controls, and its tabs.
import { component$, useSignal, useVisibleTask$ } from '@builder.io/qwik';
import { StatusBadge, useStatusText } from '../../component/badge.tsx';
import { ButtonLink } from '../../component/button.tsx';
import { Empty } from '../../component/empty.tsx';
import { Icon } from '../../component/icon.tsx';
import { Skeleton } from '../../component/skeleton.tsx';
import { Tabs } from '../../component/tabs.tsx';
import { useShow } from '../../graphql/query-state.tsx';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { PageTitle } from '../../routing/page-title.tsx';
import type { PageProps } from '../../routing/route.ts';
import { ExportMenu, useExportText } from '../../run/export-menu.tsx';
import { pauseWords } from '../../run/pause-words.ts';
import { runActionTexts } from '../../run/run-action-text.ts';
import { RunAnnouncer } from '../../run/run-announcer.tsx';
import { RunControl } from '../../run/run-control.tsx';
import { RunProgress, useProgressText } from '../../run/run-progress.tsx';
import { isFinished } from '../../run/run-status.ts';
import { useLiveRun } from '../../run/use-live-run.ts';
import { WakeLock } from '../../run/wake-lock.tsx';
import { usePreferences } from '../../shell/preferences.ts';
import { ConfigTab } from './config-tab.tsx';
import { HardwareTab } from './hardware-tab.tsx';
import { LogTab } from './log-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { PerformanceTab } from './performance-tab.tsx';
import './run.css';
import { runTexts } from './run-text.ts';
import { SamplesTab } from './samples-tab.tsx';

const tabs = {
  overview: OverviewTab,
  samples: SamplesTab,
  performance: PerformanceTab,
  hardware: HardwareTab,
  log: LogTab,
  config: ConfigTab,
} as const;

type TabName = keyof typeof tabs;

const tabNames = Object.keys(tabs) as TabName[];

/** `/runs/:id` and `/runs/:id/:tab`. */
export const RunPage = component$<PageProps>((props) => {
  const id = props.params.id ?? '';
  const text = useText(runTexts);
  const action = useText(runActionTexts);
  const status = useStatusText();
  const progress = useProgressText();
  const exportText = useExportText();
  const format = useFormat();
  const { language } = usePreferences();
  const show = useShow();
  const { state, refresh$ } = useLiveRun(id);
  const tab = tabNames.find((name) => name === props.params.tab) ?? 'overview';
  const head = useSignal<HTMLElement>();
  useVisibleTask$(
    ({ track }) => {
      track(() => props.params.tab);
      track(() => head.value);
      // On a phone the row of tabs is wider than the screen.
      head.value
        ?.querySelector('.tabs [aria-current]')
        ?.scrollIntoView({ inline: 'center', block: 'nearest' });
    },
    { strategy: 'document-ready' },
  );
  return (
    <div class="stack run">
      {state.value.status === 'loading' && <PageTitle text={text('loading')} />}
      {show(state.value, {
        loading: <Skeleton rows={3} height={160} />,
        retry$: refresh$,
        ready: (found) => {
          if (found.status === 'missing')
            return (
              <>
                <PageTitle text={text('missingTitle')} />
                <Empty icon="search" sentence={text('missing')}>
                  <ButtonLink href="/runs" label={text('runs')} />
                </Empty>
              </>
            );
          const { run } = found.state;
          const Tab = tabs[tab];
          return (
            <div class="stack" ref={head}>
              <PageTitle text={run.name}>
                <StatusBadge status={run.status} text={status} />
              </PageTitle>
              <RunAnnouncer
                name={run.name}
                status={run.status}
                done={run.progress.done}
                total={run.progress.total}
              />
              <RunProgress progress={run.progress} status={run.status} text={progress} format={format} />
              <div class="row">
                <RunControl
                  run={{ id: run.id, status: run.status, failed: run.progress.failed }}
                  onChanged$={refresh$}
                />
                {isFinished(run.status) && (
                  <>
                    <ButtonLink href={`/new?from=${run.id}`} icon="copy" label={action('clone')} />
                    <ButtonLink
                      href={`/compare?runs=${run.id}&choose=1`}
                      icon="compare"
                      label={action('compare')}
                    />
                  </>
                )}
                {!isFinished(run.status) && <WakeLock />}
                <ExportMenu runId={run.id} active={!isFinished(run.status)} text={exportText} />
                <ButtonLink href={`/new?from=${run.id}`} icon="retry" label={text('again')} />
              </div>
              {run.status === 'PAUSED' && (
                <p class="notice warn" role="status">
                  <Icon name="paused" />
                  <span>{pauseWords(run, language)}</span>
                </p>
              )}
              {run.importedAt !== null && (
                <p class="soft small">{text('imported', { time: format.dateTime(run.importedAt) })}</p>
              )}
              {run.error !== null && (
                <p class="notice bad">
                  {text('error')} {run.error}
                </p>
              )}
              <Tabs
                label={text('tabs')}
                tabs={tabNames.map((name) => ({
                  href: name === 'overview' ? `/runs/${run.id}` : `/runs/${run.id}/${name}`,
                  label: text(name),
                  current: name === tab,
                }))}
              />
              <Tab key={tab} state={found.state} />
            </div>
          );
        },
      })}
    </div>
  );
});
