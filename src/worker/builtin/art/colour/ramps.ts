import { clamp, fromHex, fromLab, type Lab, lerp, type Rgb, toLab } from './colour.ts';

/** Five tones of one material from deepest shade to highlight, hue-shifted by hand or rule. */
export type Ramp = readonly [Rgb, Rgb, Rgb, Rgb, Rgb];

function ramp(text: string): Ramp {
  const tones = text.split(' ').map(fromHex);
  return tones as unknown as Ramp;
}

/** Materials and plain colours by name. */
export const RAMPS: Readonly<Record<string, Ramp>> = {
  steel: ramp('3a4466 5a6988 8b9bb4 c0cbdc ffffff'),
  iron: ramp('2c2f42 454c60 667386 96a3b0 d3dde0'),
  silver: ramp('4d5680 7f8cb0 b4c2d8 e2ecf4 ffffff'),
  gold: ramp('84401f bf6f1c f0a92c ffd653 fff8c0'),
  bronze: ramp('552425 8a4a2a bd733a e0a25c fbe0a0'),
  copper: ramp('5e2426 98402f cf6b46 f09c70 ffd8b2'),
  rust: ramp('472023 733725 9f542c c37a42 e0a86a'),
  wood: ramp('45253a 703c38 9c5b3e c68850 ebbb7c'),
  darkwood: ramp('2c1c2c 4a2d36 6c4740 94684e bb9068'),
  stone: ramp('3a3f56 596078 808a9c abb3bd dadfdd'),
  darkstone: ramp('23253a 363a55 525a76 7a849a a9b2bd'),
  bone: ramp('65505a 9a8074 cfba98 f0e5c4 fffdf0'),
  crystal: ramp('1f4a90 2f88d0 5cccf0 b0f2fb ffffff'),
  ice: ramp('315da4 5098da 8ccff2 c8f1fb ffffff'),
  fire: ramp('921f28 dc4528 f88c2a ffcb48 fff6b6'),
  obsidian: ramp('17121f 2a2142 42375e 68608e aaa6dc'),
  emerald: ramp('0b4d48 12804f 2bb85c 7ee37a e4ffc8'),
  ruby: ramp('640f3b a41845 e03050 fb7a74 ffd6ca'),
  sapphire: ramp('1d1f74 2546b8 3578ea 70b8fc dcf5ff'),
  amethyst: ramp('431a70 6e2fb0 a058da cf95f4 f8dcff'),
  amber: ramp('82380f c06811 f2a422 ffd25c fff6c6'),
  diamond: ramp('5a86c4 90c4ea c4eaf8 eefcff ffffff'),
  pearl: ramp('7d7396 b4a8bd ddd3d8 f6efe8 ffffff'),
  jade: ramp('17514f 2a8168 55b587 93dca6 ddfbd0'),
  leather: ramp('402232 683732 945440 ba7e54 dfae78'),
  leaf: ramp('15463f 22744a 45a344 8acc48 d6ee7a'),
  pine: ramp('11333c 1a5548 2f7d4c 5aa655 9ccf6c'),
  autumn: ramp('6a1f2c a63a2a dd6b2a f5a53a ffdf70'),
  blossom: ramp('7e2c5e c04f86 ee86ac ffbccb fff0ee'),
  grass: ramp('1f6a4a 38903f 5db043 8fcf50 cdec78'),
  water: ramp('22489c 2a6fc6 3f9be2 7ccbf0 dcf9fb'),
  lava: ramp('5c152c ad2424 ec5a22 ffa832 fff290'),
  sand: ramp('96663f c59058 e6bf7e f6dfa6 fff5d6'),
  snow: ramp('7394c6 a2c1e4 d2e5f4 f0f8fc ffffff'),
  dirt: ramp('422736 66403c 8c5b46 b07f5c d0a680'),
  moss: ramp('27453a 3e6b3c 64903f 95b550 cbd77c'),
  skin: ramp('8c4140 c8704f f0aa7c ffd2a4 fff0da'),
  darkskin: ramp('4c2634 733a34 a06040 c98a5c ebbc8c'),
  goblin: ramp('1f4a38 3a7a3c 65a83f a0d050 daf08a'),
  orc: ramp('2c4434 4a6a40 74904c a6b866 d4dd94'),
  slime: ramp('0f524f 1c8c56 48c654 9cea62 efffb8'),
  flesh: ramp('7e3850 b85c66 e29086 f8c0a8 ffe8d8'),
  paper: ramp('8c6550 c59e70 ecd8a6 fbf1d0 ffffff'),
  brick: ramp('4c2034 7e353c ab5244 cd7c5a ecb084'),
  glass: ramp('5a86a8 86b4c8 b4dce0 dcf6f2 ffffff'),
  poison: ramp('2d3a1c 4f7a1c 86b826 c0e83a f4ff9c'),
  shadow: ramp('1a1830 2a2848 423f68 66628e 9a96bc'),
  ghost: ramp('6878b4 98aad8 c8d8f2 eaf4fc ffffff'),
  red: ramp('621238 a41e3e e03a40 fa745c ffc4a4'),
  orange: ramp('7c2c24 bc4e20 f07e26 ffb04a ffe09a'),
  yellow: ramp('8c5020 ca861e f6c230 ffe562 fffac4'),
  lime: ramp('2e5c28 56922a 90cc34 c8f05a f4ffb4'),
  green: ramp('124a42 1c7a48 38ac48 7cd85a d4f88e'),
  teal: ramp('12404e 177070 22a394 5ad4b0 bef8d4'),
  cyan: ramp('1a5080 2086b4 34bedc 80e8f0 dcffff'),
  blue: ramp('232c78 2c50b8 3c80e6 70b8f8 c8ecff'),
  navy: ramp('181838 262c5c 3a4888 5c74b4 90b0dc'),
  purple: ramp('38195e 5c2c94 884cc0 b884e4 ecc4fc'),
  magenta: ramp('64145c a02080 dc409c f880b4 ffccd8'),
  pink: ramp('8c3460 cc5c86 f48cac ffbcc8 ffeaea'),
  brown: ramp('3c2030 643830 8c563a b47e50 d8b07c'),
  black: ramp('14121e 221f30 363347 565468 8a899a'),
  grey: ramp('34343f 55555f 80808a aeaeb4 dededf'),
  white: ramp('70789c a4aec8 d4dcea f2f6fa ffffff'),
};

/**
 * Five tones around one base colour: shades turn towards blue-violet and keep their chroma,
 * lights turn towards warm yellow and pale, as pixel artists shift hue.
 */
export function rampAround(base: Rgb): Ramp {
  const [light, a, b] = toLab(base);
  const chroma = Math.sqrt(a * a + b * b);
  const mid = clamp(light, 0.3, 0.86);
  const tone = (lightness: number, chromaShare: number, towards: Lab, share: number): Rgb => {
    const size = chroma * chromaShare;
    const mixedA = lerp(a, towards[1] * (0.25 + chroma * 3), share);
    const mixedB = lerp(b, towards[2] * (0.25 + chroma * 3), share);
    const length = Math.sqrt(mixedA * mixedA + mixedB * mixedB);
    const scale = length > 1e-6 ? size / length : 0;
    return fromLab([lightness, mixedA * scale, mixedB * scale]);
  };
  const cold: Lab = [0, 0.04, -0.16];
  const warm: Lab = [0, 0.01, 0.16];
  return [
    tone(mid * 0.5, 0.8, cold, 0.34),
    tone(mid * 0.74, 0.98, cold, 0.16),
    base,
    tone(lerp(mid, 1, 0.42), 0.86, warm, 0.16),
    tone(lerp(mid, 1, 0.8), 0.4, warm, 0.3),
  ];
}

/** The ramp a shade darker or paler. */
export function toned(ramp: Ramp, tone: 'dark' | 'light'): Ramp {
  return ramp.map(rgb => {
    const [l, a, b] = toLab(rgb);
    return tone === 'dark'
      ? fromLab([l * 0.72, a * 0.9, b * 0.9])
      : fromLab([lerp(l, 1, 0.38), a * 0.66, b * 0.66]);
  }) as unknown as Ramp;
}
