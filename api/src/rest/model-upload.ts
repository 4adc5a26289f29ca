// POST /api/v1/models: a GGUF file becomes a registered model.
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { BancadaError, bringFile, checkModelName, readGgufMetadata } from '@bancada/core';
import { z } from 'zod';
import { withModelFolder } from '../model/new-model.ts';
import { weightsOf } from '../model/register.ts';
import { finish } from '../model/register-path.ts';
import { isAllowedOrigin } from '../origin.ts';
import { ConflictError } from '../schema/error.ts';
import { atMost, checkDeclaredLength } from '../upload/byte-limit.ts';
import { openStaging } from '../upload/staging.ts';
import { readForm } from '../upload/upload-form.ts';
import { Problem } from './problem.ts';
import { type Exchange, type Route, sendJson } from './route.ts';

const fields = ['name', 'description', 'licence', 'kind'];

const formSchema = z.object({
  file: z.string().meta({ format: 'binary', description: 'A .gguf file; put it after the fields' }),
  name: z.string().describe('Name of the model: letters, digits, ".", "_" and "-"'),
  description: z.string().optional(),
  licence: z.string().optional(),
  kind: z.enum(['language', 'embedding', 'reranker']).default('language'),
});

const uploadedSchema = z.object({
  id: z.string(),
  name: z.string(),
  architecture: z.string().nullable(),
  quantisation: z.string().nullable(),
  parameters: z.number(),
  contextLength: z.number().nullable(),
  bytes: z.number(),
});

/** Multipart: `name`, optionally `description`, `licence`, `kind`, and `file`. */
export const modelUploadRoute: Route = {
  method: 'POST',
  path: '/api/v1/models',
  scope: 'write',
  doc: {
    summary: 'Uploads a GGUF file as a model',
    description:
      'Streamed to disk; a file that is no GGUF, or that is cut, is refused and leaves nothing, as is one over `BANCADA_UPLOAD_LIMIT`. Models of the Hub, of a path and of an endpoint are registered by GraphQL: `registerModel`.',
    tag: 'models',
    body: { description: 'The file and its name.', content: { 'multipart/form-data': formSchema } },
    answers: {
      201: {
        description: 'The model; suites can name it from now on.',
        content: { 'application/json': uploadedSchema },
      },
    },
    problems: [400, 403, 409, 413, 415, 422, 507],
  },
  handle: upload,
};

async function upload({ request, response, services }: Exchange): Promise<void> {
  if (!isAllowedOrigin(request)) throw new Problem(403, 'the request comes from another site');
  await using staging = await openStaging(services.homes[0] ?? '.');
  try {
    checkDeclaredLength(request, services.uploadLimit);
    const form = await readForm(request, {
      fields,
      check: checkField,
      receive: async (stream, fileName) => {
        if (!/\.gguf$/i.test(fileName)) {
          throw new BancadaError('INVALID_INPUT', 'not a GGUF file by its name', {
            key: 'file',
            value: fileName,
            allowed: '.gguf',
          });
        }
        const file = path.join(staging.directory, safeName(fileName));
        await pipeline(stream, atMost(services.uploadLimit), createWriteStream(file, { flags: 'wx' }));
        return file;
      },
    });
    const { name = '', description, licence } = form.fields;
    checkModelName(name);
    const metadata = await readGgufMetadata(form.file);
    const row = await withModelFolder(services, name, async (folder) => {
      const file = await bringFile(form.file, folder);
      const weights = { name, description, licence, ...weightsOf(form.fields), idempotencyKey: undefined };
      return finish(services, weights, folder, { file, metadata, source: `upload:${file}` });
    });
    sendJson(response, 201, {
      id: row.id,
      name,
      architecture: metadata.architecture ?? null,
      quantisation: metadata.quantisation ?? null,
      parameters: metadata.parameters,
      contextLength: metadata.contextLength ?? null,
      bytes: metadata.bytes,
    } satisfies z.output<typeof uploadedSchema>);
  } catch (thrown) {
    // A client that is still sending hears the answer only if somebody reads on.
    request.resume();
    throw problemOf(thrown);
  }
}

function checkField(field: string, value: string): void {
  if (field === 'name') checkModelName(value);
  if (field === 'kind') weightsOf({ kind: value, options: undefined });
}

function safeName(fileName: string): string {
  return (
    path
      .basename(fileName)
      .replace(/[^\w.-]+/g, '-')
      .replace(/^[-.]+/, '') || 'model.gguf'
  );
}

function problemOf(thrown: unknown): unknown {
  if (thrown instanceof ConflictError) return new Problem(409, thrown.message);
  if (!(thrown instanceof BancadaError) || thrown.code === 'STORE_FAILED') return thrown;
  if (thrown.code === 'DUPLICATE_NAME') return new Problem(409, thrown.message);
  const { detail, code } = thrown;
  const field = detail.key ?? (code === 'MODEL_LOAD_FAILED' ? 'file' : '');
  // The path on this machine is nobody's business.
  const message = detail.file ? thrown.message.replaceAll(`${detail.file}: `, '') : thrown.message;
  return new Problem(422, message, { issues: [{ path: field, message, value: detail.value ?? null }] });
}
