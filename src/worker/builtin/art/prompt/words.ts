import type { Effect } from './brief.ts';

function table<T extends string>(rows: Readonly<Record<string, string>>): ReadonlyMap<string, T> {
  const map = new Map<string, T>();
  for (const [value, words] of Object.entries(rows)) {
    for (const word of words.split(' ')) map.set(word, value as T);
  }
  return map;
}

/** Words for materials and colours, to names of ramps. */
export const PAINT_WORDS = table<string>({
  steel: 'steel stainless metal metallic adamantine',
  iron: 'iron wrought',
  silver: 'silver silvery silvered mithril platinum chrome',
  gold: 'gold golden gilded gilt',
  bronze: 'bronze brass bronzed',
  copper: 'copper coppery',
  wood: 'wood wooden oak oaken timber',
  darkwood: 'ebony mahogany walnut',
  stone: 'stone stony granite rocky cobble cobblestone marble',
  darkstone: 'basalt slate',
  bone: 'bone bones ivory skeletal',
  crystal: 'crystal crystalline quartz',
  ice: 'ice icy frozen glacial',
  obsidian: 'obsidian onyx demonic void',
  emerald: 'emerald',
  ruby: 'ruby garnet',
  sapphire: 'sapphire',
  amethyst: 'amethyst',
  amber: 'amber topaz honey',
  diamond: 'diamond',
  pearl: 'pearl pearly',
  jade: 'jade',
  leather: 'leather',
  glass: 'glass',
  paper: 'paper parchment papyrus',
  brick: 'brick clay terracotta',
  lava: 'lava magma molten volcanic',
  snow: 'snow snowy',
  water: 'water watery',
  sand: 'sand sandy desert sandstone',
  red: 'red crimson scarlet blood bloody vermilion health healing rojo rouge rot',
  orange: 'orange tangerine',
  yellow: 'yellow lemon holy',
  lime: 'lime chartreuse stamina',
  green: 'green verdant olive nature verde',
  teal: 'teal turquoise',
  cyan: 'cyan aqua',
  blue: 'blue azure cobalt mana bleu blau azul',
  navy: 'navy midnight indigo',
  purple: 'purple violet lavender arcane shadow',
  magenta: 'magenta fuchsia',
  pink: 'pink rose rosy love',
  brown: 'brown tan chocolate',
  black: 'black dark ebon jet charcoal',
  grey: 'grey gray ash ashen',
  white: 'white pale',
});

/** Words for parts a colour can belong to, to the part names the subjects ask for. */
export const PART_WORDS = table<string>({
  blade: 'blade edge',
  grip: 'grip handle hilt shaft haft wrap',
  guard: 'guard crossguard pommel trim rim border fittings band bands lock',
  gem: 'gem jewel orb inlay ornament',
  liquid: 'liquid fluid contents content',
  cork: 'cork stopper',
  robe: 'robe robes tunic clothes dress shirt coat cloak cape scarf ribbon',
  hat: 'hat hood cap',
  armor: 'armor armour mail plate',
  plume: 'plume feather crest feathers',
  hair: 'hair beard',
  eyes: 'eye eyes',
  skin: 'skin face',
  leaf: 'leaf leaves foliage crown',
  trunk: 'trunk bark stem',
  petal: 'petal petals bloom',
  wing: 'wing wings',
  emblem: 'emblem symbol cross sigil mark rune runes star',
  weapon: 'sword axe staff bow spear dagger wand club',
  shield: 'shield',
  aura: 'glow aura flame flames fire sparkle sparkles light',
  string: 'string bowstring',
  belt: 'belt',
});

/** Words for effects drawn on or around any subject. */
export const EFFECT_WORDS = table<Effect>({
  fire: 'fire fiery flaming burning flame flames blazing inferno',
  frost: 'frost frosty frozen frosted glacial',
  poison: 'poison poisoned poisonous toxic venom venomous acid',
  magic: 'magic magical enchanted arcane mystic mystical sparkling shiny shining sparkle sparkles',
  glow: 'glow glowing radiant luminous divine holy neon aura',
  rust: 'rust rusty rusted corroded',
  broken: 'broken shattered cracked damaged battered chipped',
  ancient: 'ancient old weathered worn aged',
  moss: 'moss mossy overgrown ivy',
});

/** Words that make the colour after them darker or paler. */
export const TONE_WORDS = table<'dark' | 'light'>({
  dark: 'dark deep',
  light: 'light pale bright pastel',
});

/** Words that end a noun phrase. */
export const BOUNDARY_WORDS = new Set(
  'with and of in on at for by holding wearing carrying wielding having or near beside under over behind from without & + mit und con y avec et'.split(
    ' ',
  ),
);

/** Words of prompt boilerplate that say nothing about the subject. */
export const STOP_WORDS = new Set(
  (
    'a an the pixel pixels art pixelart sprite sprites game asset assets item icon icons image picture style styled ' +
    'bit 8bit 16bit 32bit 8 16 24 32 48 64 x 16x16 24x24 32x32 48x48 64x64 rpg retro fantasy medieval video videogame ' +
    'background transparent plain simple clean centered centred single one best quality high masterpiece detailed ' +
    'very highly cute cool nice beautiful outline shading palette view facing its his her their some my our is are lora'
  ).split(' '),
);

export const SIZE_WORDS = table<'small' | 'big'>({
  small: 'small tiny little mini miniature',
  big: 'big large huge giant great massive mighty',
});

export const VIEW_WORDS = table<'side' | 'top' | 'front'>({
  side: 'side sideview profile sidescroller',
  top: 'top topdown overhead birdseye',
  front: 'front frontal',
});
