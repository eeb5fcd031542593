import { t } from '../../l10n.ts';
import type { ResultEditorWords } from '../messages/result-editor.ts';

/** The result editor's words in the editor's language. Holes are filled in by the page. */
export function resultEditorWords(): ResultEditorWords {
  return {
    toolbar: t('Picture tools'),
    zoomIn: t('Zoom In (+)'),
    zoomOut: t('Zoom Out (-)'),
    zoom: t('{0}×'),
    fit: t('Fit to Window (0)'),
    grid: t('Cell Grid (G)'),
    backdrop: t('Backdrop (B)'),
    backdropChecker: t('Checkerboard'),
    backdropEditor: t('Editor Background'),
    backdropDark: t('Dark Backdrop'),
    backdropLight: t('Light Backdrop'),
    picture: t('Picture of {0} by {1} cells'),
    pictureKeys: t(
      'Arrow keys move the picture, with Shift the cell that is looked at. Plus and minus zoom, 0 fits, 1 shows the true size, G toggles the grid, B changes the backdrop, C copies the cell’s colour.',
    ),
    inset: t('The picture at its true size'),
    size: t('{0} × {1} cells'),
    colors: t('{0} colours'),
    cell: t('x {0}, y {1}'),
    transparent: t('transparent'),
    outside: t('Point at a cell to see its colour.'),
    recipe: t('Recipe'),
    placeholder: t('Placeholder'),
    placeholderHint: t('Drawn by the built-in engine, without a model: a stand-in for real art.'),
    copyValue: t('Copy {0}'),
    copied: t('Copied {0}'),
    vary: t('Vary This Image…'),
    copyCommand: t('Copy Recipe as Command Line'),
    revealRecipe: t('Reveal Recipe'),
    compare: t('Compare Models…'),
    loading: t('Opening…'),
    failed: t('That did not work: {0}'),
  };
}
