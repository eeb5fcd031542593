import { PixelsError } from '../../protocol/errors.ts';

/**
 * True when only programs of this machine can reach the endpoint: `ipc://`, `tcp://127.…`, `tcp://[::1]` or `tcp://localhost`.
 * Other host names and interface names may mean anything, so they are not.
 */
export function isLoopbackEndpoint(endpoint: string): boolean {
  if (endpoint.startsWith('ipc://')) return true;
  return /^tcp:\/\/(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost):(?:\d{1,5}|\*)$/.test(endpoint);
}

/**
 * @throws PixelsError `not-allowed` for an endpoint that other machines can reach while no keys are checked
 */
export function refuseOpenEndpoint(endpoint: string, curve: boolean): void {
  if (curve || isLoopbackEndpoint(endpoint)) return;
  throw new PixelsError(
    'not-allowed',
    `${endpoint} can be reached from other machines and checks no keys. Switch CURVE on and pair each client with ` +
      '`dgx-pixels pair`, or listen on ipc:// or tcp://127.0.0.1.',
    { endpoint },
  );
}
