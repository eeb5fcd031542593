import type { TestProject } from 'vitest/node';
import { RealComfyui } from './server.ts';

/** What the suites are given. */
export interface ComfyuiUnderTest {
  url: string;
  /** ComfyUI, Python and PyTorch. */
  versions: string;
  checkpoints: string[];
  /** Where it can be started from, for suites that kill one. */
  directory: string | null;
}

declare module 'vitest' {
  interface ProvidedContext {
    comfyui: ComfyuiUnderTest | null;
  }
}

let own: RealComfyui | null = null;

async function jsonOf(url: string): Promise<unknown> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  return answer.json();
}

/** An empty variable is none. */
function environment(name: string): string | null {
  const value = process.env[name] ?? '';
  return value === '' ? null : value;
}

/** Uses the server at COMFYUI_URL, else starts one from COMFYUI_DIR, else the suites are skipped. */
export async function setup(project: TestProject): Promise<void> {
  const directory = environment('COMFYUI_DIR');
  let url = environment('COMFYUI_URL');
  if (url === null && directory === null) {
    project.provide('comfyui', null);
    return;
  }
  if (url === null) {
    own = await RealComfyui.start(directory ?? '');
    url = own.url;
    console.log(`ComfyUI answered ${own.startMs} ms after its start`);
  }
  url = url.replace(/\/+$/, '');
  const { system } = (await jsonOf(`${url}/system_stats`)) as {
    system: Record<'comfyui_version' | 'python_version' | 'pytorch_version', string>;
  };
  const versions = `ComfyUI ${system.comfyui_version}, Python ${system.python_version.split(' ', 1).join()}, PyTorch ${system.pytorch_version}`;
  console.log(versions);
  project.provide('comfyui', {
    url,
    versions,
    checkpoints: (await jsonOf(`${url}/models/checkpoints`)) as string[],
    directory,
  });
}

export async function teardown(): Promise<void> {
  await own?.[Symbol.asyncDispose]();
}
