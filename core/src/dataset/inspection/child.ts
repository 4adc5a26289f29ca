// The process that reads files of strangers: whatever they do to it, it is not the server that dies.
import { open } from 'node:fs/promises';
import { sourceFor } from '../registry.ts';
import { describeRows } from './column-statistics.ts';
import { FileFollower } from './follow-file.ts';
import { ColumnSet, faultOf, type RecordFacts, TextBound } from './inspection.ts';
import { LineCheck } from './line-check.ts';
import type { InspectorInput, InspectorOutput } from './protocol.ts';

const aliveEveryMs = 1_000;

type FollowedFile = Extract<InspectorInput, { type: 'follow' }>;

let following: (FollowedFile & { readonly follower: FileFollower }) | undefined;
let told = 0;

// One message after the other: the bytes of a file have an order.
let work = Promise.resolve();
process.on('message', (message: InspectorInput) => {
  work = work
    .then(() => answer(message))
    .catch((thrown: unknown) => tell({ type: 'failed', fault: faultOf(thrown) }));
});
process.on('disconnect', () => process.exit(0));

async function answer(message: InspectorInput): Promise<void> {
  if (message.type === 'follow') {
    const { file, format } = message;
    const lines = format === 'jsonl' ? new LineCheck(file) : undefined;
    following = { ...message, follower: new FileFollower(await open(file), lines) };
  } else if (message.type === 'grown' && following) {
    await following.follower.readTo(message.bytes);
    sayAlive(following.follower.rows);
  } else if (message.type === 'whole' && following) {
    const { follower } = following;
    await follower.readTo(message.bytes);
    const facts = (await follower.end()) ?? (await readWhole(following));
    tell({ type: 'inspected', inspection: { ...facts, sha256: follower.sha256() } });
  } else if (message.type === 'describe') {
    const { files, format, field, rows: most } = message;
    tell({ type: 'described', ...(await describeRows(rowsOf(files, format, field), most)) });
  }
}

async function readWhole({ file, format, mostText }: FollowedFile): Promise<RecordFacts> {
  const columns = new ColumnSet();
  const text = new TextBound(mostText);
  let rows = 0;
  for await (const row of rowsOf([file], format, undefined)) {
    columns.add(row);
    text.add(row);
    rows += 1;
  }
  return { rows, columns: columns.names };
}

async function* rowsOf(
  files: readonly string[],
  format: string | undefined,
  field: string | undefined,
): AsyncGenerator<Readonly<Record<string, unknown>>> {
  let rows = 0;
  for (const file of files) {
    for await (const row of sourceFor(file, format).read(file, { field })) {
      rows += 1;
      if (rows % 1024 === 0) sayAlive(rows);
      yield row;
    }
  }
}

function sayAlive(rows: number): void {
  if (Date.now() - told < aliveEveryMs) return;
  told = Date.now();
  tell({ type: 'alive', rows });
}

function tell(message: InspectorOutput): void {
  process.send?.(message);
}
