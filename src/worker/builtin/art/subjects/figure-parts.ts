export type Garb = 'plate' | 'robe' | 'tunic' | 'rags' | 'bones' | 'dress';

export type Headgear = 'helm' | 'wizard' | 'hood' | 'crown' | 'cap' | 'horns' | 'none';

export type Hand = 'sword' | 'staff' | 'axe' | 'dagger' | 'bow' | 'club' | 'spear' | 'none';

/** What sets one person apart from another; all of them share the body. */
export interface Figure {
  readonly garb: Garb;
  readonly headgear: Headgear;
  readonly hand: Hand;
  readonly shield: boolean;
  readonly cape: boolean;
  readonly skin: number;
  readonly cloth: number;
  readonly trim: number;
  readonly hair: number;
  readonly hairStyle: number;
  readonly beard: number;
  readonly ears: 'round' | 'pointed' | 'none';
  readonly face: 'person' | 'skull' | 'goblin' | 'orc' | 'zombie' | 'masked';
  /** Half width of the body, about 5. */
  readonly girth: number;
  /** How far the head sinks: 0 tall, 3 short. */
  readonly squat: number;
}
