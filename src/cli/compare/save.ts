import { relative } from 'node:path';
import { allRuns } from '../../client/follow-job.ts';
import { type SavedFile, saveRun } from '../../client/save-images.ts';
import type { WorkerConnection } from '../../client/worker-connection.ts';
import { writeNewFile } from '../../local/write-file.ts';
import { contactSheet } from '../../pixels/contact-sheet/contact-sheet.ts';
import { encodePng } from '../../pixels/png/encode.ts';
import { cellAt, runOfCell, setCount } from '../../project/compare/cells.ts';
import { contenderNames } from '../../project/compare/contenders.ts';
import { nameOfPrompt } from '../../project/file-names.ts';
import type { Metadata } from '../../project/stamp.ts';
import type { CompareSpec } from '../../protocol/compare.ts';
import type { EngineStamp, Job, Run } from '../../protocol/jobs.ts';
import { decodePicture } from '../decode-picture.ts';
import { nodeZlib } from '../preview/zlib.ts';
import { type CellFile, type CompareOutcome, compareRecord, sheetRows } from './outcome.ts';

/** Height that one contact sheet does not exceed by more than a row. */
const SHEET_HEIGHT = 8192;
const LABEL_HEIGHT = 48;

/** File names of the contenders: letters, digits and points, each its own. */
function fileNames(spec: CompareSpec): string[] {
  const taken: string[] = [];
  for (const [place, name] of contenderNames(spec.contenders).entries()) {
    const plain = name.toLowerCase().replace(/[^\p{L}\p{N}.]+/gu, '-');
    const short = plain.replace(/^[-.]+|[-.]+$/g, '').slice(0, 40) || 'contender';
    taken.push(taken.includes(short) ? `${short}-${place + 1}` : short);
  }
  return taken;
}

/** Writes what comes of a comparison into a folder. */
export class CompareFiles {
  readonly #connection: WorkerConnection;
  readonly #spec: CompareSpec;
  readonly #folder: string;
  readonly #force: boolean;
  readonly #names: string[];
  readonly #cells = new Map<number, CellFile>();

  constructor(connection: WorkerConnection, spec: CompareSpec, folder: string, force: boolean) {
    this.#connection = connection;
    this.#spec = spec;
    this.#folder = folder;
    this.#force = force;
    this.#names = fileNames(spec);
  }

  /** Writes the image of a done cell, as `<prompt>-<seed>-<contender>.png`. */
  async saveCell(run: Run, raw: boolean, metadata: Metadata): Promise<SavedFile[]> {
    const { contender, prompt } = cellAt(this.#spec, run.index);
    const { name, prompt: text = '' } = this.#spec.prompts[prompt] ?? {};
    const base = name ?? nameOfPrompt(text);
    const files = await saveRun(this.#connection, run, {
      write: (...file) => writeNewFile(this.#folder, ...file, this.#force),
      name: `${base}-${run.recipe.seed}-${this.#names[contender] ?? contender}`,
      runsPerName: () => 1,
      raw,
      metadata,
    });
    const sprite = files.find(({ role }) => role === 'sprite');
    if (sprite !== undefined) {
      const { path, content, image } = sprite;
      this.#cells.set(run.index, {
        file: relative(this.#folder, path),
        read: path.endsWith('.png') ? () => decodePicture(content, path) : null,
        height: image.height,
      });
    }
    return files;
  }

  /** Writes contact sheets and `compare.json`. @returns their paths */
  async finish(job: Job): Promise<{ sheets: string[]; record: string }> {
    const outcome = await this.#outcome(job);
    const sheets: string[] = [];
    const count = this.#rowsPerSheet();
    for (let from = 0; from < setCount(this.#spec); from += count) {
      const rows = sheetRows(outcome, from, count);
      const sheet = contactSheet(contenderNames(this.#spec.contenders), rows);
      const name = from === 0 ? 'sheet' : `sheet-${sheets.length + 1}`;
      sheets.push(await this.#write(name, '.png', encodePng(sheet, nodeZlib)));
    }
    const text = `${JSON.stringify(compareRecord(outcome), null, 2)}\n`;
    const record = await this.#write('compare', '.json', new TextEncoder().encode(text));
    return { sheets, record };
  }

  /** Rows that keep a sheet to a size that viewers open. */
  #rowsPerSheet(): number {
    const heights = [...this.#cells.values()].map(({ height }) => height);
    return Math.max(1, Math.floor(SHEET_HEIGHT / (Math.max(160, ...heights) + LABEL_HEIGHT)));
  }

  async #write(name: string, ending: string, bytes: Uint8Array): Promise<string> {
    return writeNewFile(this.#folder, name, ending, bytes, this.#force);
  }

  async #outcome(job: Job): Promise<CompareOutcome> {
    const runs = new Map<number, Run>();
    for await (const run of allRuns(this.#connection, job.id)) runs.set(run.index, run);
    const engines = await Promise.all(
      this.#spec.contenders.map((_, contender) => this.#engineOf(job.id, contender, runs)),
    );
    return { job, spec: this.#spec, runs, files: this.#cells, engines };
  }

  async #engineOf(
    job: string,
    contender: number,
    runs: ReadonlyMap<number, Run>,
  ): Promise<EngineStamp | null> {
    for (let set = 0; set < setCount(this.#spec); set++) {
      const run = runOfCell(this.#spec, set, contender);
      if (runs.get(run)?.state !== 'done') continue;
      return (await this.#connection.request('runs.get', { job, run })).engine;
    }
    return null;
  }
}
