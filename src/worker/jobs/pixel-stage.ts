import type { PixelReport, PixelSettings } from '../../protocol/pixels.ts';
import type { Size } from '../../protocol/recipe.ts';

/** What the pixel stage made of one picture. */
export interface StagedSprite {
  /** PNG of the sprite; null when the settings ask for the picture as it is. */
  sprite: Uint8Array | null;
  width: number;
  height: number;
  raw: { width: number; height: number };
  /** Nothing but one black: what a model gives that computed NaN. */
  black: boolean;
  /** Null where the picture stays as it is. */
  report: PixelReport | null;
  warnings: string[];
}

/** An engine's picture, which need not be read when its cells are still known. */
export interface StagedPicture {
  /** SHA-256 of its bytes. */
  digest: string;
  /** @throws PixelsError `not-found` when they are gone */
  read: () => Promise<Uint8Array>;
}

/** Turns an engine's picture into a sprite, away from the thread that owns the sockets. */
export interface PixelStage {
  /**
   * @param text written into the sprite's metadata
   * @throws PixelsError `invalid-image` when the picture is no complete PNG, `too-many-cells` where the settings say so, and
   *   what `read` throws
   */
  fix(
    picture: StagedPicture,
    size: Size,
    settings: PixelSettings,
    text: Record<string, string>,
  ): Promise<StagedSprite>;
  close(): Promise<void>;
}
