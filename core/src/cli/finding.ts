// One thing that the doctor looked at.

/** What was found, and what to do when it is not well. */
export type Finding =
  | { readonly name: string; readonly state: 'ok'; readonly detail: string }
  | {
      readonly name: string;
      readonly state: 'warning' | 'fault';
      readonly detail: string;
      /** The way to mend it, one sentence. */
      readonly remedy: string;
    };
