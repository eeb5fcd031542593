import type { CompareMode, SpriteCategory } from '../../../protocol/compare.ts';
import type { Size } from '../../../protocol/recipe.ts';
import type { Snapshot } from './newest.ts';
import type { RecipeRow } from './result-editor.ts';
import type { Nothing } from './shape.ts';

/*
 * What the comparison panel's host and page say to each other. The host is the only one that knows who drew what: of a set that
 * is blind it tells nothing that would give a contender away, so that no page, and nobody who reads its messages, can.
 */

/** `lost`: the engine no longer knows it. */
export type CellPhase = 'waiting' | 'drawing' | 'done' | 'failed' | 'cancelled' | 'lost';

/** A cell and its place on the screen. */
export interface CellAddress {
  set: number;
  /** From 0, from the left. */
  place: number;
}

/** What is told of a cell once its set is open. */
export interface OpenCell {
  /** Place in the comparison's list of contenders. */
  contender: number;
  name: string;
  phase: CellPhase;
  /** A sentence, where drawing failed. */
  error: string | null;
  /** Drawing time; null while it is not known. */
  seconds: number | null;
  /** Drawn by the built-in engine, without a model. */
  placeholder: boolean;
}

export interface CellState {
  /** Names the pictures that can be asked for, changes with them and says nothing else; null while there are none. */
  pictures: string | null;
  /** null while the set is blind. */
  open: OpenCell | null;
}

/**
 * `drawing`: not all cells are in. `votable`: blind and complete. `broken`: blind, and some of its cells failed or were cancelled,
 * so that it cannot be voted on. `voted`: the vote is written, and the names are about to be shown. `open`: everything is told.
 */
export type SetPhase = 'drawing' | 'votable' | 'broken' | 'voted' | 'open';

export interface SetState {
  /** Place in the comparison's list of prompts. */
  prompt: number;
  seed: number;
  phase: SetPhase;
  /** Cells that are drawn; which ones is not told while the set is blind. */
  ready: number;
  /** In the order of their places: shuffled while blind, and the same order afterwards. */
  cells: readonly CellState[];
  /** Places named best; empty for "none good". null without a vote of this person. */
  best: readonly number[] | null;
  note: string;
  /** Looked at and left by this person. */
  skipped: boolean;
}

export interface ComparedPrompt {
  prompt: string;
  category: SpriteCategory;
  /** Cells. */
  size: Size;
}

export interface Comparison {
  kind: 'comparison';
  /** Id of the job. */
  job: string;
  title: string;
  mode: CompareMode;
  /** Cells that ended, and all. */
  ended: number;
  total: number;
  /** Milliseconds until all are in; null when nothing like it was measured. */
  etaMs: number | null;
  /** Whether anything is still to be drawn. */
  drawing: boolean;
  paused: boolean;
  /** Whether sets without a vote are kept blind. */
  blind: boolean;
  /** How many contenders there are. */
  contenders: number;
  /** Names in the order of the list; null until every set is open. */
  names: readonly string[] | null;
  prompts: readonly ComparedPrompt[];
  sets: readonly SetState[];
  /** The set whose answer says most, of those that can be voted on; null when there is none. */
  next: number | null;
  /** What the votes of this workspace say so far, without a name before every set is open. */
  standing: string;
  /** Whether votes can be written: a folder is open and trusted. */
  canVote: boolean;
}

export type CompareContent =
  | Comparison
  /** No such job, no worker, or a comparison that cannot be read: a sentence. */
  | { kind: 'away'; message: string };

/** A run under way of an open set. */
export interface LiveCell extends CellAddress {
  /** Share of the steps that are done, 0-1. */
  progress: number;
  /** What it does, in words. */
  stage: string;
  preview: { mime: string; bytes: Uint8Array } | null;
}

/** Two pictures of a cell as PNG without any text in it. */
export interface CellPictures {
  /** The sprite. */
  fixed: Uint8Array;
  /** The engine's picture; null where the sprite is it. */
  raw: Uint8Array | null;
}

/** What is told of an open cell when somebody asks. */
export interface CellDetails {
  rows: readonly RecipeRow[];
  /** Sentences of the pixel stage. */
  warnings: readonly string[];
}

export const CELL_ACTIONS = ['use', 'moreLikeThis', 'openRecipe'] as const;
export type CellAction = (typeof CELL_ACTIONS)[number];

export const COMPARISON_ACTIONS = [
  'cancel',
  'pause',
  'resume',
  'newSeeds',
  'winnersInFull',
  'leaderboard',
] as const;
export type ComparisonAction = (typeof COMPARISON_ACTIONS)[number];

/** What became of something that a person asked for: a sentence, empty when there is nothing to say. */
export interface Outcome {
  done: boolean;
  message: string;
}

export type CompareMessages = {
  host: {
    requests: {
      /** The first state; asked once by each load of the page. */
      ready: () => Snapshot<CompareContent>;
      /**
       * Pictures of a drawn cell; of a blind set only once all its cells are drawn. With `only: 'fixed'` the raw one may be left
       * out as null: it is large, and the overview shows none.
       */
      pictures: (params: CellAddress & { only?: 'fixed' }) => CellPictures;
      /** Refused while the set is blind. */
      details: (params: CellAddress) => CellDetails;
      /** A person's answer. Refused unless the set can be voted on. */
      vote: (params: {
        set: number;
        /** Places: one for a pick, several for a tie, none for "none good". */
        best: readonly number[];
        note: string;
        /** Since the set was first shown complete. */
        durationMs: number;
      }) => Outcome;
      /** Takes the vote back. Before the names were shown the set can be voted on again, after that it cannot. */
      undo: (params: { set: number }) => Outcome;
      /** Records that it was looked at and left; it stays votable. */
      skip: (params: { set: number }) => Outcome;
      /** Shows who drew what: at once after a vote; without one it can never be voted on. */
      reveal: (params: { set: number }) => Outcome;
      /** Opens every set, or keeps those blind that were never open. Asks the person. */
      setBlind: (params: { blind: boolean }) => Outcome;
      act: (params: { action: CellAction; cell: CellAddress }) => Outcome;
      /** Draws again what failed, was cancelled or lost; without a place, of the whole set. */
      retry: (params: { set: number; place: number | null }) => Outcome;
      /** Cancels what is not drawn yet; without a place, of the whole set. */
      cancel: (params: { set: number; place: number | null }) => Outcome;
      actOnAll: (params: { action: ComparisonAction }) => Outcome;
      /** Saves all as one PNG; what is blind stays without a name. */
      exportSheet: (params: { pictures: 'fixed' | 'raw' }) => Outcome;
      /** By its place in the list; refused while it has no name. */
      makeDefault: (params: { contender: number }) => Outcome;
    };
    notices: {
      /** Something went wrong in the page that nobody there can mend: for the log. */
      fault: string;
    };
  };
  page: {
    requests: Nothing;
    notices: {
      content: Snapshot<CompareContent>;
      /** All open cells that are being drawn. */
      live: readonly LiveCell[];
    };
  };
};
