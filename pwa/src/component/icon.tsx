// The dashboard's icons: outlines of 24 by 24, drawn for it.

const paths = {
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  runs: 'M5 5v14M5 12h4l2-5 3 10 2-5h4',
  add: 'M12 5v14M5 12h14',
  compare: 'M8 4v16M16 4v16M3 9h10M11 15h10',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  menu: 'M11.5 5.5h1M11.5 12h1M11.5 18.5h1',
  delete: 'M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13M10 11v5M14 11v5',
  suite: 'M5 5h14v4H5zM5 12h14v7H5zM8.5 15.5h7',
  task: 'M9 5H5v15h14V5h-4M9 3h6v4H9zM8.5 13l2.5 2.5 4.5-5',
  prompt: 'M5 5h14v10h-8l-4 4v-4H5zM8.5 9h7M8.5 12h4',
  dataset: 'M5 6c0-3 14-3 14 0s-14 3-14 0v12c0 3 14 3 14 0V6M5 12c0 3 14 3 14 0',
  model: 'M12 3l8 4.5v9L12 21l-8-4.5v-9zM12 12l8-4.5M12 12v9M12 12L4 7.5',
  queue: 'M4 6h16M4 12h11M4 18h7',
  hardware: 'M7 7h10v10H7zM10 3v4M14 3v4M10 17v4M14 17v4M3 10h4M3 14h4M17 10h4M17 14h4',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M13 5v4M7 15v4',
  ok: 'M5 13l4 4L19 7',
  wrong: 'M6 6l12 12M18 6L6 18',
  failed: 'M12 4l9 16H3zM12 10v4M12 17h.01',
  running: 'M12 3a9 9 0 1 0 9 9',
  waiting: 'M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18',
  paused: 'M9 6v12M15 6v12',
  cancelled: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M6 6l12 12',
  play: 'M8 5l11 7-11 7z',
  retry: 'M4 12a8 8 0 1 0 3-6.2M4 4v4h4',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14M16 16l5 5',
  next: 'M9 5l7 7-7 7',
  previous: 'M15 5l-7 7 7 7',
  down: 'M5 9l7 7 7-7',
  up: 'M5 15l7-7 7 7',
  front: 'M5 4h14M5 19l7-7 7 7',
  inbox: 'M4 13l3-8h10l3 8v6H4zM4 13h5l1 2h4l1-2h5',
  close: 'M6 6l12 12M18 6L6 18',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11v5M12 8h.01',
  table: 'M4 5h16v14H4zM4 10h16M4 15h16M10 5v14',
  chart: 'M4 20h16M7 16v-5M12 16V6M17 16v-8',
  offline: 'M4 4l16 16M8.5 15a5 5 0 0 1 6 0M5 11.5a10 10 0 0 1 4-2.3M19 11.5a10 10 0 0 0-5-2.7M12 18.5h.01',
  code: 'M8 7l-5 5 5 5M16 7l5 5-5 5M13.5 5l-3 14',
  star: 'M12 4l2.5 5.2 5.5.8-4 4 1 5.6-5-2.7-5 2.7 1-5.6-4-4 5.5-.8z',
  screen: 'M4 5h16v11H4zM9 20h6M12 16v4',
  share: 'M12 15V4M8 7l4-4 4 4M6 11v9h12v-9',
  live: 'M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6M6 6a8.5 8.5 0 0 0 0 12M18 6a8.5 8.5 0 0 1 0 12',
  filter: 'M4 6h16M7 12h10M10 18h4',
} as const;

/** The name of an icon. */
export type IconName = keyof typeof paths;

/** An icon beside a word, hidden from screen readers: the word says it. */
export const Icon = ({ name, size = 20 }: { name: IconName; size?: number }) => (
  <svg
    class={name === 'running' ? 'icon spin' : 'icon'}
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d={paths[name]} />
  </svg>
);
