import type { Ramp } from '../colour/ramps.ts';

/** A material or colour the prompt asks for, with the part it stands next to, if any. */
export interface Paint {
  readonly name: string;
  readonly ramp: Ramp;
  readonly part?: string;
}

export type Effect =
  'fire' | 'frost' | 'poison' | 'magic' | 'glow' | 'rust' | 'broken' | 'ancient' | 'moss';

/** What the painter understood of prompt and negative. */
export interface Brief {
  /** Name of a subject in the registry. */
  readonly subject: string;
  readonly paints: readonly Paint[];
  readonly effects: ReadonlySet<Effect>;
  readonly size: 'small' | 'normal' | 'big';
  readonly view: 'front' | 'side' | 'top';
  /** Words that single subjects know (round, hooded, open, beard …). */
  readonly features: ReadonlySet<string>;
  /** Names of materials, colours and features that the negative prompt forbids. */
  readonly denied: ReadonlySet<string>;
  /** Hash of the words nobody knows, so that they too decide the drawing. */
  readonly signature: number;
}
