import { equalImages, type RgbaImage } from '../image.ts';
import { applyFix, applySheetFix } from './apply-fix.ts';
import type { Finding, Fix } from './finding.ts';
import { lintSheet } from './lint-sheet.ts';
import { lintSprite } from './lint-sprite.ts';
import type { LintRules } from './rules.ts';

/** More fixes than any picture needs one after another. */
const MOST_FIXES = 64;

/** Fixes after which a sheet still has its frames, and they their size. */
const IN_PLACE: ReadonlySet<Fix['id']> = new Set<Fix['id']>([
  'harden-alpha',
  'replace-colours',
  'recolour-cells',
  'snap-blocks',
  'shift',
]);

/**
 * Applies fix after fix, looking anew after each, until nothing that can be mended is left. What is only worth a look
 * (`info`) stays.
 * @returns the picture, and what was mended in that order
 */
export function fixSprite(
  image: RgbaImage,
  rules: Partial<LintRules> = {},
): { image: RgbaImage; fixed: Finding[] } {
  const fixed: Finding[] = [];
  let now = image;
  const stuck = new Set<string>();
  while (fixed.length < MOST_FIXES) {
    const next = lintSprite(now, rules).find(
      ({ code, fix, severity }) => fix !== null && severity !== 'info' && !stuck.has(code),
    );
    if (next === undefined) break;
    const after = applyFix(now, next);
    if (equalImages(now, after)) stuck.add(next.code);
    else {
      fixed.push(next);
      now = after;
    }
  }
  return { image: now, fixed };
}

/** As `fixSprite`, of the frames of a sheet: only what keeps their number and size, so that the sheet's layout stays. */
export function fixFrames(
  frames: readonly RgbaImage[],
  rules: Partial<LintRules> = {},
): { frames: RgbaImage[]; fixed: Finding[] } {
  const fixed: Finding[] = [];
  let now = [...frames];
  const stuck = new Set<string>();
  while (fixed.length < MOST_FIXES * frames.length) {
    const next = lintSheet(now, rules).find(
      finding =>
        finding.fix !== null &&
        finding.severity !== 'info' &&
        IN_PLACE.has(finding.fix.id) &&
        !stuck.has(keyOf(finding)),
    );
    if (next === undefined) break;
    const after = applySheetFix(now, next);
    if (after.every((frame, index) => equalImages(frame, now[index]!))) stuck.add(keyOf(next));
    else {
      fixed.push(next);
      now = after;
    }
  }
  return { frames: now, fixed };
}

function keyOf({ code, place }: Finding): string {
  return `${code} ${place.frame}`;
}
