import { bytes } from '../terminal/units.ts';
import type { BenchResult, Measure } from './result.ts';

function row(cells: readonly string[]): string {
  return `| ${cells.map(cell => cell.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')).join(' | ')} |`;
}

function size(count: number | null): string {
  return count === null ? '' : bytes(count);
}

function measureRow(measure: Measure) {
  const { kind, batch, engineMs, secondsPerImage, imagesPerMinute, memory, forecastBytes } =
    measure;
  return row([
    kind,
    String(batch),
    String(engineMs.length),
    secondsPerImage.toFixed(3),
    imagesPerMinute === null ? '' : imagesPerMinute.toFixed(1),
    size(memory.usedBeforeBytes),
    size(memory.usedPeakBytes),
    size(memory.processPeakBytes),
    size(memory.gpuProcessPeakBytes ?? memory.tensorPeakBytes),
    size(forecastBytes),
  ]);
}

function engineLines({ engines }: BenchResult): string[] {
  return engines.flatMap(({ server, engine, device, comfyui, pytorch, memory, argv }) => [
    `- Server ${server}: ${engine === 'builtin' ? device : `ComfyUI ${comfyui}, PyTorch ${pytorch}, ${device}`}` +
      (memory === null
        ? ''
        : `, ${bytes(memory.totalBytes)} ${memory.pool === 'system' ? 'memory shared with the system' : 'GPU memory'}`),
    ...(engine === 'builtin' ? [] : [`- Started with \`${argv.slice(1).join(' ')}\``]),
  ]);
}

/** The result for a person, as Markdown. */
export function markdownOf(result: BenchResult): string {
  const { at, dgxPixels, host, recipe, models, measures, skipped } = result;
  const [width, height] = recipe.renderSize;
  return [
    `# Inference, ${at.slice(0, 10)}`,
    '',
    ...(result.placeholder
      ? [
          '**Placeholder: drawn by the built-in engine, which computes no model. These are no inference times.**',
          '',
        ]
      : result.engines.some(({ device }) => device === 'cpu')
        ? ['**Drawn on the processor: these are no figures of a GPU.**', '']
        : []),
    `- Workflow ${recipe.workflow}, checkpoint ${recipe.checkpoint}, ${width}×${height}, ${recipe.steps} steps, CFG ${recipe.cfg}, ${recipe.sampler}/${recipe.scheduler}`,
    ...engineLines(result),
    `- Worker: ${host.cpu.model}, ${host.cpu.cores} cores, ${bytes(host.memory.totalBytes)} memory, ${host.platform} ${host.arch}, load ${host.cpu.load1.toFixed(1)} before and ${result.loadAfter.toFixed(1)} after; DGX-Pixels ${dgxPixels}`,
    `- GPUs: ${host.gpus.map(({ name, driver }) => `${name}${driver === null ? '' : ` (driver ${driver})`}`).join(', ') || 'none'}`,
    ...models.map(({ kind, name, sha256 }) => `- ${kind} ${name}: ${sha256 ?? 'unverified'}`),
    '',
    row([
      '',
      'batch',
      'runs',
      's per image',
      'images/min',
      'memory before',
      'memory peak',
      'process peak',
      'GPU peak',
      'forecast',
    ]),
    row(['---', ...Array.from({ length: 9 }, () => '--:')]),
    ...measures.map(measureRow),
    '',
    ...skipped.map(
      ({ kind, batch, reason }) => `- Not measured: ${kind}, batch ${batch}: ${reason}`,
    ),
    ...(skipped.length > 0 ? [''] : []),
    'Cold: models unloaded before; their files may be in the page cache. Warm: after one run of the same kind. Seconds per image are the median over the runs, from the ' +
      "engine's beginning to its end. Memory is what is in use on the whole machine, sampled twice a second; forecast is what the worker expected of the run alone.",
    '',
  ].join('\n');
}
