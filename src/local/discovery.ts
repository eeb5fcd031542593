import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** Z85 text of a CURVE key, 32 bytes. */
export const curveKeySchema = z.string().regex(/^[0-9A-Za-z.\-:+=^!/*?&<>()[\]{}@%$#]{40}$/);

/** How a client reaches a worker. */
export const endpointSchema = z.object({
  requests: z.string(),
  events: z.string(),
  /** Keys, where the transport needs them. */
  curve: z
    .object({ server: curveKeySchema, publicKey: curveKeySchema, secretKey: curveKeySchema })
    .optional(),
});
export type Endpoint = z.output<typeof endpointSchema>;

/** What a running worker writes for the clients of the same user. */
export const discoverySchema = z.object({
  version: z.string(),
  protocol: z.int(),
  instance: z.string(),
  pid: z.int(),
  startedAt: z.number(),
  local: endpointSchema,
});
export type Discovery = z.output<typeof discoverySchema>;

/** Path of the discovery file in a runtime folder. */
export function discoveryPath(runtime: string): string {
  return join(runtime, 'worker.json');
}

/** Writes the discovery file whole or not at all, readable by its owner only since it may hold keys. */
export function writeDiscovery(runtime: string, discovery: Discovery): void {
  const path = discoveryPath(runtime);
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(discovery, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}

/** The discovery file, or null when there is none or it cannot be understood. It may outlive its worker: ask before you trust it. */
export function readDiscovery(runtime: string): Discovery | null {
  try {
    const parsed = discoverySchema.safeParse(
      JSON.parse(readFileSync(discoveryPath(runtime), 'utf8')),
    );
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Removes the discovery file if it is still the given worker's. */
export function removeDiscovery(runtime: string, instance: string): void {
  if (readDiscovery(runtime)?.instance === instance) {
    rmSync(discoveryPath(runtime), { force: true });
  }
}
