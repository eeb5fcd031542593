/** Every id that package.json declares too. A test holds both lists together, both ways. */

export const CATEGORY = 'DGX-Pixels';

/** Commands; each is in `contributes.commands`. */
export const COMMANDS = {
  generateSprite: 'dgx-pixels.generateSprite',
  generateSprites: 'dgx-pixels.generateSprites',
  generateFromSelection: 'dgx-pixels.generateFromSelection',
  varyImage: 'dgx-pixels.varyImage',
  showQueue: 'dgx-pixels.showQueue',
  cancelJob: 'dgx-pixels.cancelJob',
  retryJob: 'dgx-pixels.retryJob',
  pauseJob: 'dgx-pixels.pauseJob',
  resumeJob: 'dgx-pixels.resumeJob',
  openResult: 'dgx-pixels.openResult',
  revealRecipe: 'dgx-pixels.revealRecipe',
  copyRecipeAsCommand: 'dgx-pixels.copyRecipeAsCommand',
  startLocalWorker: 'dgx-pixels.startLocalWorker',
  stopLocalWorker: 'dgx-pixels.stopLocalWorker',
  connectToWorker: 'dgx-pixels.connectToWorker',
  forgetConnection: 'dgx-pixels.forgetConnection',
  workerActions: 'dgx-pixels.workerActions',
  runDoctor: 'dgx-pixels.runDoctor',
  copyDiagnostics: 'dgx-pixels.copyDiagnostics',
  showLog: 'dgx-pixels.showLog',
  refreshModels: 'dgx-pixels.refreshModels',
  pauseLane: 'dgx-pixels.pauseLane',
  resumeLane: 'dgx-pixels.resumeLane',
  moveJobUp: 'dgx-pixels.moveJobUp',
  moveJobDown: 'dgx-pixels.moveJobDown',
  fixPixels: 'dgx-pixels.fixPixels',
  restoreOriginal: 'dgx-pixels.restoreOriginal',
  lintSprites: 'dgx-pixels.lintSprites',
  fixLintFindings: 'dgx-pixels.fixLintFindings',
  exportSheet: 'dgx-pixels.exportSheet',
  compareModels: 'dgx-pixels.compareModels',
  openComparison: 'dgx-pixels.openComparison',
  showLeaderboard: 'dgx-pixels.showLeaderboard',
} as const;
export type CommandId = (typeof COMMANDS)[keyof typeof COMMANDS];

/** Settings with the types of their values; each is in `contributes.configuration`. */
export interface SettingTypes {
  'dgx-pixels.worker': 'local' | 'remote';
  'dgx-pixels.local.engine': 'auto' | 'builtin' | 'comfyui';
  'dgx-pixels.local.comfyuiUrl': string;
  'dgx-pixels.local.dataFolder': string;
  'dgx-pixels.local.idleMinutes': number;
  'dgx-pixels.output.folder': string;
  'dgx-pixels.output.metadata': 'recipe' | 'digest' | 'full' | 'none';
  'dgx-pixels.output.open': 'single' | 'never';
  'dgx-pixels.externalEditor': string;
  'dgx-pixels.lint.folders': readonly string[];
  'dgx-pixels.lint.tiles': readonly string[];
  'dgx-pixels.lint.size': string;
  'dgx-pixels.lint.palette': string;
  'dgx-pixels.lint.maxColors': number;
  'dgx-pixels.lint.severity': object;
  'dgx-pixels.compare.voter': string;
}
export type SettingId = keyof SettingTypes;

export const SETTINGS = {
  worker: 'dgx-pixels.worker',
  localEngine: 'dgx-pixels.local.engine',
  comfyuiUrl: 'dgx-pixels.local.comfyuiUrl',
  dataFolder: 'dgx-pixels.local.dataFolder',
  idleMinutes: 'dgx-pixels.local.idleMinutes',
  outputFolder: 'dgx-pixels.output.folder',
  outputMetadata: 'dgx-pixels.output.metadata',
  outputOpen: 'dgx-pixels.output.open',
  externalEditor: 'dgx-pixels.externalEditor',
  lintFolders: 'dgx-pixels.lint.folders',
  lintTiles: 'dgx-pixels.lint.tiles',
  lintSize: 'dgx-pixels.lint.size',
  lintPalette: 'dgx-pixels.lint.palette',
  lintMaxColors: 'dgx-pixels.lint.maxColors',
  lintSeverity: 'dgx-pixels.lint.severity',
  voter: 'dgx-pixels.compare.voter',
} as const satisfies Record<string, SettingId>;

/** Context keys that `when` clauses ask for. */
export const CONTEXT_KEYS = {
  /** The state's kind, see connection/state.ts. */
  worker: 'dgx-pixels.worker.state',
  /** A connection string is stored. */
  paired: 'dgx-pixels.paired',
  /** Jobs are unfinished. */
  busy: 'dgx-pixels.busy',
  /** True at the moment in which a job has ended with a sprite. */
  generated: 'dgx-pixels.generated',
  /** Addresses of the pictures in which lint found what it can mend. */
  lintFixable: 'dgx-pixels.lint.fixable',
} as const;

/** Views, containers, editors and panels. */
export const VIEWS = {
  container: 'dgx-pixels',
  queue: 'dgx-pixels.queue',
  results: 'dgx-pixels.results',
  models: 'dgx-pixels.models',
} as const;

export const RESULT_EDITOR = 'dgx-pixels.result';
export const FIX_PANEL = 'dgx-pixels.fix';
export const COMPARE_PANEL = 'dgx-pixels.compare';
export const LEADERBOARD_PANEL = 'dgx-pixels.leaderboard';
