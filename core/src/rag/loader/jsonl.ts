// JSON Lines: one document a record.
import { parseJson } from '../../dataset/json-fault.ts';
import { isRow } from '../../dataset/source.ts';
import { readLines } from '../../dataset/text-line.ts';
import { BancadaError } from '../../errors.ts';
import type { Document } from '../document.ts';
import type { DocumentLoader, LoadContext } from './loader.ts';

/** Id (string or number), text and title are read from the fields that corpus.yaml names. */
export const jsonl: DocumentLoader = {
  description: 'JSON Lines, one document a record',
  extensions: ['.jsonl', '.ndjson'],
  async *load(file, context) {
    for await (const { line, text } of readLines(file, context.signal)) {
      if (text.trim() !== '') yield toDocument(parseJson(text, file, line), { file, line }, context);
    }
  },
};

function toDocument(
  record: unknown,
  place: { readonly file: string; readonly line: number },
  { fields }: LoadContext,
): Document {
  if (!isRow(record)) {
    throw new BancadaError('FILE_INVALID', 'is not a JSON object', { ...place, value: record });
  }
  const field = (key: string, kinds: readonly string[]): unknown => {
    const value = Object.hasOwn(record, key) ? record[key] : undefined;
    if (value === undefined || value === null) {
      throw new BancadaError('FIELD_MISSING', `the record has no field "${key}"`, {
        ...place,
        allowed: Object.keys(record),
      });
    }
    if (kinds.includes(typeof value)) return value;
    throw new BancadaError('FILE_INVALID', 'wrong type', {
      ...place,
      key,
      value,
      allowed: kinds.join(' or '),
    });
  };
  const hasTitle = fields.title !== undefined && (record[fields.title] ?? undefined) !== undefined;
  return {
    id: String(field(fields.id, ['string', 'number'])),
    title: hasTitle ? String(field(fields.title ?? '', ['string'])) : undefined,
    text: String(field(fields.text, ['string'])),
  };
}
