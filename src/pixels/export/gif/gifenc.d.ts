// The package has no types, and Node finds no names in its main file.
declare module 'gifenc/dist/gifenc.esm.js' {
  export interface GifStream {
    writeFrame(
      indexes: Uint8Array,
      width: number,
      height: number,
      options: {
        palette?: number[][];
        delay: number;
        transparent: boolean;
        transparentIndex: number;
        dispose: number;
        repeat?: number;
        first?: boolean;
      },
    ): void;
    writeHeader(): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
    readonly stream: {
      writeByte(byte: number): void;
      writeBytes(bytes: ArrayLike<number>, offset?: number, length?: number): void;
    };
  }
  export function GIFEncoder(options: { auto: boolean }): GifStream;
  export function quantize(rgba: Uint8Array | Uint8ClampedArray, maxColors: number): number[][];
  export function applyPalette(
    rgba: Uint8Array | Uint8ClampedArray,
    palette: number[][],
  ): Uint8Array;
}
