import type { Scene } from '../canvas/scene.ts';

/** A thing the painter knows how to draw. */
export interface Subject {
  readonly name: string;
  /** Words (and emoji) that ask for it, the name included. */
  readonly words: string;
  /** Words that ask for it only where nothing stronger stands in the same phrase. */
  readonly weak?: string;
  readonly kind: 'item' | 'creature' | 'scenery' | 'tile';
  /** How far it may be stretched along the longer side of the canvas; 1.35 unless told. */
  readonly stretch?: number;
  readonly paint: (scene: Scene) => void;
}
