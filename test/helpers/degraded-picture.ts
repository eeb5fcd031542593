import sharp from 'sharp';
import { CONDITIONS, degrade } from '../../bench/pixels/degrade.ts';
import { potion } from './potion.ts';

/** A PNG of 1024x1024, on magenta, in which a model would have drawn the potion: blurred, noisy, its lines off, once a JPEG. */
export async function degradedPotion(): Promise<Uint8Array> {
  const condition = CONDITIONS.find(({ name }) => name === 'ai');
  if (condition === undefined) throw new Error('There is no such condition.');
  const { file } = await degrade(potion(), 'elixir', condition);
  return sharp(file).png().toBuffer();
}
