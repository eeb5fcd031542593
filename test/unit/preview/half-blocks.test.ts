import { describe, expect, test } from 'vitest';
import { halfBlocks } from '../../../src/cli/preview/half-blocks.ts';
import { pictureOf, readHalfBlocks } from './half-block-reader.ts';
import { difference, NOTHING, paint, type Rgba, scatter, withoutOpacities } from './pictures.ts';

const ESC = '\u001b';
const RED: Rgba = [255, 0, 0, 255];
const BLUE: Rgba = [0, 0, 255, 255];

describe('half blocks', () => {
  test.each([
    [1, 1],
    [1, 2],
    [7, 5],
    [32, 32],
    [61, 33],
  ])('hold every pixel of a %ix%i picture with clear parts', (width, height) => {
    const colours: Rgba[] = [RED, BLUE, NOTHING, [1, 22, 133, 255], [9, 9, 9, 127], [8, 8, 8, 128]];
    const image = scatter(width, height, colours);
    const cells = readHalfBlocks(halfBlocks(image, true));
    expect(cells).toHaveLength(Math.ceil(height / 2));
    expect(difference(pictureOf(cells, width, height), withoutOpacities(image))).toBeNull();
  });

  test('show the background of the terminal where both pixels are clear, and never paint black there', () => {
    const image = paint(3, 2, x => (x === 1 ? RED : NOTHING));
    expect(halfBlocks(image, true)).toBe(` ${ESC}[38;2;255;0;0;48;2;255;0;0m▀${ESC}[0m\n`);
  });

  test('use the block that leaves the clear half to the terminal', () => {
    const upper = paint(1, 2, (_, y) => (y === 0 ? RED : NOTHING));
    const lower = paint(1, 2, (_, y) => (y === 1 ? RED : NOTHING));
    expect(halfBlocks(upper, true)).toBe(`${ESC}[38;2;255;0;0m▀${ESC}[0m\n`);
    expect(halfBlocks(lower, true)).toBe(`${ESC}[38;2;255;0;0m▄${ESC}[0m\n`);
  });

  test('name a colour once for all cells that share it', () => {
    const image = paint(5, 2, (_, y) => (y === 0 ? RED : BLUE));
    expect(halfBlocks(image, true)).toBe(`${ESC}[38;2;255;0;0;48;2;0;0;255m▀▀▀▀▀${ESC}[0m\n`);
  });

  test('name only the ground that changes', () => {
    const image = paint(2, 2, (x, y) => (y === 0 ? RED : x === 0 ? BLUE : [0, 9, 0, 255]));
    expect(halfBlocks(image, true)).toBe(
      `${ESC}[38;2;255;0;0;48;2;0;0;255m▀${ESC}[48;2;0;9;0m▀${ESC}[0m\n`,
    );
  });

  test('of a clear picture are empty lines', () => {
    expect(
      halfBlocks(
        paint(4, 3, () => NOTHING),
        true,
      ),
    ).toBe('\n\n');
  });

  test.each<[Rgba, number]>([
    [[255, 255, 255, 255], 231],
    [[0, 0, 0, 255], 16],
    [[255, 0, 0, 255], 196],
    [[95, 135, 175, 255], 67],
    [[8, 8, 8, 255], 232],
    [[120, 120, 121, 255], 243],
    [[13, 12, 12, 255], 232],
    [[14, 14, 14, 255], 233],
    [[250, 3, 4, 255], 196],
  ])('without 24 bits show %j as colour %i of 256', (colour, index) => {
    const [[cell]] = readHalfBlocks(
      halfBlocks(
        paint(1, 2, () => colour),
        false,
      ),
    ) as [[unknown]];
    expect(cell).toEqual({ top: `5;${index}`, bottom: `5;${index}` });
  });
});
