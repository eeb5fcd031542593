import { existsSync } from 'node:fs';
import type { Finding } from '../../protocol/system.ts';
import type { Core } from '../core.ts';
import { isSafetensors } from '../models/facts.ts';
import type { KnownModel } from '../models/known-models.ts';
import { namedFolders } from '../models/roots.ts';

const MAX_PROBLEMS = 10;

function missingFolders({ config }: Core): Finding[] {
  const roots = [config.modelRoots, ...config.servers.map(server => server.modelRoots)];
  const folders = new Set(roots.flatMap(root => (root === undefined ? [] : namedFolders(root))));
  return [...folders]
    .filter(folder => !existsSync(folder))
    .map(folder => ({
      check: 'model folder',
      level: 'warning',
      message: `The folder ${folder} of modelRoots is not there or must not be read.`,
      remedy: 'Correct modelRoots in the configuration, or give the worker access to it.',
    }));
}

function coverage(server: string, models: readonly KnownModel[], unread: number): Finding {
  const check = `model files ${server}`;
  const hashed = models.filter(({ knowledge }) => knowledge.scan !== null).length;
  const hidden = models.filter(({ file }) => file === null).length;
  const pickles = models.filter(({ name, file }) => file !== null && !isSafetensors(name)).length;
  if (hidden === models.length) {
    return {
      check,
      level: 'note',
      message: `None of ${models.length} model files can be read here: families are guessed from names, and LoRAs are not checked.`,
      remedy: 'Name the folders in modelRoots of the configuration, if this machine can read them.',
    };
  }
  const rest = [
    hidden > 0 ? `${hidden} cannot be read here` : '',
    pickles > 0 ? `${pickles} are pickles, which are never opened` : '',
    unread > 0 ? `${unread} are yet to be read` : '',
  ].filter(part => part !== '');
  return {
    check,
    level: 'ok',
    message: [`${hashed} of ${models.length} model files are verified`, ...rest].join('; ') + '.',
    remedy: null,
  };
}

function problems(server: string, models: readonly KnownModel[]): Finding[] {
  return models
    .flatMap(({ name, knowledge: { facts, scan } }): Finding[] => {
      const check = `model ${name}`;
      if (facts?.problem != null) {
        const remedy = 'Download or copy it again.';
        return [
          {
            check,
            level: 'warning',
            message: `${name} on ${server}: ${facts.problem.what}.`,
            remedy,
          },
        ];
      }
      if (scan === null || scan.nonFinite.count === 0) return [];
      return [
        {
          check,
          level: 'warning',
          message: `${name} on ${server} holds infinite values or NaN in ${scan.nonFinite.count} of ${scan.tensors} tensors.`,
          remedy: 'Use an earlier checkpoint of its training, or download it again.',
        },
      ];
    })
    .slice(0, MAX_PROBLEMS);
}

/** What is known of the servers' model files, and what is wrong with them. */
export function modelFindings(core: Core): Finding[] {
  const findings = missingFolders(core);
  for (const { name } of core.links) {
    // Names without ending, such as pixel_space, are ComfyUI's own and no files.
    const models = core.models.of(name).filter(model => /\.[A-Za-z0-9]+$/.test(model.name));
    if (models.length === 0) continue;
    findings.push(coverage(name, models, core.models.unread), ...problems(name, models));
  }
  return findings;
}
