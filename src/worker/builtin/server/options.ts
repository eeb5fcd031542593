import type { Imperfections } from '../art/render.ts';

/** What `latent2rgb` means here: the sprite emerging from noise, at its own cells. */
export type PreviewMethod = 'none' | 'latent2rgb';

/** How an engine is started; every time is in milliseconds. */
export interface BuiltinEngineOptions {
  host?: '127.0.0.1';
  /** 0 (the default) takes a free one. */
  port?: number;
  outputDirectory: string;
  inputDirectory: string;
  /** Pictures of PreviewImage; without it a private folder that goes when the engine closes. */
  tempDirectory?: string;
  /** One sampling step of one image at CFG above 1; half of it at CFG 1. Default 12. */
  stepMs?: number;
  /** Load of a checkpoint that is not resident. Default 150. */
  loadMs?: number;
  /** One text encoding. Default 5. */
  encodeMs?: number;
  /** Decoding of one image. Default 15. */
  decodeMs?: number;
  /** Used for prompts that do not choose by `extra_data.preview_method`. Default `latent2rgb`. */
  previewMethod?: PreviewMethod;
  /** Faults put into every large render. */
  imperfections?: Imperfections;
  /** Bytes that every saved PNG is padded to with an incompressible private chunk. */
  padPngTo?: number;
  /** Node results kept across prompts, as `--cache-lru`. Default 60. */
  cacheEntries?: number;
}

/** Options with every default filled in. */
export interface EngineSettings extends Required<
  Omit<BuiltinEngineOptions, 'imperfections' | 'tempDirectory' | 'port' | 'padPngTo'>
> {
  tempDirectory: string;
  imperfections: Imperfections | undefined;
  padPngTo: number | undefined;
}

/** Fills in the defaults; `tempDirectory` must already be decided. */
export function settingsOf(options: BuiltinEngineOptions, tempDirectory: string): EngineSettings {
  return {
    host: options.host ?? '127.0.0.1',
    outputDirectory: options.outputDirectory,
    inputDirectory: options.inputDirectory,
    tempDirectory,
    stepMs: options.stepMs ?? 12,
    loadMs: options.loadMs ?? 150,
    encodeMs: options.encodeMs ?? 5,
    decodeMs: options.decodeMs ?? 15,
    previewMethod: options.previewMethod ?? 'latent2rgb',
    imperfections: options.imperfections,
    padPngTo: options.padPngTo,
    cacheEntries: options.cacheEntries ?? 60,
  };
}
