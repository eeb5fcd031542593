import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { replaceFile } from '../../local/write-file.ts';
import { equalImages, type RgbaImage } from '../../pixels/image.ts';
import type { Finding } from '../../pixels/lint/finding.ts';
import { fixFrames, fixSprite } from '../../pixels/lint/fix-all.ts';
import { lintSheet } from '../../pixels/lint/lint-sheet.ts';
import { lintSprite } from '../../pixels/lint/lint-sprite.ts';
import type { LintRules } from '../../pixels/lint/rules.ts';
import { encodePng } from '../../pixels/png/encode.ts';
import { nodeZlib } from '../preview/zlib.ts';
import { type FoundFile, readPictureFile } from './image-files.ts';
import { cutSheet, pasteFrames, type SheetGrid } from './sheet-frames.ts';

export interface LintSettings {
  rules: Partial<LintRules>;
  /** How each file is cut into frames; null = it is one sprite. */
  sheet: SheetGrid | null;
  fix: boolean;
  /** Folder that mended copies go to; null = the files themselves are replaced. */
  out: string | null;
}

/** What was found in a file. */
export interface FileReport {
  path: string;
  width: number;
  height: number;
  /** 1 for a sprite. */
  frames: number;
  /** What is left, after mending where that was asked for. */
  findings: Finding[];
  fixed: Finding[];
  /** Where the mended picture was written; null when nothing was. */
  written: string | null;
}

/**
 * Reads a picture, lints it and, where asked for, mends and writes it. Texts in the file are kept.
 * @throws PixelsError with one sentence that does not name the file, or a file system's error
 */
export async function lintFile(file: FoundFile, settings: LintSettings): Promise<FileReport> {
  const { image, text } = await readPictureFile(file.path);
  const { mended, fixed, findings, frames } = lintPicture(image, settings);
  let written: string | null = null;
  if (settings.fix && (settings.out !== null || !equalImages(image, mended))) {
    written = settings.out === null ? file.path : join(settings.out, file.below);
    await mkdir(dirname(written), { recursive: true });
    await replaceFile(written, encodePng(mended, nodeZlib, { text }));
  }
  const { width, height } = mended;
  return { path: file.path, width, height, frames, findings, fixed, written };
}

function lintPicture(
  image: RgbaImage,
  { rules, sheet, fix }: LintSettings,
): { mended: RgbaImage; fixed: Finding[]; findings: Finding[]; frames: number } {
  if (sheet === null) {
    const after = fix ? fixSprite(image, rules) : { image, fixed: [] };
    return {
      mended: after.image,
      fixed: after.fixed,
      findings: lintSprite(after.image, rules),
      frames: 1,
    };
  }
  const cut = cutSheet(image, sheet);
  const after = fix ? fixFrames(cut.frames, rules) : { frames: cut.frames, fixed: [] };
  return {
    mended: fix ? pasteFrames(image, { ...cut, frames: after.frames }) : image,
    fixed: after.fixed,
    findings: lintSheet(after.frames, rules),
    frames: cut.frames.length,
  };
}

/**
 * Lints files as the frames of one animation, in their order.
 * @param fail is told of each file that cannot be read; the others are linted without it
 */
export async function lintFrames(
  files: readonly FoundFile[],
  rules: Partial<LintRules>,
  fail: (file: FoundFile, error: unknown) => void,
): Promise<FileReport[]> {
  const read: { path: string; image: RgbaImage }[] = [];
  for (const file of files) {
    try {
      read.push({ path: file.path, image: (await readPictureFile(file.path)).image });
    } catch (error) {
      fail(file, error);
    }
  }
  const findings = lintSheet(
    read.map(({ image }) => image),
    rules,
  );
  return read.map(({ path, image: { width, height } }, frame) => ({
    path,
    width,
    height,
    frames: 1,
    findings: findings.filter(({ place }) => place.frame === frame),
    fixed: [],
    written: null,
  }));
}
