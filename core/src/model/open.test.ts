// How a model is found by name, variant, path or provider, and what is said when it is not.

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unrestrictedNetwork } from '../network/network-policy.ts';
import { listModels } from './list.ts';
import { type ModelContext, openEmbedder, openLanguageModel, resolveModel } from './open.ts';

let home: string;
let context: ModelContext;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'models-'));
  context = { homes: [home], baseDirectory: home, secret: () => undefined, network: unrestrictedNetwork };
  await register('small', [
    'name: small',
    'parameters: 1000',
    'variants:',
    '  gguf: {provider: llama-cpp, file: small.gguf}',
    '  onnx: {provider: transformers}',
  ]);
  await register('sentences', [
    'name: sentences',
    'kind: embedding',
    'pooling: cls',
    "query_prefix: 'query: '",
    'variants: {onnx: {provider: transformers, dtype: q8}}',
  ]);
});

afterEach(() => rm(home, { recursive: true }));

async function register(name: string, lines: readonly string[], root = home): Promise<string> {
  const folder = path.join(root, 'models', name);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'model.yaml'), lines.join('\n'));
  return folder;
}

describe('a registered name', () => {
  it('takes the first variant, or the one that is named', async () => {
    expect(await resolveModel('small', context)).toMatchObject({
      name: 'small',
      kind: 'language',
      provider: 'llama-cpp',
      options: { file: 'small.gguf', parallel: 4 },
      context: { baseDirectory: path.join(home, 'models', 'small') },
    });
    expect(await resolveModel('small:onnx', context)).toMatchObject({
      name: 'small:onnx',
      provider: 'transformers',
      options: { dtype: 'fp32' },
    });
  });

  it('hands an encoder’s facts to its provider', async () => {
    expect(await resolveModel('sentences', context)).toMatchObject({
      kind: 'embedding',
      options: { dtype: 'q8', pooling: 'cls', query_prefix: 'query: ' },
    });
  });

  it('is looked up in the homes in order', async () => {
    const first = await mkdtemp(path.join(tmpdir(), 'models-'));
    await register('small', ['name: small', 'variants: {x: {provider: scripted, answer: hi}}'], first);
    const resolved = await resolveModel('small', { ...context, homes: [first, home] });
    expect(resolved.provider).toBe('scripted');
    await rm(first, { recursive: true });
  });

  it.each([
    ['smal', 'UNKNOWN_NAME', 'did you mean "small"'],
    ['small:gguv', 'UNKNOWN_NAME', 'did you mean "gguf"'],
    ['../nowhere', 'FILE_NOT_FOUND', 'no such model file or folder'],
    ['bare', 'FILE_NOT_FOUND', 'this folder holds no model'],
    ['nowhere/model.gguf', 'FILE_NOT_FOUND', 'nowhere'],
  ])('%s is answered with %s', async (name, code, message) => {
    await mkdir(path.join(home, 'models', 'bare'));
    await expect(resolveModel(name, context)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });
});

describe('a faulty manifest', () => {
  it.each<[string, string[], string, RegExp]>([
    [
      'an unknown option',
      ['name: odd', 'variants:', '  gguf:', '    provider: llama-cpp', '    file: a.gguf', '    thread: 2'],
      'INVALID_INPUT',
      /model\.yaml:6: variants\.gguf\.thread: unknown key "thread", did you mean "threads"/,
    ],
    [
      'an unknown provider',
      ['name: odd', 'variants:', '  gguf: {provider: llama}'],
      'UNKNOWN_NAME',
      /model\.yaml:3: variants\.gguf\.provider: unknown provider "llama", did you mean "llama-cpp"/,
    ],
    [
      'another name',
      ['name: even', 'variants: {a: {provider: scripted}}'],
      'INVALID_INPUT',
      /model\.yaml:1: name: name differs from the folder \(given: "even"\); allowed: odd/,
    ],
    [
      'a name twice',
      ['name: odd', 'variants:', '  a: {provider: scripted}', '  a: {provider: scripted}'],
      'FILE_INVALID',
      /model\.yaml:4: is not valid YAML: duplicated mapping key/,
    ],
    [
      'a file outside',
      ['name: odd', 'variants:', '  a: {provider: llama-cpp, file: ../../../etc/passwd}'],
      'INVALID_INPUT',
      /model\.yaml:3: variants\.a\.file: leads out of its folder/,
    ],
  ])('%s is told with its place', async (_, lines, code, message) => {
    await register('odd', lines);
    await expect(resolveModel('odd', context)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it('does not follow a link out of the home', async () => {
    const outside = await mkdtemp(path.join(tmpdir(), 'outside-'));
    await symlink(outside, path.join(home, 'models', 'linked'));
    await expect(resolveModel('linked', context)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('leads out of its folder'),
    });
    await rm(outside, { recursive: true });
  });

  it('is listed with what is wrong, beside the others', async () => {
    await register('odd', ['name: even', 'variants: {a: {provider: scripted}}']);
    expect(await listModels([home])).toMatchObject([
      { name: 'odd', fault: expect.stringContaining('name differs') },
      { name: 'sentences', kind: 'embedding', variants: ['onnx'], fault: undefined },
      { name: 'small', kind: 'language', variants: ['gguf', 'onnx'], parameters: 1000, fault: undefined },
    ]);
  });
});

describe('a path', () => {
  it('to a .gguf file goes to llama-cpp, to a folder with ONNX weights to transformers', async () => {
    await writeFile(path.join(home, 'some.gguf'), '');
    await mkdir(path.join(home, 'folder', 'onnx'), { recursive: true });
    expect(await resolveModel('some.gguf', context)).toMatchObject({ name: 'some', provider: 'llama-cpp' });
    expect(await resolveModel('./folder', context)).toMatchObject({
      name: 'folder',
      provider: 'transformers',
    });
  });

  it('to a folder without a model says what would be one', async () => {
    await mkdir(path.join(home, 'empty'));
    await expect(resolveModel('./empty', context)).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
      message: expect.stringContaining('onnx/model.onnx'),
    });
  });

  it('to a file that is not there is a missing file', async () => {
    await expect(resolveModel('gone.gguf', context)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });
});

describe('a provider with options', () => {
  it('is named by its name, its model id, or the provider', async () => {
    const endpoint = { provider: 'openai-compatible', base_url: 'http://localhost:1/v1/', model: 'qwen' };
    expect(await resolveModel(endpoint, context)).toMatchObject({
      name: 'qwen',
      options: { base_url: 'http://localhost:1/v1', concurrency: 8 },
    });
    expect((await resolveModel({ ...endpoint, name: 'mine' }, context)).name).toBe('mine');
    expect((await resolveModel({ provider: 'scripted', answer: 'hi' }, context)).name).toBe('scripted');
  });

  it.each<[Record<string, unknown> & { provider: string }, RegExp]>([
    [
      { provider: 'openai-compatibel' },
      /unknown provider "openai-compatibel", did you mean "openai-compatible"/,
    ],
    [{ provider: 'openai-compatible', model: 'm' }, /"base_url" is missing/],
    [
      { provider: 'openai-compatible', base_url: 'localhost', model: 'm' },
      /base_url: not an http or https address/,
    ],
    [
      { provider: 'openai-compatible', base_url: 'http://a/v1', model: 'm', concurency: 3 },
      /unknown key "concurency", did you mean "concurrency"/,
    ],
    [{ provider: 'scripted', latency_ms: -1 }, /latency_ms: too small \(given: -1\); allowed: at least 0/],
  ])('%o is refused', async (spec, message) => {
    await expect(resolveModel(spec, context)).rejects.toThrow(message);
  });

  it('cannot be opened as what it is not', async () => {
    const scripted = await resolveModel({ provider: 'scripted', answer: 'hi' }, context);
    await expect(openEmbedder(scripted)).rejects.toMatchObject({ code: 'CAPABILITY_MISSING' });
    const missing = await resolveModel('small', context);
    await expect(openLanguageModel(missing)).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
      message: expect.stringContaining('small.gguf'),
    });
  });
});
