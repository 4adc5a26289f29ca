// Tabs that are addresses: each can be linked to, opened in another window and gone back to.

/** One tab. */
export interface Tab {
  readonly href: string;
  readonly label: string;
  readonly current: boolean;
}

/** A row of tabs; scrolls sideways on a phone. */
export const Tabs = (props: { label: string; tabs: readonly Tab[] }) => (
  <nav class="tabs" aria-label={props.label}>
    {props.tabs.map((tab) => (
      <a key={tab.href} href={tab.href} aria-current={tab.current ? 'page' : undefined}>
        {tab.label}
      </a>
    ))}
  </nav>
);
