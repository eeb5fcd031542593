import type { JobPlan } from '../../protocol/jobs.ts';
import { bytes, duration, plural } from '../terminal/units.ts';

function timeText({ time: { ms, measured, servers }, runs }: JobPlan): string {
  if (ms === null) return 'time unknown: nothing like it was measured yet';
  const where = servers > 1 ? ` on ${servers} servers` : '';
  return `about ${duration(ms)}${where}${measured < runs ? ', partly a guess' : ''}`;
}

/** What a comparison would take, for a person: one line each. */
export function planLines(plan: JobPlan): string[] {
  const { runs, compare, checkpoints, disk } = plan;
  const contenders = compare?.contenders ?? [];
  const kind = compare?.draft === null ? '' : 'draft ';
  const free = disk.freeBytes === null ? '' : ` of ${bytes(disk.freeBytes)} free`;
  return [
    `${plural(runs, `${kind}image`)}: ${plural(compare?.sets ?? 0, 'set')} × ${contenders.length} contenders (${contenders.join(', ')})`,
    `${timeText(plan)}; ${plural(checkpoints, 'checkpoint')} to load; about ${bytes(disk.bytes)} of disk${free}`,
  ];
}

/** Whether a person should agree before it begins: very many images, or more than the disk has room for. */
export function mustAsk(plan: JobPlan): boolean {
  return plan.asks || exceedsDisk(plan);
}

/** Why somebody should agree, as a sentence without its point. */
export function whyAsked(plan: JobPlan): string {
  const { runs, disk } = plan;
  return exceedsDisk(plan)
    ? `${plural(runs, 'image')} would take about ${bytes(disk.bytes)} of disk, and ${bytes(disk.freeBytes ?? 0)} are free`
    : `${plural(runs, 'image')} are more than is begun unasked`;
}

function exceedsDisk({ disk }: JobPlan): boolean {
  return disk.freeBytes !== null && disk.bytes > disk.freeBytes;
}
