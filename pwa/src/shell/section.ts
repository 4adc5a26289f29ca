// The parts of the dashboard as the navigation lists them.
import type { IconName } from '../component/icon.tsx';
import { messages } from '../i18n/text.ts';

/** Names of the navigation; also of the phone's fourth and fifth place. */
export const sectionTexts = messages({
  en: {
    home: 'Home',
    runs: 'Runs',
    new: 'New run',
    compare: 'Compare',
    more: 'More',
    suites: 'Suites',
    models: 'Models',
    datasets: 'Data sets',
    tasks: 'Tasks',
    prompts: 'Prompts',
    queue: 'Queue',
    schedules: 'Schedules',
    inbox: 'Inbox',
    hardware: 'Hardware',
    settings: 'Settings',
  },
  'pt-BR': {
    home: 'Início',
    runs: 'Execuções',
    new: 'Nova execução',
    compare: 'Comparar',
    more: 'Mais',
    suites: 'Suítes',
    models: 'Modelos',
    datasets: 'Conjuntos de dados',
    tasks: 'Tarefas',
    prompts: 'Prompts',
    queue: 'Fila',
    schedules: 'Agendamentos',
    inbox: 'Caixa de entrada',
    hardware: 'Hardware',
    settings: 'Configurações',
  },
});

/** The key of a section. */
type SectionName = keyof (typeof sectionTexts)['en'];

/** One entry of the navigation. */
export interface Section {
  readonly name: SectionName;
  readonly href: string;
  readonly icon: IconName;
}

/** Everything, in the order of the sidebar. */
export const sections: readonly Section[] = [
  { name: 'home', href: '/', icon: 'home' },
  { name: 'runs', href: '/runs', icon: 'runs' },
  { name: 'new', href: '/new', icon: 'add' },
  { name: 'compare', href: '/compare', icon: 'compare' },
  { name: 'suites', href: '/suites', icon: 'suite' },
  { name: 'models', href: '/models', icon: 'model' },
  { name: 'datasets', href: '/datasets', icon: 'dataset' },
  { name: 'tasks', href: '/tasks', icon: 'task' },
  { name: 'prompts', href: '/prompts', icon: 'prompt' },
  { name: 'queue', href: '/queue', icon: 'queue' },
  { name: 'schedules', href: '/schedules', icon: 'waiting' },
  { name: 'inbox', href: '/inbox', icon: 'inbox' },
  { name: 'hardware', href: '/hardware', icon: 'hardware' },
  { name: 'settings', href: '/settings', icon: 'settings' },
];

const onPhone: readonly SectionName[] = ['home', 'runs', 'new', 'compare'];

/** The five places at the bottom of a phone. */
export const phoneSections: readonly Section[] = [
  ...sections.filter((section) => onPhone.includes(section.name)),
  { name: 'more', href: '/more', icon: 'more' },
];

/** What the phone's "More" page lists. */
export const moreSections: readonly Section[] = sections.filter((section) => !onPhone.includes(section.name));
