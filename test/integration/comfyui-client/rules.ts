import { changed, jsonReply, type Rule } from './meddler.ts';

/** The server knows of no prompt, as after its restart; its files are there. */
export const forgetful: Rule = async call => {
  if (/^\/api\/jobs\/[^/]+$/.test(call.path)) return jsonReply({ error: 'Job not found' }, 404);
  if (call.method === 'GET' && call.path.startsWith('/history/')) return jsonReply({});
  if (call.method === 'GET' && call.path === '/queue') {
    return jsonReply({ queue_running: [], queue_pending: [] });
  }
  return null;
};

/** A true ComfyUI of some version, as far as it says so itself. */
export function ofVersion(version: string): Rule {
  return async call =>
    call.path === '/system_stats'
      ? changed(call, stats => {
          const system = { ...(stats['system'] as object), comfyui_version: version };
          return { ...stats, system: { ...system, dgx_pixels_builtin: undefined } };
        })
      : null;
}

/** A ComfyUI from before `/api/jobs` and `/features`. */
export const old: Rule = async call =>
  call.path.startsWith('/api/jobs') || call.path === '/features'
    ? { status: 404, headers: { 'content-type': 'text/plain' }, body: '404: Not Found' }
    : null;

/** Whether a frame is the last of a run. */
export function isEnd(data: Buffer, isBinary: boolean): boolean {
  if (isBinary) return false;
  const { type, data: body } = JSON.parse(data.toString()) as {
    type: string;
    data: Record<string, unknown>;
  };
  return type === 'executing' && body['node'] === null;
}
