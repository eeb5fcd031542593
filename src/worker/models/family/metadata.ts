import type { Architecture } from './architecture.ts';

/** What trainers write into a file's metadata, in the order in which it is believed. */
const KEYS = ['modelspec.architecture', 'ss_base_model_version', 'base_model'];

const MARKS: readonly [RegExp, readonly Architecture[]][] = [
  [/refiner/, ['sdxl-refiner']],
  [/stable-diffusion-xl|sdxl/, ['sdxl']],
  [/stable-diffusion-3|sd-?3/, ['sd3']],
  [/flux-?2/, ['flux2']],
  [/chroma/, ['chroma']],
  [/flux/, ['flux', 'chroma']],
  [/stable-diffusion-v2|sd_?v2|sd-?2|v2-/, ['sd2']],
  [/stable-diffusion-v1|sd_?v1|sd-?1[._]?5|^sd15/, ['sd15']],
];

/** Architecture that the metadata names; null when it names none. */
export function metadataArchitectures(
  metadata: Readonly<Record<string, string>>,
): readonly Architecture[] | null {
  for (const key of KEYS) {
    const text = metadata[key]?.slice(0, 200).toLowerCase();
    if (text === undefined) continue;
    const mark = MARKS.find(([pattern]) => pattern.test(text));
    if (mark !== undefined) return mark[1];
  }
  return null;
}
