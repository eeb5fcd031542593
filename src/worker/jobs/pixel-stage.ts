import type { PixelSettings, Size } from '../../protocol/recipe.ts';

/** What the pixel stage made of one picture. */
export interface StagedSprite {
  /** PNG of the sprite; null when the settings ask for the picture as it is. */
  sprite: Uint8Array | null;
  width: number;
  height: number;
  raw: { width: number; height: number };
  /** Nothing but one black: what a model gives that computed NaN. */
  black: boolean;
  warnings: string[];
}

/** Turns an engine's picture into a sprite, away from the thread that owns the sockets. */
export interface PixelStage {
  /**
   * @param png the engine's picture
   * @param text written into the sprite's metadata
   * @throws PixelsError `invalid-image` when the picture is no complete PNG
   */
  fix(
    png: Uint8Array,
    size: Size,
    settings: PixelSettings,
    text: Record<string, string>,
  ): Promise<StagedSprite>;
  close(): Promise<void>;
}
