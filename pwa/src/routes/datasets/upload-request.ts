// Sends a data file to the server: with its progress, and a way to stop it.

/** What becomes of an upload. */
export type UploadOutcome =
  | {
      readonly status: 'done';
      readonly name: string;
      readonly version: number;
      readonly rows: number;
      /** False when the newest version holds the very same. */
      readonly created: boolean;
    }
  | {
      readonly status: 'refused';
      readonly message: string;
      /** Of the first bad record, from 1. */
      readonly line: number | undefined;
      readonly column: number | undefined;
      /** The form's field that is wrong. */
      readonly field: string | undefined;
    }
  | { readonly status: 'stopped' }
  | { readonly status: 'broken' };

/** What is sent. */
export interface UploadForm {
  readonly file: File;
  readonly name: string;
  readonly split: string;
  readonly description: string;
  readonly licence: string;
}

/** An upload under way. */
export interface Upload {
  readonly outcome: Promise<UploadOutcome>;
  stop(): void;
}

/** `fetch` tells nothing of how much was sent: an XMLHttpRequest does. */
export function startUpload(form: UploadForm, onSent: (bytes: number, total: number) => void): Upload {
  const request = new XMLHttpRequest();
  const body = new FormData();
  // Fields first: a wrong name is then refused before the file is sent.
  for (const field of ['name', 'split', 'description', 'licence'] as const) {
    if (form[field].trim() !== '') body.append(field, form[field].trim());
  }
  body.append('file', form.file);
  const outcome = new Promise<UploadOutcome>((resolve) => {
    request.upload.onprogress = (event) => onSent(event.loaded, event.total);
    request.onload = () => resolve(readAnswer(request.status, request.responseText));
    request.onerror = () => resolve({ status: 'broken' });
    request.onabort = () => resolve({ status: 'stopped' });
  });
  request.open('POST', '/api/v1/datasets');
  request.send(body);
  return { outcome, stop: () => request.abort() };
}

/** The answer to an upload, as the screen shows it. */
export function readAnswer(status: number, text: string): UploadOutcome {
  let body: Record<string, unknown>;
  try {
    body = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { status: 'broken' };
  }
  if (status === 200 || status === 201) {
    const { name, version, rows, created } = body;
    return {
      status: 'done',
      name: String(name),
      version: Number(version),
      rows: Number(rows),
      created: created === true,
    };
  }
  const [issue] = (Array.isArray(body['issues']) ? body['issues'] : []) as { path?: string }[];
  const place = (value: unknown) => (typeof value === 'number' ? value : undefined);
  return {
    status: 'refused',
    message: String(body['detail'] ?? status),
    line: place(body['line']),
    column: place(body['column']),
    field: issue?.path,
  };
}

/** A name for a data set, made of a file's: `My Quiz (2).jsonl.gz` becomes `my-quiz-2`. */
export function nameOfFile(fileName: string): string {
  return fileName
    .toLowerCase()
    .replace(/\.gz$/, '')
    .replace(/\.[a-z0-9]+$/, '')
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9._]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, 100);
}
