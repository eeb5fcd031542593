import { describe, expect, it } from 'vitest';
import { votesToCsv, votesToJson } from '../../../../src/project/votes/votes-export.ts';
import { contender, vote } from './events.ts';

const lora = { name: 'px.safetensors', strength: 0.8, sha256: null };
const styled = contender('styled', { loras: [lora], seconds: null });
const plain = contender('plain');
const noted = vote(1, ['plain'], [], {
  contenders: [plain, styled],
  best: [styled.digest],
  prompt: 'sword, "rusty"',
  note: 'two\nlines',
});
const tie = vote(2, ['plain', 'other'], ['plain', 'other']);
const none = vote(3, ['plain', 'other'], []);

interface Exported {
  metadata: object;
  comparisons: { winner: string | null; best: string[]; models: object[] }[];
  statistics: { model_wins: { model_name: string; win_rate: number }[] };
}

function exported(at: string): Exported {
  return JSON.parse(votesToJson([noted, tie, none], at)) as Exported;
}

describe('the export of votes', () => {
  it('is one record per comparison with models, prompt, winner and notes', () => {
    const record = exported('2026-11-21T00:00:00.000Z');
    expect(record.metadata).toEqual({
      generated_at: '2026-11-21T00:00:00.000Z',
      version: '1.0.0',
      total_comparisons: 3,
    });
    expect(record.comparisons[0]).toMatchObject({
      comparison_id: noted.id,
      prompt: 'sword, "rusty"',
      winner: 'styled',
      notes: 'two\nlines',
      completed_at: noted.time,
    });
    expect(record.comparisons[0]!.models[1]).toMatchObject({
      name: 'styled',
      base_model: 'styled.safetensors',
      lora: 'px.safetensors',
      lora_strength: '0.8',
      generation_time_s: null,
    });
    const [, tied, rejected] = record.comparisons;
    expect([tied!.winner, tied!.best]).toEqual([null, ['plain', 'other']]);
    expect([rejected!.winner, rejected!.best]).toEqual([null, []]);
  });

  it("gives win rates as a share of a model's own comparisons", () => {
    const { statistics } = exported('');
    expect(statistics).toMatchObject({ comparisons_with_preference: 1, preference_rate: 33.3 });
    const rates = Object.fromEntries(
      statistics.model_wins.map(one => [one.model_name, one.win_rate]),
    );
    expect(rates).toEqual({ plain: 0, styled: 100, other: 0 });
  });

  it('is a row per model as CSV, quoted where it must be', () => {
    const rows = votesToCsv([noted, tie]).split('\r\n');
    expect(rows[0]).toBe(
      'comparison_id,prompt,seed,model_name,base_model,lora,lora_strength,generation_time_s,winner,notes,completed_at,best',
    );
    expect(rows[1]).toBe(
      `${noted.id},"sword, ""rusty""",1,plain,plain.safetensors,,,3.5,0,"two\nlines",${noted.time},0`,
    );
    expect(rows[2]).toContain(',styled,styled.safetensors,px.safetensors,0.8,,1,');
    expect(rows[2]).toMatch(/,1$/);
    expect(rows.slice(3, 5).map(row => row.split(',').slice(8))).toEqual([
      ['0', '', tie.time, '1'],
      ['0', '', tie.time, '1'],
    ]);
    expect(rows.at(-1)).toBe('');
  });

  it('gives a spreadsheet no formula: a text that begins like one gets an apostrophe', () => {
    const minus = contender('-1+cmd|x', { loras: [{ ...lora, strength: -0.5 }] });
    const sum = contender('@SUM(A1)', {
      loras: [
        { ...lora, strength: -0.5 },
        { ...lora, strength: 1 },
      ],
    });
    const odd = vote(4, ['plain'], [], {
      contenders: [minus, sum],
      prompt: '=HYPERLINK("http://x","y")',
      note: '\t=1+1',
    });
    const [, first = '', second = ''] = votesToCsv([odd]).split('\r\n');
    expect(first).toBe(
      `${odd.id},"'=HYPERLINK(""http://x"",""y"")",4,'-1+cmd|x,'-1+cmd|x.safetensors,px.safetensors,-0.5,3.5,0,'\t=1+1,${odd.time},0`,
    );
    expect(second).toContain(
      ",'@SUM(A1),'@SUM(A1).safetensors,px.safetensors+px.safetensors,'-0.5+1,",
    );
    const told = JSON.parse(votesToJson([odd], '')) as { comparisons: { prompt: string }[] };
    expect(told.comparisons[0]?.prompt).toBe('=HYPERLINK("http://x","y")');
  });
});
