import type { Scene } from '../canvas/scene.ts';
import { paintArms, paintCape, paintLegs, paintRobe, paintTorso } from './figure-body.ts';
import { paintHead } from './figure-head.ts';
import type { Figure } from './figure-parts.ts';
import { paintHand, paintHeldShield } from './handheld.ts';

const HEAD = 9.4;

/** Draws a person from the front, head large, feet on the ground line. */
export function paintFigure(scene: Scene, figure: Figure): void {
  const head = HEAD + figure.squat;
  if (figure.cape) paintCape(scene, figure, head);
  if (figure.garb === 'robe' || figure.garb === 'dress') paintRobe(scene, figure, head);
  else {
    paintLegs(scene, figure);
    paintTorso(scene, figure, head);
  }
  paintArms(scene, figure, head);
  paintHead(scene, figure, head);
  if (figure.shield) paintHeldShield(scene, figure);
  paintHand(scene, figure);
}
