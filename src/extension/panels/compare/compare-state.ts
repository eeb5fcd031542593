import { shuffledPlaces } from '../../../project/compare/blind.ts';
import { cellCount } from '../../../project/compare/cells.ts';
import { contenderNames } from '../../../project/compare/contenders.ts';
import { runsOfSet, type SetPlace, setsOf } from '../../../project/compare/sets.ts';
import { hasEnded } from '../../../project/job-states.ts';
import type { CompareSpec } from '../../../protocol/compare.ts';
import type { Job, Run } from '../../../protocol/jobs.ts';
import type { Size } from '../../../protocol/recipe.ts';
import { t } from '../../l10n.ts';
import type {
  CellAddress,
  CellState,
  Comparison,
  OpenCell,
  SetPhase,
  SetState,
} from '../messages/compare.ts';
import { imageOf, isOver, phaseOf, secondsOf } from './cell-run.ts';

/** Where a person stands with a set. */
export interface SetKnowledge {
  /** They were shown who drew what. */
  opened: boolean;
  /** Their vote is written, and they are about to be shown. */
  sealed: boolean;
  /** Their vote that stands; places named best. */
  vote: { best: readonly number[]; note: string } | null;
  /** Looked at and left. */
  skipped: boolean;
}

/** All that a comparison's state is made from. */
export interface CompareFacts {
  job: Pick<Job, 'id' | 'title' | 'state' | 'paused' | 'etaMs'>;
  spec: CompareSpec;
  /** Runs of the job by index. */
  runs: ReadonlyMap<number, Run>;
  knowledgeOf: (set: number) => SetKnowledge;
  /** Name for a picture, see PictureNames. */
  pictureName: (cell: CellAddress, digest: string) => string;
  /** Whether sets without a vote are kept blind. */
  blind: boolean;
  /** Set to be shown next, of those that can be voted on. */
  next: (votable: readonly { set: number; skipped: boolean }[]) => number | null;
  standing: (allOpen: boolean) => string;
  canVote: boolean;
}

/** A cell as the host knows it. */
export interface KnownCell {
  contender: number;
  /** Index of its run. */
  index: number;
  run: Run | undefined;
}

type Layout = readonly (readonly Omit<KnownCell, 'run'>[])[];

/** Thousands of shuffles are not made anew for each state. */
const layouts = new WeakMap<CompareSpec, Map<string, Layout>>();

/** Who stands where, and which run draws it, by set. */
function layoutOf(job: string, spec: CompareSpec): Layout {
  const ofSpec = layouts.get(spec) ?? new Map<string, Layout>();
  layouts.set(spec, ofSpec);
  let layout = ofSpec.get(job);
  if (layout === undefined) {
    layout = setsOf(spec).map(({ set }) => {
      const indices = runsOfSet(spec, set);
      return shuffledPlaces(job, set, spec.contenders.length).map(contender => ({
        contender,
        index: indices[contender] ?? -1,
      }));
    });
    ofSpec.set(job, layout);
  }
  return layout;
}

/** The cells of a set in the order of their places. */
export function cellsOfSet(
  { job, spec, runs }: Pick<CompareFacts, 'spec' | 'runs'> & { job: { id: string } },
  set: number,
): KnownCell[] {
  const layout = layoutOf(job.id, spec)[set] ?? [];
  return layout.map(cell => ({ ...cell, run: runs.get(cell.index) }));
}

/** Whether a set can be voted on, is open, or why it is neither. */
export function setPhaseOf(
  cells: readonly KnownCell[],
  { opened, sealed }: Pick<SetKnowledge, 'opened' | 'sealed'>,
): SetPhase {
  if (sealed) return 'voted';
  if (opened) return 'open';
  const phases = cells.map(({ run }) => phaseOf(run));
  if (phases.every(phase => phase === 'done')) return 'votable';
  return phases.some(phase => isOver(phase) && phase !== 'done') ? 'broken' : 'drawing';
}

/** Whether the pictures of a set may be looked at: one at a time would tell whose cell is filling. */
export function showsPictures(phase: SetPhase): boolean {
  return phase === 'votable' || phase === 'voted' || phase === 'open';
}

/** The prompts in a few words. Nobody's title: that may say what is compared. */
export function promptsTitle({ prompts }: Pick<CompareSpec, 'prompts'>): string {
  const [first] = prompts;
  const line = first?.name ?? first?.prompt.trim().split('\n', 1)[0] ?? '';
  const letters = [...line];
  const short = letters.length > 60 ? `${letters.slice(0, 59).join('')}…` : line;
  return prompts.length > 1 ? t('{0} and {1} more', short, prompts.length - 1) : short;
}

function openCell(name: string, { contender, run }: KnownCell): OpenCell {
  const phase = phaseOf(run);
  return {
    contender,
    name,
    phase,
    error: phase === 'failed' || phase === 'lost' ? (run?.error?.message ?? null) : null,
    seconds: secondsOf(run),
    placeholder: imageOf(run)?.placeholder ?? false,
  };
}

function setState(facts: CompareFacts, names: readonly string[], place: SetPlace): SetState {
  const { set, prompt, seed } = place;
  const known = cellsOfSet(facts, set);
  const knowledge = facts.knowledgeOf(set);
  const phase = setPhaseOf(known, knowledge);
  const cells = known.map((cell, at): CellState => {
    const image = showsPictures(phase) ? imageOf(cell.run) : null;
    return {
      pictures: image && facts.pictureName({ set, place: at }, image.sprite),
      open: phase === 'open' ? openCell(names[cell.contender] ?? '', cell) : null,
    };
  });
  return {
    prompt,
    seed,
    phase,
    ready: known.filter(({ run }) => imageOf(run) !== null).length,
    cells,
    best: knowledge.vote?.best ?? null,
    note: knowledge.vote?.note ?? '',
    skipped: knowledge.skipped,
  };
}

function sizeOfPrompt({ spec, runs }: CompareFacts, prompt: number): Size {
  const own = spec.prompts[prompt]?.size ?? spec.base.size;
  if (own !== undefined) return own;
  const drawn = [...runs.values()].find(
    ({ recipe }) => recipe.prompt === spec.prompts[prompt]?.prompt,
  );
  return drawn?.recipe.size ?? [32, 32];
}

/**
 * What a page is told of a comparison. Of a set that is blind nothing in it depends on who its contenders are or at which place they
 * stand.
 */
export function buildComparison(facts: CompareFacts): Comparison {
  const { job, spec, runs, blind, canVote } = facts;
  const names = contenderNames(spec.contenders);
  const sets = setsOf(spec).map(place => setState(facts, names, place));
  const allOpen = sets.every(({ phase }) => phase === 'open');
  return {
    kind: 'comparison',
    job: job.id,
    title: allOpen ? job.title : promptsTitle(spec),
    mode: spec.mode,
    ended: [...runs.values()].filter(run => isOver(phaseOf(run))).length,
    total: cellCount(spec),
    etaMs: job.etaMs,
    drawing: !hasEnded(job.state),
    paused: job.paused,
    blind,
    contenders: spec.contenders.length,
    names: allOpen ? names : null,
    prompts: spec.prompts.map(({ prompt, category }, place) => ({
      prompt,
      category,
      size: sizeOfPrompt(facts, place),
    })),
    sets,
    next: facts.next(
      sets.flatMap(({ phase, skipped }, set) => (phase === 'votable' ? [{ set, skipped }] : [])),
    ),
    standing: facts.standing(allOpen),
    canVote,
  };
}
