// Every address of the dashboard: one line each.
import type { Route } from '../routing/route.ts';

/** Searched from top to bottom. */
export const routes: readonly Route[] = [
  { path: '/', section: 'home', load: async () => (await import('./home/home-page.tsx')).HomePage },
  { path: '/runs', section: 'runs', load: async () => (await import('./runs/runs-page.tsx')).RunsPage },
  {
    path: '/runs/:id/:tab?',
    section: 'runs',
    identity: ['id'],
    load: async () => (await import('./run/run-page.tsx')).RunPage,
  },
  {
    path: '/runs/:id/samples/:sid',
    section: 'runs',
    identity: ['id'],
    load: async () => (await import('./sample/sample-page.tsx')).SamplePage,
  },
  { path: '/new', section: 'new', load: async () => (await import('./new-run/new-run-page.tsx')).NewRunPage },
  {
    path: '/compare',
    section: 'compare',
    load: async () => (await import('./compare/compare-page.tsx')).ComparePage,
  },
  {
    path: '/suites',
    section: 'suites',
    load: async () => (await import('./suites/suites-page.tsx')).SuitesPage,
  },
  {
    path: '/suites/new',
    section: 'suites',
    load: async () => (await import('./suites/suite-editor-page.tsx')).SuiteEditorPage,
  },
  {
    path: '/suites/:id/edit',
    section: 'suites',
    load: async () => (await import('./suites/suite-editor-page.tsx')).SuiteEditorPage,
  },
  {
    path: '/suites/:id',
    section: 'suites',
    load: async () => (await import('./suites/suite-page.tsx')).SuitePage,
  },
  {
    path: '/models',
    section: 'models',
    load: async () => (await import('./models/models-page.tsx')).ModelsPage,
  },
  {
    path: '/models/new',
    section: 'models',
    load: async () => (await import('./models/register-page.tsx')).RegisterModelPage,
  },
  {
    path: '/models/:id',
    section: 'models',
    load: async () => (await import('./models/model-page.tsx')).ModelPage,
  },
  {
    path: '/datasets',
    section: 'datasets',
    load: async () => (await import('./datasets/datasets-page.tsx')).DatasetsPage,
  },
  {
    path: '/datasets/new',
    section: 'datasets',
    load: async () => (await import('./datasets/upload-page.tsx')).UploadPage,
  },
  {
    path: '/datasets/import',
    section: 'datasets',
    load: async () => (await import('./datasets/import-page.tsx')).ImportPage,
  },
  {
    path: '/datasets/:name/task',
    section: 'datasets',
    load: async () => (await import('./datasets/task-page.tsx')).TaskPage,
  },
  {
    path: '/datasets/:name',
    section: 'datasets',
    load: async () => (await import('./datasets/dataset-page.tsx')).DatasetPage,
  },
  {
    path: '/prompts',
    section: 'prompts',
    load: async () => (await import('./prompts/prompts-page.tsx')).PromptsPage,
  },
  {
    path: '/prompts/new',
    section: 'prompts',
    load: async () => (await import('./prompts/prompt-page.tsx')).NewPromptPage,
  },
  {
    path: '/prompts/:id',
    section: 'prompts',
    load: async () => (await import('./prompts/prompt-page.tsx')).PromptPage,
  },
  { path: '/tasks', section: 'tasks', load: async () => (await import('./tasks/tasks-page.tsx')).TasksPage },
  {
    path: '/tasks/new',
    section: 'tasks',
    load: async () => (await import('./tasks/task-page.tsx')).NewTaskPage,
  },
  {
    path: '/tasks/:id',
    section: 'tasks',
    load: async () => (await import('./tasks/task-page.tsx')).SavedTaskPage,
  },
  {
    path: '/queue',
    section: 'queue',
    load: async () => (await import('./queue/queue-page.tsx')).QueuePage,
  },
  {
    path: '/schedules',
    section: 'schedules',
    load: async () => (await import('./schedules/schedules-page.tsx')).SchedulesPage,
  },
  { path: '/inbox', section: 'inbox', load: async () => (await import('./inbox/inbox-page.tsx')).InboxPage },
  {
    path: '/hardware',
    section: 'hardware',
    load: async () => (await import('./hardware/hardware-page.tsx')).HardwarePage,
  },
  { path: '/more', section: 'more', load: async () => (await import('./more/more-page.tsx')).MorePage },
  {
    path: '/sign-in',
    section: 'sign-in',
    load: async () => (await import('./sign-in/sign-in-page.tsx')).SignInPage,
  },
  {
    path: '/setup',
    section: 'sign-in',
    load: async () => (await import('./sign-in/setup-page.tsx')).SetupPage,
  },
  {
    path: '/developers',
    section: 'more',
    load: async () => (await import('./developers/developers-page.tsx')).DevelopersPage,
  },
  {
    path: '/settings',
    section: 'settings',
    load: async () => (await import('./settings/settings-page.tsx')).SettingsPage,
  },
  {
    path: '/settings/retention',
    section: 'settings',
    load: async () => (await import('./retention/retention-page.tsx')).RetentionPage,
  },
  {
    path: '/settings/:part',
    section: 'settings',
    load: async () => (await import('./account/account-page.tsx')).AccountPage,
  },
];
