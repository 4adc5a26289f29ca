// Log-probabilities of several continuations of one context, each shared token computed once.
import { sharedLength } from './prefix-order.ts';
import type { NextToken, TokenSequence } from './token-sequence.ts';

/** The sum over one continuation's tokens. */
export interface ContinuationScore {
  /** Nats. */
  readonly loglikelihood: number;
  /** Whether each of its tokens is the most likely one. */
  readonly isGreedy: boolean;
}

/** A point in the trie of continuations. */
interface Branch {
  readonly depth: number;
  readonly children: Map<number, Branch>;
  next: NextToken | undefined;
}

/**
 * Visits the trie of the continuations depth-first: the context is read once (what the sequence already holds of it
 * not at all), a token that several continuations share once, and the last token of each only predicted.
 */
export async function scoreContinuations(
  sequence: TokenSequence,
  context: readonly number[],
  continuations: readonly (readonly number[])[],
): Promise<ContinuationScore[]> {
  const root = plant(continuations);
  // The context's last token is read again in any case, for its logits.
  const held = Math.min(sharedLength(sequence.tokens, context), context.length - 1);
  await sequence.truncate(held);
  await explore(sequence, context.length, root, context.slice(held));
  return continuations.map((continuation) => add(root, continuation));
}

function plant(continuations: readonly (readonly number[])[]): Branch {
  const root: Branch = { depth: 0, children: new Map(), next: undefined };
  for (const continuation of continuations) {
    let branch = root;
    for (const token of continuation) {
      const child = branch.children.get(token) ?? {
        depth: branch.depth + 1,
        children: new Map(),
        next: undefined,
      };
      branch.children.set(token, child);
      branch = child;
    }
  }
  return root;
}

/** Reads `lead`, whose last token leads to `start`, and goes on along first children in the same pass; then the other branches, deepest first. */
async function explore(
  sequence: TokenSequence,
  contextLength: number,
  start: Branch,
  lead: readonly number[],
): Promise<void> {
  const tokens = [...lead];
  const wanted: (readonly number[] | undefined)[] = lead.map(() => undefined);
  wanted[lead.length - 1] = [...start.children.keys()];
  const path = [start];
  for (let step = firstInner(start); step !== undefined; step = firstInner(step[1])) {
    tokens.push(step[0]);
    wanted.push([...step[1].children.keys()]);
    path.push(step[1]);
  }
  const answers = await sequence.read(tokens, wanted);
  for (const [index, branch] of path.entries()) branch.next = answers[lead.length - 1 + index];
  for (const branch of path.reverse()) {
    for (const [token, child] of branch.children) {
      if (child.next !== undefined || child.children.size === 0) continue;
      await sequence.truncate(contextLength + branch.depth);
      await explore(sequence, contextLength, child, [token]);
    }
  }
}

function firstInner(branch: Branch): [number, Branch] | undefined {
  for (const entry of branch.children) if (entry[1].children.size > 0) return entry;
  return undefined;
}

function add(root: Branch, continuation: readonly number[]): ContinuationScore {
  let loglikelihood = 0;
  let isGreedy = true;
  let branch: Branch | undefined = root;
  for (const token of continuation) {
    loglikelihood += branch?.next?.logProbability.get(token) ?? Number.NaN;
    isGreedy &&= branch?.next?.top === token;
    branch = branch?.children.get(token);
  }
  return { loglikelihood, isGreedy };
}
