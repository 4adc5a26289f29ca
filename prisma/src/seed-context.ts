// What the kinds of things that are registered share.

/** What the kinds share while they are registered. */
export interface SeedContext {
  readonly homes: readonly string[];
  /** Whether a file belongs to the last home, the one that comes with the program. */
  isBundled(file: string): boolean;
  /** Keeps the line for the person who starts the program. */
  fault(line: string): void;
}

/** How many of a kind are registered, and how many versions of them are new. */
export interface SeededKind {
  readonly count: number;
  readonly newVersions: number;
}
