import type { ProjectSettings } from './schema.ts';

/** The role that a graph needs for a setting to have a place. */
const ROLE_OF = {
  checkpoint: 'checkpoint',
  vae: 'vae',
  loras: 'lora',
  steps: 'steps',
  cfg: 'cfg',
  sampler: 'sampler',
  scheduler: 'scheduler',
  negative: 'negative',
  renderSize: 'size',
} as const satisfies Partial<Record<keyof ProjectSettings, string>>;

/**
 * Leaves out of settings what the workflow has no place for, such as a checkpoint where nothing is drawn. What the person says for this
 * drawing stays, so that the worker can tell them.
 * @param said what the person says for this drawing
 * @param roles of the workflow
 */
export function fitToRoles(
  settings: ProjectSettings,
  said: Readonly<Partial<Record<keyof ProjectSettings, unknown>>>,
  roles: readonly string[],
): ProjectSettings {
  const fitted = { ...settings };
  for (const [key, role] of Object.entries(ROLE_OF) as [keyof typeof ROLE_OF, string][]) {
    if (said[key] === undefined && !roles.includes(role)) Reflect.deleteProperty(fitted, key);
  }
  return fitted;
}
