import { type Ramp, RAMPS } from '../colour/ramps.ts';
import type { Brief } from '../prompt/brief.ts';
import { cellHash, hash, unitHash } from '../random.ts';
import { LIGHT, type Shading, SHINE } from './shading.ts';
import type { Shape } from './shapes.ts';

/** Light value of a dark line between parts. */
export const LINE = -1;

export type Edge = 'line' | 'shade' | 'none' | 'auto';

export interface SceneOptions {
  brief: Brief;
  /** Decides the composition. */
  seed: number;
  /** Decides grain, marks and glints only. */
  grain: number;
  /** 0 (bare) to 1 (all details). */
  detail: number;
  width: number;
  height: number;
  /** Whether the subject fills the canvas and wraps around its edges. */
  tile: boolean;
  /** Most that one side may be stretched against the other. */
  stretch: number;
}

/** Side of the square design space; at 32 cells one design unit is one cell. */
export const DESIGN = 30;

/**
 * A canvas of cells that carries material, light and part per cell instead of colours. Subjects
 * paint in design units (0-30, y down, centre 15); the scene maps them to whole cells.
 */
export class Scene {
  readonly brief: Brief;
  readonly width: number;
  readonly height: number;
  readonly detail: number;
  /** Design units per cell. */
  readonly unitX: number;
  readonly unitY: number;
  readonly unit: number;
  /** Cell position of the design origin (not rounded). */
  readonly originX: number;
  readonly originY: number;
  readonly ramps: Ramp[] = [];
  /** 0 = empty, else index of the ramp + 1. */
  readonly ink: Uint8Array;
  readonly light: Float32Array;
  readonly part: Uint16Array;
  /** 1 = placed by hand: neither cleaned nor dithered. */
  readonly fixed: Uint8Array;
  readonly #seed: number;
  readonly #grain: number;
  readonly #names: string[] = [];
  readonly #free: number[];
  #parts = 0;

  constructor(options: SceneOptions) {
    const { width, height, brief } = options;
    this.brief = brief;
    this.width = width;
    this.height = height;
    this.detail = options.detail;
    this.#seed = options.seed;
    this.#grain = options.grain;
    this.#free = brief.paints.flatMap((paint, i) => (paint.part === undefined ? [i] : []));
    const inset = options.tile ? 0 : Math.min(width, height) >= 12 ? 1 : 0;
    const scale = options.tile ? 1 : brief.size === 'small' ? 0.68 : 1;
    const spanX = Math.max(1, (width - 2 * inset) * scale);
    const spanY = Math.max(1, (height - 2 * inset) * scale);
    const base = Math.min(spanX, spanY);
    this.unitX = DESIGN / Math.min(spanX, base * options.stretch);
    this.unitY = DESIGN / Math.min(spanY, base * options.stretch);
    this.unit = Math.max(this.unitX, this.unitY);
    this.originX = (width - DESIGN / this.unitX) / 2;
    this.originY = (height - DESIGN / this.unitY) / 2;
    const cells = width * height;
    this.ink = new Uint8Array(cells);
    this.light = new Float32Array(cells);
    this.part = new Uint16Array(cells);
    this.fixed = new Uint8Array(cells);
  }

  /** A number in [low, high) that depends on seed and name only. */
  vary(name: string, low: number, high: number): number {
    const share = unitHash(this.#seed, name);
    const { size } = this.brief;
    const biased = size === 'big' ? 0.5 + share / 2 : size === 'small' ? share / 2 : share;
    return low + biased * (high - low);
  }

  /** An integer in [0, count) that depends on seed and name only. */
  choice(name: string, count: number): number {
    return Math.floor(unitHash(this.#seed, name) * count);
  }

  pick<T>(name: string, items: readonly T[]): T {
    return items[this.choice(name, items.length)] as T;
  }

  chance(name: string, share: number): boolean {
    return unitHash(this.#seed, name) < share;
  }

  /** Whether the prompt has one of these words. */
  says(...words: readonly string[]): boolean {
    return words.some(word => this.brief.features.has(word));
  }

  /** Like `vary`, but for grain: it follows sampler, scheduler and steps too. */
  grain(name: string, low: number, high: number): number {
    return low + unitHash(this.#grain, name) * (high - low);
  }

  /** Grain per integer position, in [0, 1). */
  speck(x: number, y: number): number {
    return cellHash(this.#grain, x, y);
  }

  /** Composition noise per integer position, in [0, 1). */
  noise(x: number, y: number, salt = 0): number {
    return cellHash((this.#seed + Math.imul(salt, 0x9e3779b1)) | 0, x, y);
  }

  /** The ramp of a part that takes the prompt's first unbound material or colour. */
  main(part: string, ...defaults: readonly string[]): number {
    return this.#choose(part, 0, defaults);
  }

  /** The ramp of a part that takes the second unbound material or colour. */
  accent(part: string, ...defaults: readonly string[]): number {
    return this.#choose(part, 1, defaults);
  }

  /** The ramp of a part that only follows words next to its own name. */
  own(part: string, ...defaults: readonly string[]): number {
    return this.#choose(part, -1, defaults);
  }

  /** The index of a named ramp. */
  named(name: string): number {
    const known = this.#names.indexOf(name);
    if (known >= 0) return known;
    return this.#register(name, RAMPS[name] ?? RAMPS['grey']!);
  }

  #choose(part: string, order: number, defaults: readonly string[]): number {
    const { paints, denied } = this.brief;
    const bound = paints.find(paint => paint.part === part);
    if (bound) return this.#register(bound.name, bound.ramp);
    const free = order < 0 ? undefined : paints[this.#free[order] ?? -1];
    if (free) return this.#register(free.name, free.ramp);
    const allowed = defaults.filter(name => !denied.has(name));
    const names = allowed.length > 0 ? allowed : ['stone', 'grey', 'brown', 'white'];
    const open = names.filter(name => !denied.has(name));
    const from = open.length > 0 ? open : names;
    return this.named(from[hash(this.#seed, 'ink', part) % from.length] ?? 'grey');
  }

  #register(name: string, ramp: Ramp): number {
    const known = this.#names.indexOf(name);
    if (known >= 0) return known;
    this.#names.push(name);
    this.ramps.push(ramp);
    return this.ramps.length - 1;
  }

  nameOf(ink: number): string {
    return this.#names[ink] ?? '';
  }

  /** The nearest design position that lies on a cell edge. */
  snapX(x: number): number {
    return (Math.round(this.originX + x / this.unitX) - this.originX) * this.unitX;
  }

  snapY(y: number): number {
    return (Math.round(this.originY + y / this.unitY) - this.originY) * this.unitY;
  }

  /** A half width about the centre line such that both sides end on cell edges. */
  half(width: number): number {
    return this.snapX(15 + width) - 15 || this.unitX / 2;
  }

  /** A thickness of whole cells, at least one. */
  whole(length: number): number {
    return Math.max(1, Math.round(length / this.unit)) * this.unit;
  }

  designX(cell: number): number {
    return (cell + 0.5 - this.originX) * this.unitX;
  }

  designY(cell: number): number {
    return (cell + 0.5 - this.originY) * this.unitY;
  }

  cellX(x: number): number {
    return Math.floor(this.originX + x / this.unitX);
  }

  cellY(y: number): number {
    return Math.floor(this.originY + y / this.unitY);
  }

  /** The index of a cell, or -1 outside the canvas. */
  cell(column: number, row: number): number {
    if (column < 0 || row < 0 || column >= this.width || row >= this.height) return -1;
    return row * this.width + column;
  }

  /** Calls back for every cell whose centre lies in the shape. */
  each(shape: Shape, visit: (index: number, x: number, y: number) => void): void {
    const [left, top, right, bottom] = shape.box;
    const c0 = Math.max(0, this.cellX(Math.max(left, -99)) - 1);
    const c1 = Math.min(this.width - 1, this.cellX(Math.min(right, 129)) + 1);
    const r0 = Math.max(0, this.cellY(Math.max(top, -99)) - 1);
    const r1 = Math.min(this.height - 1, this.cellY(Math.min(bottom, 129)) + 1);
    for (let row = r0; row <= r1; row++) {
      const y = this.designY(row);
      for (let column = c0; column <= c1; column++) {
        const x = this.designX(column);
        if (shape.at(x, y) <= 1e-7) visit(row * this.width + column, x, y);
      }
    }
  }

  /** Paints a part over what is there; `edge` says how it stands out from parts below it. */
  paint(shape: Shape, ink: number, shading: Shading, edge: Edge = 'auto'): void {
    const part = ++this.#parts;
    const cells: number[] = [];
    this.each(shape, (index, x, y) => {
      this.ink[index] = ink + 1;
      this.light[index] = shading(x, y);
      this.part[index] = part;
      this.fixed[index] = 0;
      cells.push(index);
    });
    const kind = edge === 'auto' ? (this.unit <= 1.4 ? 'line' : 'shade') : edge;
    if (kind === 'line') this.#drawLines(cells, part, ink);
    else if (kind === 'shade') this.#dropShade(cells, part);
  }

  #drawLines(cells: readonly number[], part: number, ink: number): void {
    for (const index of cells) {
      const column = index % this.width;
      const row = (index - column) / this.width;
      for (const [dx, dy] of SIDES) {
        const next = this.cell(column + dx, row + dy);
        if (next < 0 || this.ink[next] === 0 || this.part[next] === part) continue;
        this.ink[next] = ink + 1;
        this.light[next] = LINE;
        this.fixed[next] = 1;
      }
    }
  }

  #dropShade(cells: readonly number[], part: number): void {
    for (const index of cells) {
      const column = index % this.width;
      const row = (index - column) / this.width;
      for (const [dx, dy] of [
        [1, 0],
        [0, 1],
      ] as const) {
        const next = this.cell(column + dx, row + dy);
        if (next < 0 || this.ink[next] === 0 || this.part[next] === part) continue;
        if (this.fixed[next] === 1) continue;
        this.light[next] = Math.max(0.2, Math.min(1.5, this.light[next]! - 1));
      }
    }
  }

  /** Adds to the light of cells already painted (within one ink, if given). */
  tint(shape: Shape, delta: number, ink?: number): void {
    this.each(shape, index => {
      if (this.ink[index] === 0 || this.fixed[index] === 1) return;
      if (ink !== undefined && this.ink[index] !== ink + 1) return;
      const light = this.light[index]! + delta;
      this.light[index] = light < 0.1 ? 0.1 : light > 4.9 ? 4.9 : light;
    });
  }

  /** Recolours cells already painted, keeping their light unless a shading is given. */
  recolour(shape: Shape, ink: number, shading?: Shading, over?: number): void {
    this.each(shape, (index, x, y) => {
      if (this.ink[index] === 0) return;
      if (over !== undefined && this.ink[index] !== over + 1) return;
      if (this.light[index] === LINE) return;
      this.ink[index] = ink + 1;
      if (shading) this.light[index] = shading(x, y);
    });
  }

  /** Sets one cell by hand. */
  set(column: number, row: number, ink: number, light: number): void {
    const index = this.cell(column, row);
    if (index < 0) return;
    this.ink[index] = ink + 1;
    this.light[index] = light;
    this.part[index] = 65535;
    this.fixed[index] = 1;
  }

  /** A block of whole cells, at least one, centred near the given position. */
  spot(x: number, y: number, w: number, h: number, ink: number, light: number): void {
    const columns = Math.max(1, Math.round(w / this.unitX));
    const rows = Math.max(1, Math.round(h / this.unitY));
    const left = Math.round(this.originX + x / this.unitX - columns / 2);
    const top = Math.round(this.originY + y / this.unitY - rows / 2);
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) this.set(left + c, top + r, ink, light);
    }
  }

  /** Two mirrored spots at the given distance from the centre line. */
  pair(dx: number, y: number, w: number, h: number, ink: number, light: number): void {
    const columns = Math.max(1, Math.round(w / this.unitX));
    const rows = Math.max(1, Math.round(h / this.unitY));
    const left = Math.round(this.originX + (15 - dx) / this.unitX - columns / 2);
    const top = Math.round(this.originY + y / this.unitY - rows / 2);
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        this.set(left + c, top + r, ink, light);
        this.set(this.width - 1 - left - c, top + r, ink, light);
      }
    }
  }

  /** A small highlight on an existing part; nothing happens off the sprite. */
  glint(x: number, y: number, w = 1, h = 1, light = SHINE): void {
    const columns = Math.max(1, Math.round(w / this.unitX));
    const rows = Math.max(1, Math.round(h / this.unitY));
    const left = Math.round(this.originX + x / this.unitX - columns / 2);
    const top = Math.round(this.originY + y / this.unitY - rows / 2);
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        const index = this.cell(left + c, top + r);
        if (index < 0 || this.ink[index] === 0 || this.light[index] === LINE) continue;
        this.light[index] = Math.max(light, LIGHT);
        this.fixed[index] = 1;
      }
    }
  }

  /** A dark one-cell line over existing cells (a crack, a seam, a mouth). */
  score(shape: Shape, light = LINE, ink?: number): void {
    this.each(shape, index => {
      if (this.ink[index] === 0) return;
      if (ink !== undefined) this.ink[index] = ink + 1;
      this.light[index] = light;
      this.fixed[index] = 1;
    });
  }
}

export const SIDES = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;
