import type { CompareMode, SpriteCategory } from '../../../protocol/compare.ts';
import type { Outcome } from './compare.ts';
import type { Snapshot } from './newest.ts';
import type { Nothing } from './shape.ts';

/** Which votes are counted; null takes all. */
export interface BoardFilter {
  category: SpriteCategory | null;
  /** `32x48`. */
  size: string | null;
  mode: CompareMode | null;
  /** Id of a comparison. */
  job: string | null;
  /** Digests of contenders that are left out, with every set that showed one of them. */
  without: readonly string[];
}

export const ALL_VOTES: BoardFilter = {
  category: null,
  size: null,
  mode: null,
  job: null,
  without: [],
};

/** A value that votes can be filtered by. */
export interface BoardChoice {
  value: string;
  label: string;
  /** Of all votes. */
  votes: number;
}

/** A contender, the strongest first. */
export interface BoardRow {
  digest: string;
  /** Its name, and more where others have that too. */
  label: string;
  /** What it draws with. */
  about: string;
  /** What tells it from another of its name; empty where it has the name alone. */
  difference: string;
  /** Mean-zero natural logarithm, and its 90 % interval. */
  strength: number;
  low: number;
  high: number;
  picks: number;
  ties: number;
  appearances: number;
}

/** What became of two contenders in the sets that showed both. */
export interface BoardPair {
  first: string;
  second: string;
  firstBetter: number;
  secondBetter: number;
  tied: number;
  /** Another was better, or none was good. */
  neither: number;
}

/** A line of the votes file that is left out. */
export interface BoardProblem {
  /** Counted from 1. */
  line: number;
  reason: string;
}

export interface Board {
  kind: 'board';
  /** Votes that stand, whatever the filter. */
  votes: number;
  rows: readonly BoardRow[];
  pairs: readonly BoardPair[];
  /** The verdict, or why there is none yet. */
  verdict: string;
  /** Digest of the best, once there is a verdict. */
  best: string | null;
  rated: number;
  noneGood: number;
  skipped: number;
  /** As it was applied: without what no vote has. */
  filter: BoardFilter;
  categories: readonly BoardChoice[];
  sizes: readonly BoardChoice[];
  modes: readonly BoardChoice[];
  /** The newest first. */
  jobs: readonly BoardChoice[];
  /** All contenders, by name. */
  contenders: readonly BoardChoice[];
  /** The first of them. */
  problems: readonly BoardProblem[];
  problemCount: number;
}

export type LeaderboardContent =
  | Board
  /** A sentence. */
  | { kind: 'unreadable'; message: string };

export type LeaderboardMessages = {
  host: {
    requests: {
      /** The first state; asked once by each load of the page. */
      ready: (params: { filter: BoardFilter }) => Snapshot<LeaderboardContent>;
      /** The same votes, counted otherwise from now on. */
      filter: (params: { filter: BoardFilter }) => Snapshot<LeaderboardContent>;
      /** Begins a comparison. */
      compare: () => void;
      /** Asks the person first while there is no verdict for it. */
      makeDefault: (params: { digest: string }) => Outcome;
      exportVotes: () => Outcome;
      /** Opens the votes file there. */
      openLine: (params: { line: number }) => void;
    };
    notices: { fault: string };
  };
  page: {
    requests: Nothing;
    notices: { content: Snapshot<LeaderboardContent> };
  };
};

/** The page's words in the person's language; it fills in `{0}`, `{1}`. */
export type LeaderboardWords = {
  /** Address of the workspace folder: the page keeps it for the host. */
  folder: string;
  title: string;
  loading: string;
  failed: string;
  empty: string;
  emptyHint: string;
  compare: string;
  noMatch: string;
  filters: string;
  category: string;
  size: string;
  mode: string;
  job: string;
  contenders: string;
  contendersAll: string;
  contendersSome: string;
  all: string;
  choice: string;
  clear: string;
  standings: string;
  standingsHint: string;
  rank: string;
  contender: string;
  strength: string;
  picked: string;
  tied: string;
  shown: string;
  times: string;
  interval: string;
  drawn: string;
  best: string;
  makeDefault: string;
  makeDefaultOf: string;
  makeVerdictDefault: string;
  headToHead: string;
  headToHeadHint: string;
  pair: string;
  pairTied: string;
  pairSpoken: string;
  pairNever: string;
  rated: string;
  ratedOne: string;
  noneGood: string;
  skipped: string;
  problems: string;
  problemsOne: string;
  problemLine: string;
  problemOpen: string;
  problemOpenLine: string;
  moreProblems: string;
  exportVotes: string;
};
