import { PixelsError } from '../../protocol/errors.ts';

/** What a local worker is to draw with. */
export interface EngineChoice {
  engine: 'auto' | 'builtin' | 'comfyui';
  comfyuiUrl: string;
}

const LOOK_MS = 800;

/** Whether a ComfyUI answers there. */
async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(new URL('system_stats', withSlash(url)), {
      signal: AbortSignal.timeout(LOOK_MS),
    });
    return response.ok && 'system' in ((await response.json()) as object);
  } catch {
    return false;
  }
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}

function checked(url: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw new PixelsError(
    'invalid-params',
    `"${url}" is not an address of a ComfyUI; write it as http://127.0.0.1:8188 in the settings.`,
  );
}

/**
 * The ComfyUI that a local worker is to use; null for the built-in engine. `auto` takes the one that answers at the address.
 * @throws PixelsError `invalid-params` for something that is no address
 */
export async function comfyuiFor({ engine, comfyuiUrl }: EngineChoice): Promise<string | null> {
  if (engine === 'builtin') return null;
  const url = checked(comfyuiUrl);
  return engine === 'comfyui' || (await answers(url)) ? url : null;
}
