// Verdicts of comparisons, and how differences are written.
import { describe, expect, it } from 'vitest';
import { formatFor } from '../../i18n/format.ts';
import { modelsOf, rowNames, signed, tally, verdictOf, writeDifference, writeP } from './verdict.ts';

const row = {
  candidateRunId: 'b',
  task: 'arc',
  variant: 'closed-book',
  metric: 'acc',
  filter: 'none',
  unit: 'score',
  higherIsBetter: true,
  baselineModel: 'a',
  candidateModel: 'b',
  n: 500,
  difference: 0.021,
  ciLow: 0.004,
  ciHigh: 0.038,
  pAdjusted: 0.01,
};

describe('verdictOf', () => {
  it('needs a corrected p below 0.05', () => {
    expect(verdictOf(row)).toBe('better');
    expect(verdictOf({ ...row, pAdjusted: 0.05 })).toBe('unclear');
  });

  it('turns round for losses', () => {
    expect(verdictOf({ ...row, higherIsBetter: false })).toBe('worse');
    expect(verdictOf({ ...row, higherIsBetter: false, difference: -0.1 })).toBe('better');
  });

  it('is counted over the rows', () => {
    expect(tally([row, row, { ...row, difference: -1 }, { ...row, pAdjusted: 1 }])).toEqual({
      better: 2,
      worse: 1,
      unclear: 1,
    });
  });
});

describe('writing', () => {
  const english = formatFor('en');
  const portuguese = formatFor('pt-BR');

  it('gives scores in points and losses in nats, with a sign', () => {
    expect(writeDifference(row, 'pp', english)).toBe('+2.1 pp [+0.4, +3.8]');
    expect(writeDifference(row, 'p.p.', portuguese)).toBe('+2,1 p.p. [+0,4, +3,8]');
    expect(writeDifference({ ...row, unit: 'loss', ciLow: null }, 'pp', english)).toBe('+0.021 nats');
    expect(signed(-0.1, 'score', english)).toBe('-10');
    expect(signed(0, 'score', english)).toBe('0');
  });

  it('bounds tiny p values', () => {
    expect(writeP(0.00002, english)).toBe('p < 0.001');
    expect(writeP(0.0142, portuguese)).toBe('p = 0,014');
  });

  it('names both models only where they differ', () => {
    expect(modelsOf(row)).toBe('b / a');
    expect(modelsOf({ ...row, baselineModel: 'b' })).toBe('b');
  });

  it('names rows by what tells them apart', () => {
    const dense = { ...row, variant: 'dense' };
    const norm = { ...row, metric: 'acc_norm' };
    expect(rowNames([row])(row)).toBe('arc');
    expect(rowNames([row, dense])(dense)).toBe('arc · dense');
    expect(rowNames([row, norm])(norm)).toBe('arc · acc_norm');
    expect(rowNames([row, { ...row, baselineModel: 'c' }])(row)).toBe('arc · b / a');
  });
});
