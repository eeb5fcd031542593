import type { VoteEvent } from '../../project/votes/vote-event.ts';

/** What tells one state of a file from another, without reading it. */
export interface Stamp {
  /** Bytes. */
  size: number;
  /** Differs after any write or replacement. */
  mark: string;
}

/** What an append did. */
export interface Appended {
  bytes: Uint8Array;
  before: Stamp;
  after: Stamp;
}

/** The file that votes lie in, wherever that is. */
export interface VoteFile {
  /** null while there is no file. */
  stamp(): Promise<Stamp | null>;
  /** Its bytes from the start, in pieces small enough that each can be looked at without anybody waiting. */
  pieces(): AsyncIterable<Uint8Array>;
  /**
   * Adds an event, makes sure that it is on the disk, and touches nothing that is there.
   * @throws Problem `not-writable`, `disk-full`
   */
  append(event: VoteEvent): Promise<Appended>;
}
