import type { Snapshot } from './newest.ts';
import type { Nothing } from './shape.ts';

/** A picture of the history. */
export interface ResultItem {
  /** Names the picture: job, run and place in the batch. */
  key: string;
  job: string;
  run: number;
  digest: string;
  prompt: string;
  /** Cells. */
  width: number;
  height: number;
  seed: number;
  placeholder: boolean;
  /** Kept for good, never pruned. */
  kept: boolean;
  /**
   * Stands for all pictures of a comparison whose contenders this person may not know yet; it has no picture, and opens the comparison.
   */
  blind?: true;
  /** Address of the picture for the page; null while it cannot be had. */
  image: string | null;
}

export interface ResultPage {
  /** Names the search that the items belong to; the next page is asked under it. */
  search: number;
  items: readonly ResultItem[];
  /** Whether there are older ones. */
  more: boolean;
}

/** Why there is nothing to show, and what helps. */
export interface ResultsState {
  connected: boolean;
  /** A sentence where no worker answers. */
  note: string | null;
}

export const ITEM_ACTIONS = [
  'open',
  'useAsInput',
  'compare',
  'keep',
  'letGo',
  'discard',
  'restore',
] as const;
export type ItemAction = (typeof ITEM_ACTIONS)[number];

export type ResultsMessages = {
  host: {
    requests: {
      ready: () => Snapshot<ResultsState>;
      /** The newest pictures whose prompt or title has these words. */
      search: (params: { words: string }) => ResultPage;
      /** Older ones of the search. */
      more: (params: { search: number }) => ResultPage;
      act: (params: { action: ItemAction; item: ResultItem }) => void;
      generate: () => void;
    };
    notices: { fault: string };
  };
  page: {
    requests: Nothing;
    notices: {
      state: Snapshot<ResultsState>;
      /** Something was drawn, forgotten or changed: the newest pictures are to be asked for again. */
      changed: number;
      /** A picture that has just been drawn, with its bytes: shown before anything is asked for. */
      drawn: { item: ResultItem; png: Uint8Array };
    };
  };
};

/** The page's words in the person's language. */
export type ResultsWords = {
  search: string;
  searchHint: string;
  results: string;
  empty: string;
  nothingFound: string;
  generate: string;
  open: string;
  useAsInput: string;
  compare: string;
  keep: string;
  letGo: string;
  discard: string;
  discarded: string;
  undo: string;
  placeholder: string;
  picture: string;
  kept: string;
  loading: string;
  more: string;
  failed: string;
};
