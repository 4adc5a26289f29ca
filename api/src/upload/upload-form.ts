// A multipart form with one file and a few fields, read as it comes.
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import { Problem } from '../rest/problem.ts';

/** What a form held. */
export interface UploadForm<T> {
  readonly fields: Readonly<Record<string, string>>;
  /** What was made of the file. */
  readonly file: T;
}

/** What the form may hold. */
export interface FormRules<T> {
  readonly fields: readonly string[];
  /** Throws when a field is wrong: it is then refused before the file is read. */
  readonly check: (name: string, value: string) => void;
  readonly receive: (stream: Readable, fileName: string) => Promise<T>;
}

const fieldBytes = 16 * 1024;

/**
 * A refused form is told at once, however much of its body is to come: the stream that `receive` reads ends with an error.
 * @throws Problem 400 (no such form), 415 (no form at all), and what `check` and `receive` throw.
 */
export async function readForm<T>(request: IncomingMessage, rules: FormRules<T>): Promise<UploadForm<T>> {
  const parser = openParser(request);
  const fields: Record<string, string> = {};
  let incoming: Readable | undefined;
  let received: Promise<T> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      parser.on('field', (name, value, _nameCut, valueCut) => {
        try {
          if (!rules.fields.includes(name)) throw unknownField(name, rules.fields);
          if (valueCut) throw wrongForm(`"${name}" is over ${fieldBytes} bytes`);
          rules.check(name, value);
          fields[name] = value;
        } catch (thrown) {
          reject(thrown);
        }
      });
      parser.on('file', (name, stream, fileName) => {
        // Whoever receives the stream hears of it; what it makes of it is what counts.
        stream.on('error', () => undefined);
        incoming = stream;
        if (name !== 'file') reject(unknownField(name, ['file', ...rules.fields]));
        received = name === 'file' ? rules.receive(stream, fileName) : undefined;
        received?.catch((thrown: unknown) => reject(asProblem(thrown)));
      });
      for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const)
        parser.on(limit, () => reject(wrongForm('it holds more than one file and its fields')));
      parser.on('error', (error) =>
        reject(wrongForm(error instanceof Error ? error.message : 'no multipart')),
      );
      parser.on('finish', resolve);
      request.on('close', () => {
        if (!request.complete) reject(wrongForm('the connection broke'));
      });
      request.pipe(parser);
    });
    if (received === undefined) throw wrongForm('it holds no "file"');
    return { fields, file: await received };
  } finally {
    request.unpipe(parser);
    parser.destroy();
    // Of a refused form no more bytes come: without an error its receiver would wait for them.
    incoming?.destroy(wrongForm('it was refused before its end'));
    await received?.catch(() => undefined);
  }
}

function openParser(request: IncomingMessage): InstanceType<typeof Busboy> {
  const contentType = request.headers['content-type'] ?? '';
  if (!contentType.startsWith('multipart/form-data')) {
    throw new Problem(415, 'the body has to be multipart/form-data');
  }
  try {
    return new Busboy({
      headers: { ...request.headers, 'content-type': contentType },
      limits: { fields: 10, fieldSize: fieldBytes, files: 1, parts: 12, headerPairs: 50, headerSize: 8192 },
    });
  } catch (thrown) {
    throw wrongForm(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** What busboy says of a form that breaks off has no code; what the system says has one. */
function asProblem(thrown: unknown): unknown {
  const ofForm = thrown instanceof Error && !(thrown instanceof Problem) && !('code' in thrown);
  return ofForm ? wrongForm(thrown.message) : thrown;
}

function wrongForm(reason: string): Problem {
  return new Problem(400, `the form cannot be read: ${reason}`);
}

function unknownField(name: string, known: readonly string[]): Problem {
  return new Problem(400, `the form knows no "${name}"; allowed: ${known.join(', ')}`);
}
