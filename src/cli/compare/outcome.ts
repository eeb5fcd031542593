import type { CompareSpec } from '../../protocol/compare.ts';
import type { EngineStamp, Job, Run } from '../../protocol/jobs.ts';
import { runOfCell } from '../../project/compare/cells.ts';
import { setsOf } from '../../project/compare/sets.ts';
import { contenderNames, effectiveSettings } from '../../project/compare/contenders.ts';
import type { RgbaImage } from '../../pixels/image.ts';
import type { SheetRow } from '../../pixels/contact-sheet/contact-sheet.ts';

/** A cell's file with its pixels. */
export interface CellFile {
  /** Seen from the comparison's folder. */
  file: string;
  /** Its pixels, decoded when they are asked for; null for a format that is not read here. */
  read: (() => RgbaImage) | null;
  /** Pixels. */
  height: number;
}

/** How a comparison ended, by run. */
export interface CompareOutcome {
  job: Job;
  spec: CompareSpec;
  runs: ReadonlyMap<number, Run>;
  files: ReadonlyMap<number, CellFile>;
  /** What drew each contender; null where nothing did. */
  engines: readonly (EngineStamp | null)[];
}

/** Rows of the contact sheet, a set each: those of one file, since all pictures at once may be more than memory holds. */
export function sheetRows(
  { spec, runs, files }: CompareOutcome,
  from: number,
  count: number,
): SheetRow[] {
  const sets = setsOf(spec).slice(from, from + count);
  return sets.map(({ set, prompt, seed }) => ({
    label: [`${spec.prompts[prompt]?.prompt ?? ''}  seed ${seed}`],
    cells: spec.contenders.map((_, contender) => {
      const run = runOfCell(spec, set, contender);
      return (
        files.get(run)?.read?.() ?? (files.has(run) ? 'no PNG' : (runs.get(run)?.state ?? 'lost'))
      );
    }),
  }));
}

function millisecondsOf(run: Run | undefined): number | null {
  return run?.startedAt != null && run.finishedAt !== null ? run.finishedAt - run.startedAt : null;
}

/** The comparison for programs: everything that was asked for, and what became of each cell. */
export function compareRecord({ job, spec, runs, files, engines }: CompareOutcome): object {
  const names = contenderNames(spec.contenders);
  return {
    job: job.id,
    state: job.state,
    mode: spec.mode,
    placeholder: job.placeholder,
    contenders: spec.contenders.map((contender, place) => ({
      name: names[place],
      settings: effectiveSettings(spec, contender),
      models: engines[place]?.models ?? [],
    })),
    sets: setsOf(spec).map(({ set, prompt, seed }) => ({
      set,
      prompt: spec.prompts[prompt]?.prompt,
      category: spec.prompts[prompt]?.category,
      seed,
      cells: spec.contenders.map((_, contender) => {
        const index = runOfCell(spec, set, contender);
        const run = runs.get(index);
        return {
          contender: names[contender],
          run: index,
          state: run?.state ?? 'lost',
          file: files.get(index)?.file ?? null,
          size: run?.recipe.size,
          recipeDigest: run?.recipeDigest,
          digest: run?.images[0]?.sprite ?? null,
          ms: millisecondsOf(run),
          error: run?.error?.message ?? null,
        };
      }),
    })),
  };
}
