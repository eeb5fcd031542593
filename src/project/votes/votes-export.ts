import type { Vote, VotedContender } from './vote-event.ts';

const columns = [
  'comparison_id',
  'prompt',
  'seed',
  'model_name',
  'base_model',
  'lora',
  'lora_strength',
  'generation_time_s',
  'winner',
  'notes',
  'completed_at',
  'best',
] as const;

/**
 * The classic record, one entry per comparison: models, prompt, winner, notes. A tie and "none good"
 * have no winner; `best` tells them apart.
 * @param at ISO time of the export
 */
export function votesToJson(votes: readonly Vote[], at: string): string {
  const decided = votes.filter(vote => vote.best.length === 1);
  const record = {
    metadata: { generated_at: at, version: '1.0.0', total_comparisons: votes.length },
    comparisons: votes.map(vote => ({
      comparison_id: vote.id,
      prompt: vote.prompt,
      seed: vote.seed,
      models: vote.contenders.map(model => ({ ...modelFields(model), image: model.image })),
      winner: winnerOf(vote),
      best: vote.best.map(digest => nameOf(vote, digest)),
      notes: vote.note,
      completed_at: vote.time,
    })),
    statistics: {
      total_comparisons: votes.length,
      comparisons_with_preference: decided.length,
      preference_rate: percent(decided.length, votes.length),
      model_wins: modelWins(votes),
    },
  };
  return `${JSON.stringify(record, null, 2)}\n`;
}

/**
 * The same as CSV (RFC 4180): a row per model; `winner` is 1 in the row of the winner and 0 elsewhere, `best` also in
 * those that tied.
 */
export function votesToCsv(votes: readonly Vote[]): string {
  const rows = votes.flatMap(vote =>
    vote.contenders.map(model => {
      const { name, ...fields } = modelFields(model);
      const won = vote.best.length === 1 && vote.best[0] === model.digest;
      return {
        comparison_id: vote.id,
        prompt: vote.prompt,
        seed: vote.seed,
        model_name: name,
        ...fields,
        winner: won ? 1 : 0,
        notes: vote.note,
        completed_at: vote.time,
        best: vote.best.includes(model.digest) ? 1 : 0,
      };
    }),
  );
  const lines = [columns, ...rows.map(row => columns.map(column => row[column]))];
  return lines.map(line => `${line.map(csvField).join(',')}\r\n`).join('');
}

function modelFields(model: VotedContender) {
  return {
    name: model.name,
    base_model: model.checkpoint,
    lora: model.loras.map(lora => lora.name).join('+') || null,
    lora_strength: model.loras.map(lora => lora.strength).join('+') || null,
    generation_time_s: model.seconds,
  };
}

/** A model's share of the comparisons that it took part in: not of all. */
function modelWins(votes: readonly Vote[]) {
  const table = new Map<string, { name: string; wins: number; shown: number }>();
  for (const vote of votes) {
    for (const model of vote.contenders) {
      const entry = table.get(model.digest) ?? { name: model.name, wins: 0, shown: 0 };
      entry.shown += 1;
      if (vote.best.length === 1 && vote.best[0] === model.digest) entry.wins += 1;
      table.set(model.digest, entry);
    }
  }
  return [...table]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([digest, { name, wins, shown }]) => ({
      model_name: name,
      digest,
      wins,
      appearances: shown,
      win_rate: percent(wins, shown),
    }));
}

function winnerOf(vote: Vote): string | null {
  const [only, ...others] = vote.best;
  return only === undefined || others.length > 0 ? null : nameOf(vote, only);
}

function nameOf(vote: Vote, digest: string): string {
  return vote.contenders.find(model => model.digest === digest)?.name ?? digest;
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10;
}

/**
 * A field; quoted where it must be. Prompts, names and notes are anybody's words, and a spreadsheet takes what begins like a formula for
 * one: an apostrophe in front keeps it a text.
 */
function csvField(value: string | number | null): string {
  const plain = value === null ? '' : String(value);
  const text = isFormula(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function isFormula(text: string): boolean {
  return /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/.test(text) && !/^[+-]?\d+(?:\.\d+)?$/.test(text);
}
