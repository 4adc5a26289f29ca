// Sends a GGUF file to the server, telling how far it is.
import type { RegisterIssue } from './issue.ts';

/** What became of it. */
export type UploadOutcome =
  | { readonly status: 'done'; readonly id: string }
  | { readonly status: 'refused'; readonly issues: readonly RegisterIssue[] };

/** `onShare` is called with the share of bytes that were sent, 0 to 1. Never throws. */
export function uploadModel(
  model: { readonly file: File; readonly name: string; readonly description: string; readonly kind: string },
  onShare: (share: number) => void,
): Promise<UploadOutcome> {
  const form = new FormData();
  form.set('name', model.name);
  if (model.description !== '') form.set('description', model.description);
  form.set('kind', model.kind);
  form.set('file', model.file);
  // fetch does not tell how much of a body was sent.
  const request = new XMLHttpRequest();
  request.responseType = 'json';
  return new Promise((resolve) => {
    request.upload.onprogress = ({ loaded, total }) => onShare(loaded / Math.max(1, total));
    request.onloadend = () => {
      const answer = request.response as { id?: string; detail?: string; issues?: RegisterIssue[] } | null;
      if (request.status === 201 && answer?.id) return resolve({ status: 'done', id: answer.id });
      const message = answer?.detail ?? (request.statusText || 'The server gave no answer.');
      resolve({ status: 'refused', issues: answer?.issues ?? [{ path: '', message }] });
    };
    request.open('POST', '/api/v1/models');
    request.send(form);
  });
}
