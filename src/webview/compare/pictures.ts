import type { CellAddress, CellPictures } from '../../extension/panels/messages/compare.ts';
import { describeError } from '../../extension/panels/messages/message-error.ts';
import { canvasOf } from '../ui/picture-source.ts';
import { decodePicture } from './decode.ts';
import type { Decoded } from './joint.ts';
import { Lru } from './lru.ts';

/** Bytes of pixels that are kept, their canvases included. */
const MOST_PIXELS = 96 * 2 ** 20;
/** Bytes of a file that is decoded at once. */
const SMALL_FILE = 4096;
/** Cells that are asked for at a time. */
const LANES = 4;

export type PictureKind = 'fixed' | 'raw';

/** A decoded picture, to be read and to be painted. */
export interface Sprite extends Decoded {
  canvas: HTMLCanvasElement;
  /** Nothing behind it is ever seen. */
  opaque: boolean;
}

/** `null`: there is no such picture, the sprite is the engine's. `error`: a sentence. */
export type Loaded = Sprite | null | { error: string };

/** A cell with the name of its pictures. */
export interface PictureName extends CellAddress {
  pictures: string;
}

type AskPictures = (cell: CellAddress & { only?: 'fixed' }) => Promise<CellPictures>;

/**
 * The pictures of a comparison: asked for once and kept while there is room. What is asked for last comes
 * first, since that is what somebody looks at.
 */
export class Pictures {
  readonly #ask: AskPictures;
  readonly #onLoad: () => void;
  readonly #sprites = new Lru<Loaded>(MOST_PIXELS);
  readonly #wanted = new Map<string, { name: PictureName; kind: PictureKind }>();
  readonly #under = new Set<string>();
  #decoding: Promise<unknown> = Promise.resolve();

  /** @param onLoad called after each picture that came or failed */
  constructor(ask: AskPictures, onLoad: () => void) {
    this.#ask = ask;
    this.#onLoad = onLoad;
  }

  /** The picture if it is here; else it is asked for, and `onLoad` tells when it came. */
  get(name: PictureName, kind: PictureKind): Loaded | undefined {
    const key = keyOf(name, kind);
    const found = this.#sprites.get(key);
    if (found !== undefined || this.#under.has(key)) return found;
    this.#wanted.delete(key);
    this.#wanted.set(key, { name, kind });
    this.#go();
    return undefined;
  }

  /** Drops what nobody waits for any more. */
  forgetWaiting(): void {
    this.#wanted.clear();
  }

  /** Lets a picture that could not be had be asked for again. */
  retry(name: PictureName): void {
    for (const kind of ['fixed', 'raw'] as const) {
      const key = keyOf(name, kind);
      const found = this.#sprites.get(key);
      if (found != null && 'error' in found) this.#sprites.delete(key);
    }
    this.#onLoad();
  }

  #go(): void {
    while (this.#under.size < LANES) {
      const last = [...this.#wanted].at(-1);
      if (last === undefined) return;
      const [key, { name, kind }] = last;
      this.#wanted.delete(key);
      this.#under.add(key);
      void this.#load(key, name, kind);
    }
  }

  async #load(key: string, name: PictureName, kind: PictureKind): Promise<void> {
    let loaded: Loaded;
    try {
      const { set, place } = name;
      const cell = { set, place };
      const pair = await this.#ask(kind === 'fixed' ? { ...cell, only: kind } : cell);
      const bytes = pair[kind];
      loaded = bytes === null ? null : await this.#decode(key, bytes);
    } catch (error) {
      loaded = { error: describeError(error).message };
    }
    const pixels = loaded !== null && 'image' in loaded ? loaded.image.data.length : 32;
    // Once as pixels, once as a canvas.
    this.#sprites.set(key, loaded, pixels * 2);
    this.#under.delete(key);
    this.#onLoad();
    this.#go();
  }

  /** Large ones one after the other, with a turn of the page's loop between them: four megapixels at once would be felt. */
  #decode(key: string, bytes: Uint8Array): Promise<Sprite> {
    if (bytes.length < SMALL_FILE) return spriteOf(key, bytes);
    const turn = this.#decoding.then(async () => {
      const sprite = await spriteOf(key, bytes);
      await new Promise(resolve => setTimeout(resolve));
      return sprite;
    });
    this.#decoding = turn.catch(() => undefined);
    return turn;
  }
}

async function spriteOf(key: string, bytes: Uint8Array): Promise<Sprite> {
  const image = await decodePicture(bytes);
  const { width, height, data } = image;
  const pixels = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { key, image, canvas: canvasOf({ width, height, pixels }), opaque: isOpaque(data) };
}

function isOpaque(data: Uint8ClampedArray): boolean {
  for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] !== 255) return false;
  return true;
}

function keyOf({ set, place, pictures }: PictureName, kind: PictureKind): string {
  return `${set}/${place}/${kind}/${pictures}`;
}
