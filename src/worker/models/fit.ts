import { PixelsError } from '../../protocol/errors.ts';
import type { DemandedFile } from '../../project/workflows/demands.ts';
import { familyOfName } from '../comfyui/inventory.ts';
import { type Architecture, familyOf, titlesOf } from './family/architecture.ts';
import type { ModelKind } from './facts.ts';
import type { FileKnowledge } from './file-table.ts';

/** What is known of a model on the server that would draw with it. */
export type Lookup = (kind: ModelKind, name: string) => FileKnowledge | null;

type Possible = readonly Architecture[] | null | 'builtin';

interface Known {
  name: string;
  possible: Possible;
  knowledge: FileKnowledge | null;
}

function knownOf(lookup: Lookup, kind: ModelKind, name: string): Known {
  const knowledge = lookup(kind, name);
  const possible = knowledge?.facts?.architectures ?? null;
  const builtin = possible === null && familyOfName(name) === 'builtin';
  return { name, possible: builtin ? 'builtin' : possible, knowledge };
}

/** True, false, or null when it cannot be told. */
function fits(part: Possible, whole: Possible): boolean | null {
  if (part === null || whole === null) {
    // Files of a true model never fit the built-in engine, nor its own a true model.
    return part === 'builtin' || whole === 'builtin' ? false : null;
  }
  if (part === 'builtin' || whole === 'builtin') return part === whole;
  return whole.some(one => part.includes(one));
}

function nameOf(possible: Possible): string {
  if (possible === 'builtin') return 'builtin';
  const family = familyOf(possible);
  return family === 'unknown' ? (possible ?? ['unknown']).join('/') : family;
}

/** The built-in engine and true models have nothing in common. */
function builtinSentence(what: string, part: Known, checkpoint: Known): string {
  return checkpoint.possible === 'builtin'
    ? `The checkpoint ${checkpoint.name} belongs to the built-in engine, which knows only its own ${what}s; the ${what} ${part.name} is for true models. Choose a builtin/ ${what} or none.`
    : `The ${what} ${part.name} belongs to the built-in engine and does nothing to the checkpoint ${checkpoint.name}. Choose a ${what} made for that checkpoint or none.`;
}

function mismatchSentence(what: string, part: Known, checkpoint: Known): string {
  if (part.possible === 'builtin' || checkpoint.possible === 'builtin') {
    return builtinSentence(what, part, checkpoint);
  }
  const [own, wanted] = [titlesOf(part.possible ?? []), titlesOf(checkpoint.possible ?? [])];
  return `The ${what} ${part.name} is for ${own}, but the checkpoint ${checkpoint.name} is ${wanted}: the image would be spoilt without an error. Choose a ${what} for ${wanted}, or a checkpoint of ${own}.`;
}

function mismatch(what: 'LoRA' | 'VAE', part: Known, checkpoint: Known): PixelsError {
  return new PixelsError('invalid-params', mismatchSentence(what, part, checkpoint), {
    [what === 'LoRA' ? 'lora' : 'vae']: part.name,
    family: nameOf(part.possible),
    checkpoint: checkpoint.name,
    checkpointFamily: nameOf(checkpoint.possible),
  });
}

/** A torn file cannot be loaded by anybody. */
function refuseBroken(what: string, { name, knowledge }: Known): void {
  const problem = knowledge?.facts?.problem;
  if (problem === undefined || problem === null || problem.kind === 'unreadable') return;
  throw new PixelsError(
    'invalid-params',
    `The file of the ${what} ${name} is broken: ${problem.what}. Download or copy it again.`,
    { model: name, problem: problem.kind },
  );
}

function refuseNonFinite({ name, knowledge }: Known): void {
  const scan = knowledge?.scan;
  if (scan === undefined || scan === null || scan.nonFinite.count === 0) return;
  throw new PixelsError(
    'invalid-params',
    `The LoRA ${name} holds infinite values or NaN in ${scan.nonFinite.count} of its ${scan.tensors} tensors (${scan.nonFinite.first[0] ?? ''}), which makes every image black: its training failed. ` +
      'Use an earlier checkpoint of that training, or download it again.',
    { lora: name, nonFinite: scan.nonFinite.count, tensors: scan.nonFinite.first },
  );
}

function damageWarning(what: string, { name, knowledge }: Known): string[] {
  const count = knowledge?.scan?.nonFinite.count ?? 0;
  return count === 0
    ? []
    : [
        `The ${what} ${name} holds infinite values or NaN in ${count} tensors; images may be black.`,
      ];
}

/** The verdict of the checkpoint that it fits best: a graph may have one for each of two passes. */
function bestFit(
  part: Known,
  checkpoints: readonly Known[],
): { verdict: boolean | null; checkpoint: Known } | null {
  let best: { verdict: boolean | null; checkpoint: Known } | null = null;
  for (const checkpoint of checkpoints) {
    const verdict = fits(part.possible, checkpoint.possible);
    if (verdict === true) return { verdict, checkpoint };
    if (best === null || (best.verdict === false && verdict === null)) {
      best = { verdict, checkpoint };
    }
  }
  return best;
}

/**
 * Holds the models of a graph against one another, as far as their files are known.
 * @returns warnings for a person about what could not be checked
 * @throws PixelsError `invalid-params` for a LoRA or VAE of another family, a LoRA with values that are no numbers, and torn files
 */
export function checkFit(files: readonly DemandedFile[], lookup: Lookup): string[] {
  const of = (kind: ModelKind): Known[] =>
    files.filter(file => file.kind === kind).map(({ name }) => knownOf(lookup, kind, name));
  const checkpoints = of('checkpoint');
  for (const checkpoint of checkpoints) refuseBroken('checkpoint', checkpoint);
  const warnings = checkpoints.flatMap(checkpoint => damageWarning('checkpoint', checkpoint));
  for (const vae of of('vae')) {
    refuseBroken('VAE', vae);
    // A VAE that is not a file (pixel_space, taesd) says nothing of itself.
    const known = vae.possible === null ? [] : checkpoints.filter(each => each.possible !== null);
    const best = bestFit(vae, known);
    if (best?.verdict === false) throw mismatch('VAE', vae, best.checkpoint);
    warnings.push(...damageWarning('VAE', vae));
  }
  for (const lora of of('lora')) {
    refuseBroken('LoRA', lora);
    refuseNonFinite(lora);
    const best = bestFit(lora, checkpoints);
    if (best?.verdict === false) throw mismatch('LoRA', lora, best.checkpoint);
    if (best?.verdict === null) warnings.push(doubt(lora, best.checkpoint));
  }
  return warnings;
}

function doubt(lora: Known, checkpoint: Known): string {
  const [one, other] = [familyOfName(lora.name), familyOfName(checkpoint.name)];
  const unlike = one !== 'unknown' && other !== 'unknown' && one !== other;
  return unlike
    ? `By their names the LoRA ${lora.name} is for ${one} and the checkpoint ${checkpoint.name} is ${other}; they could not be checked.`
    : `Whether the LoRA ${lora.name} fits the checkpoint ${checkpoint.name} could not be checked; one of a wrong family spoils the image without an error.`;
}
