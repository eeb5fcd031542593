import type { ProjectFile } from '../../project/project-file/schema.ts';
import { shortName } from '../generate/last-choice.ts';
import { t } from '../l10n.ts';

/** LoRAs with their strengths in a line. */
export function lorasIn(loras: readonly { name: string; strength: number }[]): string {
  return loras.map(({ name, strength }) => `${shortName(name)} ${strength}`).join(', ');
}

/** What the game's file chooses where a person leaves it open, each as a line says it. */
export function projectText(
  file: ProjectFile | null,
  preset: string | null,
): { checkpoint?: string; loras?: string; workflow?: string } {
  const chosen = preset === null ? undefined : file?.presets?.[preset];
  const { checkpoint, loras, workflow } = { ...file?.defaults, ...chosen };
  const own = (text: string) => t('{0}, by the project', text);
  return {
    ...(checkpoint !== undefined && { checkpoint: own(shortName(checkpoint)) }),
    ...(loras !== undefined && loras.length > 0 && { loras: own(lorasIn(loras)) }),
    ...(workflow !== undefined && { workflow: own(workflow) }),
  };
}
