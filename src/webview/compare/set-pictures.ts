import type { CellState, SetState } from '../../extension/panels/messages/compare.ts';
import type { Size } from '../stage/viewport.ts';
import type { FrameGrid } from './frames.ts';
import { type Joint, jointOf } from './joint.ts';
import type { Loaded, PictureKind, Pictures, Sprite } from './pictures.ts';

/** Which pictures of which set are shown. */
export interface Shown {
  set: SetState;
  at: number;
  /** The engine's pictures instead of the sprites. */
  raw: boolean;
  frames: FrameGrid;
}

/** The pictures of the set that is shown, laid over each other. */
export class SetPictures {
  readonly #held = new Map<string, Loaded>();
  #at = -1;
  #raw = false;
  /** The other resolution is asked for. */
  #crossing = false;
  #key = '';
  /** By place: the sprites, what is shown, and why a picture is not there. */
  fixed: readonly (Sprite | null)[] = [];
  sprites: readonly (Sprite | null)[] = [];
  errors: readonly (string | null)[] = [];
  joint: Joint<Sprite> = { placed: [], size: { width: 1, height: 1 } };

  /** Whether an engine's picture is shown anywhere. */
  get anyRaw(): boolean {
    return this.sprites.some((sprite, place) => sprite !== this.fixed[place]);
  }

  /**
   * Takes what is there and asks for the rest. Until all of the other resolution are here, the ones before stay.
   * @returns the size that the shared canvas had, when it has just become another resolution of the same set
   */
  update(pictures: Pictures, shown: Shown): Size | null {
    const { at, raw, frames } = shown;
    if (at !== this.#at) this.#held.clear();
    this.#crossing = at === this.#at && (this.#crossing || raw !== this.#raw);
    this.#at = at;
    this.#raw = raw;
    const waiting = this.#load(pictures, shown);
    const { size } = this.joint;
    const names = this.sprites.map(sprite => sprite?.key);
    const key = [at, frames.columns, frames.rows, ...names].join(' ');
    const changed = key !== this.#key;
    if (changed) {
      this.#key = key;
      const whole = this.sprites.map((sprite, place) => !raw || sprite !== this.fixed[place]);
      const joint = jointOf(this.sprites, whole, frames);
      // Where nothing is there yet, the place that is looked at stays.
      const empty = this.sprites.every(sprite => sprite === null);
      this.joint = empty ? { ...joint, size } : joint;
    }
    const crossed = this.#crossing && changed && !waiting;
    if (!waiting) this.#crossing = false;
    return crossed ? size : null;
  }

  /** @returns whether something is missing */
  #load(pictures: Pictures, { set, at, raw }: Shown): boolean {
    const all = set.cells.map((cell, place) => {
      const fixed = this.#get(pictures, at, cell, place, 'fixed');
      const engine = raw ? this.#get(pictures, at, cell, place, 'raw') : null;
      // A sprite stands in for an engine's picture that there is none of.
      return { cell, fixed, shown: engine === null ? fixed : engine };
    });
    const waiting = all.some(({ cell, shown }) => cell.pictures !== null && shown === undefined);
    this.fixed = all.map(({ fixed }) => spriteOf(fixed));
    if (!waiting || !this.#crossing) this.sprites = all.map(({ shown }) => spriteOf(shown));
    this.errors = all.map(({ shown }) => (shown != null && 'error' in shown ? shown.error : null));
    return waiting;
  }

  /** What the set shows stays here as long as it does, however little room is left for others. */
  #get(
    pictures: Pictures,
    set: number,
    cell: CellState,
    place: number,
    kind: PictureKind,
  ): Loaded | undefined {
    if (cell.pictures === null) return undefined;
    const key = `${kind}/${place}/${cell.pictures}`;
    const held = this.#held.get(key);
    if (held !== undefined) return held;
    const loaded = pictures.get({ set, place, pictures: cell.pictures }, kind);
    if (loaded === undefined || (loaded !== null && 'error' in loaded)) return loaded;
    this.#held.set(key, loaded);
    return loaded;
  }
}

function spriteOf(loaded: Loaded | undefined): Sprite | null {
  return loaded != null && 'image' in loaded ? loaded : null;
}
