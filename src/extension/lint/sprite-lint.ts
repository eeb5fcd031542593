import * as vscode from 'vscode';
import type { Finding } from '../../pixels/lint/finding.ts';
import type { LintRules } from '../../pixels/lint/rules.ts';
import { showAdvice } from '../commands/report.ts';
import { Disposable } from '../dispose.ts';
import { CATEGORY, COMMANDS, CONTEXT_KEYS, SETTINGS } from '../ids.ts';
import { t } from '../l10n.ts';
import { activePicture } from '../pixels/pictures-meant.ts';
import type { PixelsWorker } from '../pixels/thread/pixels-worker.ts';
import { codeOf } from '../problem.ts';
import type { Services } from '../services.ts';
import { setting } from '../settings/settings.ts';
import { findingText } from './findings.ts';
import { LintScope } from './lint-scope.ts';
import { isFixable, rulesFor, severityOf, type ShownSeverity } from './rules.ts';
import { WorkList } from './work-list.ts';

/** Milliseconds after activation before anything is looked for. */
const START_MS = 2_000;
/** Milliseconds in which changes of one moment gather. */
const SETTLE_MS = 300;
/** Bounds on what is read by itself. */
const MOST = { files: 2_000, bytes: 8 * 1024 * 1024 };

const SEVERITIES: Readonly<Record<Exclude<ShownSeverity, 'off'>, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

const NOWHERE = new vscode.Range(0, 0, 0, 0);

/** Holds the pictures of the settings' folders against the lint's rules, and lists what is wrong among the problems. */
export class SpriteLint extends Disposable {
  readonly #services: Services;
  readonly #worker: PixelsWorker;
  readonly #diagnostics = this._register(vscode.languages.createDiagnosticCollection(CATEGORY));
  readonly #status = this._register(
    vscode.window.createStatusBarItem('dgx-pixels.lint', vscode.StatusBarAlignment.Right, 90),
  );
  readonly #fixable = new Map<string, number>();
  readonly #work = new WorkList<vscode.Uri>(
    file => this.#lint(file),
    () => this.#told(),
  );
  readonly #settling = new Map<string, NodeJS.Timeout>();
  #idle: (() => void)[] = [];
  #scope: LintScope | null = null;
  #scoping: Promise<void> = Promise.resolve();

  constructor(services: Services, worker: PixelsWorker) {
    super();
    this.#services = services;
    this.#worker = worker;
    this.#status.name = t('Sprite lint');
    this.#status.command = COMMANDS.fixLintFindings;
    const start = setTimeout(() => void this.#restart(), START_MS);
    start.unref();
    this._register({
      dispose: () => {
        clearTimeout(start);
        for (const timer of this.#settling.values()) clearTimeout(timer);
        this.#work.end();
        this.#scope?.dispose();
      },
    });
    this._register(vscode.workspace.onDidChangeWorkspaceFolders(() => void this.#restart()));
    this._register(
      vscode.workspace.onDidChangeConfiguration(change => {
        if (change.affectsConfiguration('dgx-pixels.lint')) void this.#restart();
      }),
    );
    this._register(vscode.window.tabGroups.onDidChangeTabs(() => this.#showStatus()));
    this._register(vscode.window.tabGroups.onDidChangeTabGroups(() => this.#showStatus()));
  }

  /**
   * Lint Sprites: looks at everything anew and shows the problems.
   * @returns how many files have findings
   */
  async lintNow(): Promise<number> {
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: t('Linting sprites') },
      async () => {
        await this.#restart();
        await this.#untilIdle();
      },
    );
    let files = 0;
    this.#diagnostics.forEach((_, found) => {
      if (found.length > 0) files++;
    });
    if (files > 0) await vscode.commands.executeCommand('workbench.actions.view.problems');
    else void this.#tellNothing();
    return files;
  }

  /** The rules that hold for a file, whether it lies in the settings' folders or not. */
  async rulesOf(file: vscode.Uri): Promise<Partial<LintRules>> {
    await this.#scoping;
    const { project, tile } = await (this.#scope ?? new LintScope()).rulesOf(
      file,
      this.#services.context.extensionPath,
    );
    return project === null ? {} : rulesFor(project.choice, project.palette, tile);
  }

  /** Looks at a file again, if it is one of those. */
  again(file: vscode.Uri): void {
    if (this.#scope?.has(file) === true) this.#work.add(file.toString(), file);
  }

  async #tellNothing(): Promise<void> {
    const count = this.#scope?.size ?? 0;
    if (count > 0) {
      await vscode.window.showInformationMessage(t('Nothing was found in {0} sprites.', count));
    } else if ((vscode.workspace.workspaceFolders ?? []).length === 0) {
      const text = t('No folder is open, so there are no sprites to look through.');
      await showAdvice(vscode.window.showWarningMessage, text, [
        { title: t('Open Folder…'), command: 'workbench.action.files.openFolder' },
      ]);
    } else {
      const text = t('No PNG files lie in the folders of the setting {0}.', SETTINGS.lintFolders);
      await showAdvice(vscode.window.showInformationMessage, text, [
        {
          title: t('Change Folders…'),
          command: 'workbench.action.openSettings',
          arguments: [SETTINGS.lintFolders],
        },
      ]);
    }
  }

  /** Finds the files again and lints all of them. */
  #restart(): Promise<void> {
    this.#scoping = this.#scoping
      .then(() => this.#rescope())
      .catch((error: unknown) => {
        this.#services.log.error('the sprites to lint were not found', error);
      });
    return this.#scoping;
  }

  async #rescope(): Promise<void> {
    if (this.isDisposed) return;
    this.#work.clear();
    this.#scope?.dispose();
    const scope = new LintScope();
    this.#scope = scope;
    const folders = vscode.workspace.workspaceFolders ?? [];
    for (const folder of folders) {
      await scope.add(folder, {
        folders: setting(SETTINGS.lintFolders, folder),
        tiles: setting(SETTINGS.lintTiles, folder),
        most: MOST.files,
        extensionFolder: this.#services.context.extensionPath,
        onFile: file => this.#soon(file),
        onGone: file => this.#forget(file),
        onRules: () => void this.#restart(),
      });
    }
    for (const fault of scope.faults) this.#services.log.warn('a palette is not used', fault);
    if (scope.cut) {
      const text = `only the first ${MOST.files} PNG files of the lint folders are looked at`;
      this.#services.log.warn(text);
    }
    const files = new Map(scope.files.map(file => [file.toString(), file]));
    const gone: vscode.Uri[] = [];
    this.#diagnostics.forEach(uri => {
      if (!files.has(uri.toString())) gone.push(uri);
    });
    for (const uri of gone) this.#forget(uri);
    for (const [key, file] of files) this.#work.add(key, file);
  }

  #soon(file: vscode.Uri): void {
    const key = file.toString();
    clearTimeout(this.#settling.get(key));
    const timer = setTimeout(() => {
      this.#settling.delete(key);
      this.#work.add(key, file);
    }, SETTLE_MS);
    this.#settling.set(key, timer);
  }

  #forget(file: vscode.Uri): void {
    const key = file.toString();
    clearTimeout(this.#settling.get(key));
    this.#settling.delete(key);
    this.#work.drop(key);
    this.#diagnostics.delete(file);
    if (this.#fixable.delete(key)) this.#told();
  }

  async #lint(file: vscode.Uri): Promise<void> {
    try {
      await this.#lintFile(file);
    } catch (error) {
      this.#services.log.debug(`${file.toString(true)} was not linted: ${String(error)}`);
      this.#diagnostics.delete(file);
    }
  }

  async #lintFile(file: vscode.Uri): Promise<void> {
    const scope = this.#scope;
    const { size } = await vscode.workspace.fs.stat(file);
    if (size > MOST.bytes || scope === null) return;
    const bytes = await vscode.workspace.fs.readFile(file);
    const { extensionPath } = this.#services.context;
    const { project, tile } = await scope.rulesOf(file, extensionPath);
    if (project === null) return;
    const { choice } = project;
    const rules = rulesFor(choice, project.palette, tile);
    let findings: Finding[];
    try {
      findings = await this.#worker.run('lint', { bytes, rules });
    } catch (error) {
      this.#fixable.delete(file.toString());
      this.#diagnostics.set(file, unreadable(error));
      return;
    }
    if (scope !== this.#scope || this.isDisposed) return;
    const shown = findings.flatMap(finding => {
      const severity = severityOf(finding, choice);
      return severity === 'off' ? [] : [diagnosticOf(finding, SEVERITIES[severity])];
    });
    this.#diagnostics.set(file, shown);
    const fixable = findings.filter(isFixable).length;
    if (fixable > 0) this.#fixable.set(file.toString(), fixable);
    else this.#fixable.delete(file.toString());
  }

  /** Everything that waited was done: tells who asks, in words and in context keys. */
  #told(): void {
    const files = [...this.#fixable.keys()];
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.lintFixable, files);
    this.#showStatus();
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #untilIdle(): Promise<void> {
    if (!this.#work.busy) return Promise.resolve();
    return new Promise(resolve => this.#idle.push(resolve));
  }

  #showStatus(): void {
    const file = activePicture();
    const count = file === null ? 0 : (this.#diagnostics.get(file)?.length ?? 0);
    const fixable = file === null ? 0 : (this.#fixable.get(file.toString()) ?? 0);
    if (count === 0 || fixable === 0) {
      this.#status.hide();
      return;
    }
    this.#status.text = `$(wand) ${t('{0} to mend', fixable)}`;
    this.#status.tooltip = t(
      'Lint found {0} faults in this sprite; {1} can be mended.',
      count,
      fixable,
    );
    this.#status.show();
  }
}

function diagnosticOf(finding: Finding, severity: vscode.DiagnosticSeverity): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(NOWHERE, findingText(finding), severity);
  diagnostic.source = CATEGORY;
  diagnostic.code = finding.code;
  return diagnostic;
}

/** A picture that cannot be read is the worst finding; one that is too large is none. */
function unreadable(error: unknown): vscode.Diagnostic[] {
  if (codeOf(error) === 'too-large' || codeOf(error) === 'thread-failed') return [];
  const message = error instanceof Error ? error.message : String(error);
  const diagnostic = new vscode.Diagnostic(NOWHERE, message, vscode.DiagnosticSeverity.Error);
  diagnostic.source = CATEGORY;
  diagnostic.code = codeOf(error);
  return [diagnostic];
}
