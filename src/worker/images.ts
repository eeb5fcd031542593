import { availableParallelism } from 'node:os';
import { pixelReportOf } from '../project/pixels/fix-input.ts';
import { createImageCodec } from './images/codec.ts';
import { KnownCells } from './images/known-cells.ts';
import { createPixelsPool } from './images/pixels-pool.ts';
import { sniffImage } from './images/sniff.ts';
import type { PixelStage } from './jobs/pixel-stage.ts';
import type { Described } from './uploads.ts';

/** All that the worker does with pictures, off the thread that owns the sockets. */
export interface Images {
  stage: PixelStage;
  /**
   * Tells what an uploaded file is. Pictures are decoded whole, so that a torn one is refused.
   * @throws PixelsError `invalid-image` for a broken picture, `unsupported-image` for one that nothing here reads
   */
  describe(bytes: Uint8Array): Promise<Described>;
  close(): Promise<void>;
}

const MAX_THREADS = 4;

/** @param threadFile the bundle of `images/pixels-thread.ts` */
export function openImages(threadFile: string): Images {
  const pool = createPixelsPool({
    threadFile,
    maxThreads: Math.max(1, Math.min(MAX_THREADS, availableParallelism() - 1)),
  });
  const codec = createImageCodec({ allowSharp: true });
  const known = new KnownCells();
  const close = (): Promise<void> => pool.close();
  return {
    stage: {
      async fix({ digest, read }, size, settings, text) {
        const picture = known.get(digest, size) ?? (await read());
        const { report, found, ...staged } = await pool.fix({ picture, size, settings, text });
        if (found !== null) known.set(digest, size, found);
        return { ...staged, report: report && pixelReportOf(report) };
      },
      close,
    },
    async describe(bytes) {
      const mime = sniffImage(bytes);
      if (mime === null) return { mime: 'application/octet-stream', width: null, height: null };
      if (mime === 'image/png') {
        const [width, height] = await pool.measure(bytes);
        return { mime, width, height };
      }
      const { width, height } = await codec.decode(bytes);
      return { mime, width, height };
    },
    close,
  };
}
