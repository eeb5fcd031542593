import { resolve } from 'node:path';
import { freemem, totalmem } from 'node:os';
import { MODEL_FOLDERS, modelsIn } from '../catalog.ts';
import { COMFYUI_VERSION, ENGINE_VERSION, FEATURES } from '../features.ts';
import { empty, json, text } from '../http/answer.ts';
import type { Route } from '../http/router.ts';
import { describeAll, describeClass } from '../object-info.ts';
import type { RouteParts } from './parts.ts';

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>DGX-Pixels built-in engine</title>
<p>This is the built-in engine of DGX-Pixels. It speaks the HTTP and WebSocket interface of ComfyUI and draws
placeholder sprites without a model. There is nothing to click here: use the extension or the command line.</p>
</html>
`;

/** What the server says of itself. */
export function infoRoutes(parts: RouteParts): Route[] {
  const { classes, catalog } = parts;
  return [
    [
      'GET',
      '/',
      () => ({
        status: 200,
        headers: {
          'Content-Type': 'text/html; charset=utf-8',
          'Content-Security-Policy': "default-src 'none'",
        },
        body: PAGE,
      }),
    ],
    // Reached only without an upgrade.
    ['GET', '/ws', () => text('Can "Upgrade" only to "WebSocket".', 400)],
    ['GET', '/object_info', () => json(describeAll(classes, catalog))],
    [
      'GET',
      '/object_info/:name',
      ({ params }) => {
        const found = classes.get(params['name'] ?? '');
        return json(found === undefined ? {} : { [found.name]: describeClass(found, catalog) });
      },
    ],
    ['GET', '/models', () => json(MODEL_FOLDERS)],
    [
      'GET',
      '/models/:folder',
      ({ params }) => {
        const models = modelsIn(catalog, params['folder'] ?? '');
        return models === undefined ? empty(404) : json(models);
      },
    ],
    [
      'GET',
      '/view_metadata/:folder',
      ({ params, query }) => {
        const name = query.get('filename') ?? '';
        const known = modelsIn(catalog, params['folder'] ?? '')?.includes(name) === true;
        return known ? json(metadataOf(name)) : empty(404);
      },
    ],
    ['GET', '/embeddings', () => json([])],
    ['GET', '/extensions', () => json([])],
    ['GET', '/features', () => json(FEATURES)],
    ['GET', '/system_stats', () => json(systemStats(parts))],
  ];
}

/** Stands in for the header of a model file. */
function metadataOf(name: string): Record<string, string> {
  return {
    'modelspec.title': name,
    'modelspec.architecture': 'dgx-pixels-builtin',
    'dgx_pixels.placeholder': 'true',
  };
}

function systemStats({ settings, port }: RouteParts): unknown {
  const [total, free] = [totalmem(), freemem()];
  return {
    system: {
      os: process.platform,
      ram_total: total,
      ram_free: free,
      comfyui_version: COMFYUI_VERSION,
      required_frontend_version: null,
      installed_templates_version: null,
      required_templates_version: null,
      comfy_package_versions: [],
      python_version: 'none: built-in engine',
      pytorch_version: 'none: built-in engine',
      embedded_python: false,
      deploy_environment: 'dgx-pixels-builtin',
      argv: [
        'dgx-pixels-builtin',
        ...['--listen', settings.host, '--port', String(port())],
        ...['--output-directory', resolve(settings.outputDirectory)],
        ...['--cache-lru', String(settings.cacheEntries)],
        ...['--preview-method', settings.previewMethod],
      ],
      dgx_pixels_builtin: { version: ENGINE_VERSION },
    },
    devices: [
      {
        name: 'built-in engine',
        type: 'cpu',
        index: null,
        vram_total: total,
        vram_free: free,
        torch_vram_total: total,
        torch_vram_free: free,
      },
    ],
  };
}
