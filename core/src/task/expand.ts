// Groups and tags as the tasks that they stand for.
import { BancadaError } from '../errors.ts';
import type { TaskReference } from './reference.ts';
import { findTask, type TaskPlaces } from './task-index.ts';
import { type GroupSource, readTaskFile } from './task-source.ts';

/**
 * The tasks behind a name: itself, or a group's or tag's tasks in order, each once. What the reference changes, it changes for all.
 * @throws BancadaError UNKNOWN_NAME, and what {@link readTaskFile} throws.
 */
export async function expandTask(
  reference: string | TaskReference,
  places: TaskPlaces,
): Promise<TaskReference[]> {
  const found = await expand(typeof reference === 'string' ? { task: reference } : reference, places, []);
  return [...new Map(found.map((entry) => [entry.task, entry])).values()];
}

async function expand(
  reference: TaskReference,
  places: TaskPlaces,
  chain: readonly string[],
): Promise<TaskReference[]> {
  const entry = await findTask(reference.task, places);
  if (entry.kind === 'tag') return entry.files.map((file) => ({ ...reference, task: file }));
  const source = await readTaskFile(entry.files[0] as string, places.homes);
  if (source.type === 'task') return [reference];
  if (chain.includes(source.name))
    throw new BancadaError('INVALID_INPUT', 'a group holds itself', {
      file: source.file,
      key: 'task',
      value: [...chain, source.name],
    });
  const members: TaskReference[] = [];
  for (const member of source.members)
    members.push(...(await expandMember(member, source, reference, places, chain)));
  return members;
}

async function expandMember(
  member: GroupSource['members'][number],
  { name, file }: GroupSource,
  reference: TaskReference,
  places: TaskPlaces,
  chain: readonly string[],
): Promise<TaskReference[]> {
  const { task: _, ...changes } = reference;
  if (typeof member === 'string') return expand({ ...changes, task: member }, places, [...chain, name]);
  const { task = member.group, num_fewshot, generation_kwargs, group: _group, ...others } = member;
  const [unknown] = Object.keys(others).filter((key) => !['task_alias', 'metadata'].includes(key));
  if (typeof task !== 'string' || unknown !== undefined) {
    throw new BancadaError('INVALID_INPUT', 'a group names tasks that exist', {
      file,
      key: `task.${unknown ?? 'task'}`,
      value: member,
      allowed: ['task', 'num_fewshot', 'generation_kwargs'],
    });
  }
  const own = { num_fewshot, generation_kwargs } as Pick<TaskReference, 'num_fewshot' | 'generation_kwargs'>;
  return expand({ ...own, ...changes, task }, places, [...chain, name]);
}
