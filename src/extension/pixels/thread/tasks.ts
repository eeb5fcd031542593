import { type FixResult, fixPixels } from '../../../pixels/fix/fix-pixels.ts';
import type { FixReport } from '../../../pixels/fix/report.ts';
import type { FixSettingsInput } from '../../../pixels/fix/settings.ts';
import { equalImages } from '../../../pixels/image.ts';
import type { Finding } from '../../../pixels/lint/finding.ts';
import { fixSprite } from '../../../pixels/lint/fix-all.ts';
import { lintSprite } from '../../../pixels/lint/lint-sprite.ts';
import type { LintRules } from '../../../pixels/lint/rules.ts';
import { decodePicture, encodePicture } from '../codec.ts';

/** What the thread does with a PNG file's bytes. */
export const TASKS = {
  /** @throws PngError */
  lint({ bytes, rules }: { bytes: Uint8Array; rules: Partial<LintRules> }): Finding[] {
    return lintSprite(decodePicture(bytes).image, rules);
  },

  /**
   * Mends what is an error or a warning and can be mended.
   * @returns the new file, null when nothing was to be mended
   * @throws PngError
   */
  mend({ bytes, rules }: { bytes: Uint8Array; rules: Partial<LintRules> }): {
    bytes: Uint8Array | null;
    fixed: Finding[];
  } {
    const { image, text } = decodePicture(bytes);
    const mended = fixSprite(image, rules);
    const same = equalImages(image, mended.image);
    return { bytes: same ? null : encodePicture(mended.image, text), fixed: mended.fixed };
  },

  /** @throws PngError, FixError, RangeError */
  fix({ bytes, settings }: { bytes: Uint8Array; settings: FixSettingsInput }): {
    bytes: Uint8Array;
    report: FixReport;
  } {
    const { image, text } = decodePicture(bytes);
    const fixed: FixResult = fixPixels(image, settings);
    return { bytes: encodePicture(fixed.image, text), report: fixed.report };
  },
} as const;

export type TaskName = keyof typeof TASKS;
export type TaskParams<K extends TaskName> = Parameters<(typeof TASKS)[K]>[0];
export type TaskResult<K extends TaskName> = ReturnType<(typeof TASKS)[K]>;

export interface TaskMessage {
  id: number;
  task: TaskName;
  params: unknown;
}

export type TaskAnswer =
  { id: number; result: unknown } | { id: number; error: { code: string; message: string } };
