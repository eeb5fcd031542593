/*
 * A bundle of its own, dist/extension-pixels.cjs: the codec, palettes and game engines' formats, for commands and panels that
 * work on pictures. An editor that uses none of them does not load it.
 */
export { useTranslations } from '../l10n.ts';
export { decodePicture, encodePicture } from './codec.ts';
export { paletteFrom } from './palette.ts';
export { frameSizes, sheetFromFiles } from './export/sheet-input.ts';
export { planExport } from '../../project/sheets/plan-export.ts';
export { TARGETS } from '../../pixels/export/targets.ts';
export { nodeZlib } from './node-zlib.ts';
export { replaceFile } from '../../local/write-file.ts';
