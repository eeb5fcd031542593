import type { Command } from 'commander';
import type { Finding } from '../../protocol/system.ts';
import { type ConnectionChoice, type Context, print } from '../context.ts';
import { checkDataFolder, checkRuntimeFolder } from '../../local/checks.ts';
import { checkNode } from '../doctor/here.ts';
import { EXIT } from '../exit-codes.ts';
import { addConnectionOptions, connectionChoice, type ConnectionOptions } from '../options.ts';
import { printable } from '../terminal/text.ts';
import { plural } from '../terminal/units.ts';
import { addJsonOption, type CommandHost, makeCommand } from './command.ts';

interface DoctorOptions extends ConnectionOptions {
  json?: boolean;
}

const MARKS: Record<Finding['level'], string> = {
  ok: 'ok     ',
  note: 'note   ',
  warning: 'warning',
  fault: 'FAULT  ',
};

/** What the worker says of itself, its engines and its machine; a fault when it cannot be asked. */
async function checkWorker(context: Context, choice: ConnectionChoice): Promise<Finding[]> {
  try {
    const connection = await context.connect(choice);
    try {
      const status = await connection.request('status', {});
      const { findings } = await connection.request('doctor', {});
      const same = status.version === context.version;
      const reached: Finding = {
        check: 'worker',
        level: same ? 'ok' : 'warning',
        message: `Worker ${status.version} answers, process ${status.pid}${same ? '' : `; this command line is ${context.version}`}.`,
        remedy: same
          ? null
          : 'Update the older one; "dgx-pixels stop" ends a running local worker.',
      };
      return [reached, ...findings];
    } finally {
      await connection.close();
    }
  } catch (error) {
    return [
      {
        check: 'worker',
        level: 'fault',
        message: error instanceof Error ? error.message : String(error),
        remedy:
          choice.connect === null
            ? 'Start it with "dgx-pixels serve" and read what it says.'
            : 'Check that the worker runs, that its ports are open to this machine, and that the pairing was not revoked.',
      },
    ];
  }
}

/** `doctor`: what is wrong and how to mend it. */
export function doctorCommand({ context, outcome }: CommandHost): Command {
  const command = makeCommand('doctor', 'check everything and say how to mend each fault', [
    'doctor',
    'doctor --json | jq ".findings[] | select(.level != \\"ok\\")"',
  ]);
  addJsonOption(command);
  return addConnectionOptions(command, 'starts').action(async () => {
    const options = command.opts<DoctorOptions>();
    const { environment, stdout } = context;
    const choice = connectionChoice(options, environment);
    const findings = [
      checkNode(process.version),
      ...(choice.connect === null
        ? [checkRuntimeFolder(environment), checkDataFolder(environment)]
        : []),
      ...(await checkWorker(context, { ...choice, start: options.start !== false })),
    ];
    const faults = findings.filter(({ level }) => level === 'fault').length;
    if (options.json === true) print(stdout, JSON.stringify({ findings }, null, 2));
    else {
      for (const { check, level, message, remedy } of findings) {
        print(stdout, printable(`${MARKS[level]}  ${check}: ${message}`));
        if (remedy !== null) print(stdout, printable(`         → ${remedy}`));
      }
      print(stdout, faults === 0 ? 'No faults.' : `${plural(faults, 'fault')}.`);
    }
    outcome.exitCode = faults === 0 ? EXIT.done : EXIT.failed;
  });
}
