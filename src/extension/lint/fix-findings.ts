import * as vscode from 'vscode';
import type { Finding, LintCode } from '../../pixels/lint/finding.ts';
import { pickMany } from '../commands/pick.ts';
import { COMMANDS } from '../ids.ts';
import { t } from '../l10n.ts';
import { fileName } from '../pixels/picture-name.ts';
import { picturesMeant } from '../pixels/pictures-meant.ts';
import type { PixelsParts } from '../pixels/pixels-parts.ts';
import { Problem } from '../problem.ts';
import { findingText } from './findings.ts';
import { isFixable } from './rules.ts';

/** What a program may say, so that nothing is asked. */
export interface FixFindingsArguments {
  /** Codes to mend; all that can be when left out. */
  codes?: readonly LintCode[];
}

export interface FixFindingsAnswer {
  /** Files that were written. */
  files: string[];
  /** Codes of what was mended, in that order. */
  fixed: LintCode[];
}

interface Found {
  file: vscode.Uri;
  bytes: Uint8Array;
  findings: Finding[];
}

interface CodeItem extends vscode.QuickPickItem {
  code: LintCode;
}

/**
 * Fix Lint Findings…: mends what lint found in pictures and can be mended; what they were is kept.
 * @returns null when a person left it
 * @throws Problem `not-found`, `nothing-to-fix`, `not-writable`, or why a picture cannot be read
 */
export async function fixLintFindings(
  parts: PixelsParts,
  named: unknown,
  all: unknown,
): Promise<FixFindingsAnswer | null> {
  const given = argumentsOf(all);
  const meant = await picturesMeant(named, given === null ? all : undefined, null);
  const files = meant.filter(({ path }) => /\.png$/i.test(path));
  if (files.length === 0) {
    throw new Problem('not-found', t('Open a PNG first, or use its menu in the explorer.'));
  }
  const found = await findingsOf(parts, files);
  const codes = [...new Set(found.flatMap(({ findings }) => findings.map(({ code }) => code)))];
  if (codes.length === 0) {
    throw new Problem('nothing-to-fix', t('Lint found nothing that can be mended.'), [
      { title: t('Fix Pixels…'), command: COMMANDS.fixPixels, arguments: [files[0]] },
    ]);
  }
  const chosen = given === null ? await askCodes(found, codes) : (given.codes ?? codes);
  if (chosen === null) return null;
  const unwanted = codes.filter(code => !chosen.includes(code));
  return mend(parts, found, unwanted, given !== null);
}

function argumentsOf(value: unknown): FixFindingsArguments | null {
  const plain = typeof value === 'object' && value !== null && !Array.isArray(value);
  return plain && !(value instanceof vscode.Uri) ? value : null;
}

async function findingsOf(
  { pictures, worker, lint }: PixelsParts,
  files: readonly vscode.Uri[],
): Promise<Found[]> {
  const found: Found[] = [];
  for (const file of files) {
    const bytes = await pictures.read(file);
    const rules = await lint.rulesOf(file);
    const findings = await worker.run('lint', { bytes, rules });
    found.push({ file, bytes, findings: findings.filter(isFixable) });
  }
  return found;
}

async function askCodes(
  found: readonly Found[],
  codes: readonly LintCode[],
): Promise<readonly LintCode[] | null> {
  const items = codes.map((code): CodeItem => {
    const own = found.flatMap(({ file, findings }) =>
      findings.filter(finding => finding.code === code).map(finding => ({ file, finding })),
    );
    const [first] = own;
    const files = new Set(own.map(({ file }) => file.toString())).size;
    return {
      label: code,
      description: found.length > 1 ? t('in {0} files', files) : '',
      detail: first === undefined ? '' : findingText(first.finding),
      picked: true,
      code,
    };
  });
  const picked = await pickMany(items, {
    title: t('Fix Lint Findings'),
    placeholder: t('What is mended. The files are replaced; what they were is kept.'),
    matchOnDetail: true,
  });
  if (picked === null || picked.length === 0) return null;
  return picked.map(({ code }) => code);
}

async function mend(
  { pictures, worker, lint }: PixelsParts,
  found: readonly Found[],
  unwanted: readonly LintCode[],
  silent: boolean,
): Promise<FixFindingsAnswer> {
  const written: vscode.Uri[] = [];
  const fixed: LintCode[] = [];
  for (const { file, bytes } of found) {
    const rules = await lint.rulesOf(file);
    const ignore = [...(rules.ignore ?? []), ...unwanted];
    const mended = await worker.run('mend', { bytes, rules: { ...rules, ignore } });
    if (mended.bytes === null) continue;
    await pictures.replace(file, bytes, mended.bytes);
    lint.again(file);
    written.push(file);
    fixed.push(...mended.fixed.map(({ code }) => code));
  }
  if (!silent) void tell(written, fixed.length);
  return { files: written.map(({ fsPath }) => fsPath), fixed };
}

async function tell(written: readonly vscode.Uri[], fixed: number): Promise<void> {
  const [first] = written;
  if (first === undefined) {
    void vscode.window.showInformationMessage(t('Nothing was changed.'));
    return;
  }
  const undo = t('Undo');
  const text =
    written.length === 1
      ? t('{0} is mended: {1} findings.', fileName(first.path), fixed)
      : t('{0} pictures are mended: {1} findings.', written.length, fixed);
  const answer = await vscode.window.showInformationMessage(text, undo);
  if (answer === undo) {
    await vscode.commands.executeCommand(COMMANDS.restoreOriginal, first, [...written]);
  }
}
