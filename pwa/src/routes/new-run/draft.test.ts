// Drafts as they are sent: by suite, by form, by hand.
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  chosenAfterClick,
  draftInput,
  emptyDraft,
  idempotencyKey,
  isChosen,
  newDraftId,
  toggled,
  wholeNumber,
} from './draft.ts';
import { faultOf, issuePlace, issuesAt, issueWords } from './issue-place.ts';
import { defaultName, writeSuite } from './suite-text.ts';

describe('draftInput', () => {
  it('is undefined until a suite, or models and tasks, or text are there', () => {
    expect(draftInput(emptyDraft())).toBeUndefined();
    expect(draftInput({ ...emptyDraft(), source: 'form', models: ['a'] })).toBeUndefined();
    expect(draftInput({ ...emptyDraft(), source: 'text', text: ' ' })).toBeUndefined();
  });

  it('sends a suite by its id with what was narrowed', () => {
    const draft = { ...emptyDraft(), suiteId: 's1', limit: '20', models: ['bancada-tiny'], name: ' try ' };
    expect(draftInput(draft)).toEqual({ suiteId: 's1', name: 'try', limit: 20, models: ['bancada-tiny'] });
  });

  it.each([
    ['-5', -5],
    ['2000', 2000],
    ['', undefined],
    ['0', undefined],
    ['soon', undefined],
  ])('sends the priority %j as %j, from every source', (priority, sent) => {
    const draft = { ...emptyDraft(), suiteId: 's1', models: ['a'], tasks: ['b'], text: 'name: x', priority };
    for (const source of ['suite', 'form', 'text'] as const)
      expect(draftInput({ ...draft, source })?.priority).toBe(sent);
  });

  it('sends hand-edited text untouched', () => {
    const draft = { ...emptyDraft(), source: 'text' as const, text: 'name: x\n' };
    expect(draftInput(draft)).toEqual({ suite: 'name: x\n' });
  });
});

describe('writeSuite', () => {
  it('writes YAML that reads back as the suite', () => {
    const draft = {
      ...emptyDraft(),
      source: 'form' as const,
      models: ['bancada-tiny', 'no'],
      tasks: ['tiny-facts'],
      limit: '50',
      numFewshot: '2',
      temperature: '0.7',
      retrieval: true,
      corpus: 'tiny-world',
      embedder: 'bancada-tiny-embed',
      retriever: 'vectra',
    };
    expect(parse(writeSuite(draft))).toEqual({
      name: 'tiny-facts bancada-tiny +1',
      models: ['bancada-tiny', 'no'],
      tasks: [{ task: 'tiny-facts', num_fewshot: 2 }],
      rag: [
        {
          name: 'vectra',
          corpus: 'tiny-world',
          chunker: { name: 'recursive', size: 128, overlap: 16 },
          embedder: 'bancada-tiny-embed',
          retriever: { name: 'vectra', k: 3 },
        },
      ],
      generation: { temperature: 0.7 },
      limit: 50,
    });
  });

  it('keeps what is no number, so that the validation names it', () => {
    const text = writeSuite({ ...emptyDraft(), models: ['a'], tasks: ['b'], limit: 'many' });
    expect(parse(text)).toMatchObject({ limit: 'many' });
  });
});

describe('small parts', () => {
  it('names a run by its parts', () => {
    expect(defaultName({ models: ['m'], tasks: ['t'] })).toBe('t m');
    expect(defaultName({ models: [], tasks: [] })).toBe('run');
  });

  it('takes whole numbers from one on', () => {
    expect(['', '0', '-3', '2.5', 'x', ' 7 '].map(wholeNumber)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      7,
    ]);
  });

  it('adds and takes out', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  });

  it('makes ids that differ', () => {
    expect(newDraftId()).toMatch(/^[0-9a-f]{32}$/);
    expect(newDraftId()).not.toBe(newDraftId());
  });

  it('makes one key of one draft and input', () => {
    const draft = emptyDraft();
    expect(idempotencyKey(draft, { suiteId: 'a' })).toBe(idempotencyKey(draft, { suiteId: 'a' }));
    expect(idempotencyKey(draft, { suiteId: 'a' })).not.toBe(idempotencyKey(draft, { suiteId: 'b' }));
    expect(idempotencyKey(draft, { suiteId: 'a' })).not.toBe(idempotencyKey(emptyDraft(), { suiteId: 'a' }));
  });

  it('takes a suite whole until something is taken out', () => {
    const draft = emptyDraft();
    expect(isChosen(draft, [], 'a')).toBe(true);
    expect(chosenAfterClick(draft, [], 'a', ['a', 'b'])).toEqual(['b']);
    expect(chosenAfterClick(draft, ['b'], 'a', ['a', 'b'])).toEqual([]);
    expect(isChosen({ ...draft, source: 'form' }, [], 'a')).toBe(false);
  });
});

describe('issuePlace', () => {
  it.each([
    ['models.0', 'models'],
    ['suite.tasks[2].task', 'tasks'],
    ['rag.0.chunker.size', 'retrieval'],
    ['generation.temperature', 'limits'],
    ['input.limit', 'limits'],
    ['gates.0', 'general'],
    ['', 'general'],
  ])('puts %s to %s', (path, place) => {
    expect(issuePlace(path)).toBe(place);
  });

  it('says a fault once', () => {
    const message = 'suite.yaml:5: rag[0].chunker.size: too small (given: 0); allowed: at least 1';
    expect(issueWords({ path: 'rag[0].chunker.size', message })).toEqual({
      line: '5',
      words: 'too small (given: 0); allowed: at least 1',
    });
    expect(issueWords({ path: '', message: 'no' })).toEqual({ line: undefined, words: 'no' });
  });

  it('finds the fault of a field', () => {
    const issues = [{ path: 'rag.0.chunker.size', message: 'must be at least 1' }];
    expect(faultOf(issues, 'retrieval', 'size')).toBe('must be at least 1');
    expect(faultOf(issues, 'retrieval', 'overlap')).toBeUndefined();
    expect(issuesAt(issues, 'models')).toEqual([]);
  });
});
