import type { Finding, ServerMemory } from '../../protocol/system.ts';
import type { Core } from '../core.ts';
import { gigabytes } from '../limits/guard.ts';
import { withForecasts } from '../limits/model-forecasts.ts';

/** Share of the guard above which a person should know. */
const ALARM = 0.9;

function usage(server: string, { pool, usedBytes, totalBytes, guardBytes }: ServerMemory): Finding {
  const what = pool === 'system' ? 'memory' : 'GPU memory';
  const high = usedBytes > ALARM * guardBytes;
  return {
    check: `memory ${server}`,
    level: high ? 'warning' : 'ok',
    message: `${gigabytes(usedBytes)} of ${gigabytes(totalBytes)} ${what} are in use; the guard is at ${gigabytes(guardBytes)}.`,
    remedy: high
      ? 'End other programs there, or let the server unload its models: dgx-pixels models --unload.'
      : null,
  };
}

/** Which checkpoints do not fit, by forecast, and how many do. */
async function forecasts(core: Core, server: string): Promise<Finding[]> {
  const all = core.inventory.get()?.checkpoints ?? [];
  const models = await withForecasts(
    core,
    all.filter(model => model.servers[0] === server && !model.placeholder),
  );
  const told = models.flatMap(({ name, forecast }) =>
    forecast == null ? [] : [{ name, forecast }],
  );
  if (told.length === 0) return [];
  const large = told.filter(({ forecast }) => !forecast.fits);
  const most = told.reduce((a, b) => (b.forecast.peakBytes > a.forecast.peakBytes ? b : a));
  const [width, height] = most.forecast.renderSize;
  const fitting =
    told.length === models.length
      ? `all ${told.length} checkpoints`
      : `the ${told.length} of ${models.length} checkpoints that there is a forecast for`;
  return [
    {
      check: `memory forecast ${server}`,
      level: large.length > 0 ? 'warning' : 'ok',
      message:
        large.length > 0
          ? `By forecast ${large.length} of ${told.length} checkpoints do not fit beside what is in use now: ${large
              .slice(0, 3)
              .map(({ name, forecast }) => `${name} needs ${gigabytes(forecast.peakBytes)}`)
              .join(', ')}.`
          : `By forecast ${fitting} fit; the largest, ${most.name}, takes ${gigabytes(most.forecast.peakBytes)} for one image of ${width}×${height}.`,
      remedy:
        large.length > 0
          ? 'End other programs there, choose a smaller checkpoint or render size, or see memory.guardGB in the configuration.'
          : null,
    },
  ];
}

/** Memory where a server's models lie, and what its checkpoints would take. */
export async function memoryFindings(
  core: Core,
  server: string,
  memory: ServerMemory | null,
): Promise<Finding[]> {
  if (memory === null) return [];
  return [usage(server, memory), ...(await forecasts(core, server))];
}
