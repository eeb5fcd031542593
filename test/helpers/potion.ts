import { createImage, type RgbaImage } from '../../src/pixels/image.ts';

const COLOURS: Readonly<Record<string, readonly [number, number, number]>> = {
  k: [26, 28, 44],
  p: [93, 39, 93],
  r: [177, 62, 83],
  o: [239, 125, 87],
  y: [255, 205, 117],
  g: [56, 183, 100],
  w: [244, 244, 244],
};

/** A potion of 16x20 cells in seven colours. */
const POTION = [
  '.....kkkkkk.....',
  '.....kooook.....',
  '......kyyk......',
  '......kwwk......',
  '......kwwk......',
  '.....kwwwwk.....',
  '....kwwwwwwk....',
  '...kwwrrrrwwk...',
  '..kwwrrrrrrrwk..',
  '..kwrrwrrrrrrk..',
  '.kwrrwwrrrrrrpk.',
  '.kwrrwrrrrrrppk.',
  '.kwrrrrrrgrrppk.',
  '.kwrrrrrggrrppk.',
  '.kprrrrrrgrpppk.',
  '..kprrrrrrrppk..',
  '...kpprrrpppk...',
  '....kkppppkk....',
  '......kkkk......',
  '................',
];

/** The sprite that the picture was made from. */
export function potion(): RgbaImage {
  const image = createImage(POTION[0]?.length ?? 0, POTION.length);
  for (const [y, row] of POTION.entries()) {
    for (const [x, letter] of [...row].entries()) {
      const colour = COLOURS[letter];
      if (colour !== undefined) image.data.set([...colour, 255], (y * image.width + x) * 4);
    }
  }
  return image;
}
