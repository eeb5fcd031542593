/** Straight-alpha RGBA, row-major, `width * height * 4` bytes. */
export interface ArtImage {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** Everything that decides a sprite of the built-in engine; equal requests give equal bytes. */
export interface ArtRequest {
  prompt: string;
  negative: string;
  /** Integer, 0 to 2^53 - 1. */
  seed: number;
  /** Image of the batch, 0-based; seed and index together decide the variation. */
  index: number;
  /** Cells, 1 to 512. */
  width: number;
  /** Cells, 1 to 512. */
  height: number;
  /** One of the built-in checkpoints. */
  checkpoint: string;
  /** Built-in LoRAs with strengths from -2 to 2; 0 has no effect. */
  loras: { name: string; strength: number }[];
  steps: number;
  cfg: number;
  sampler: string;
  scheduler: string;
  /** `flat` fills around the subject with one colour that the sprite does not hold. */
  background: 'flat' | 'transparent';
  /** Image-to-image at cell resolution: denoise 0 returns the image, 1 ignores it. */
  init?: { image: ArtImage; denoise: number };
}
