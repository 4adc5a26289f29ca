// The process that reads files of strangers: whatever they do to it, it is not the server that dies.
import { type FileHandle, open } from 'node:fs/promises';
import { sourceFor } from '../registry.ts';
import { describeRows } from './column-statistics.ts';
import { LineFollower } from './follow-lines.ts';
import { ColumnSet, faultOf, type Inspection, TextBound } from './inspection.ts';
import type { InspectorInput, InspectorOutput } from './protocol.ts';

const aliveEveryMs = 1_000;

let following: Extract<InspectorInput, { type: 'follow' }> | undefined;
let handle: FileHandle | undefined;
let follower: LineFollower | undefined;
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
    following = message;
    if (message.format !== 'jsonl') return;
    handle = await open(message.file);
    follower = new LineFollower(handle, message.file);
  } else if (message.type === 'grown') {
    await follower?.readTo(message.bytes);
    sayAlive(follower?.rows ?? 0);
  } else if (message.type === 'whole') {
    await follower?.readTo(message.bytes);
    const inspection = follower === undefined ? await readWhole() : follower.end();
    await handle?.close();
    tell({ type: 'inspected', inspection });
  } else {
    const { files, format, field, rows: most } = message;
    tell({ type: 'described', ...(await describeRows(rowsOf(files, format, field), most)) });
  }
}

async function readWhole(): Promise<Inspection> {
  const columns = new ColumnSet();
  const text = new TextBound(following?.mostText ?? Number.MAX_SAFE_INTEGER);
  let rows = 0;
  for await (const row of rowsOf([following?.file ?? ''], following?.format, undefined)) {
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
