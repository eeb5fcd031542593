const KIB = 1024;
const MIB = 1024 * KIB;

/** Hard limits of the wire. Both ends check them; what exceeds one gets a typed `too-large` error and changes nothing. */
export const LIMITS = {
  /** Bytes of the MessagePack frame of a request or event. */
  bodyBytes: 1 * MIB,
  /** Bytes of the MessagePack frame of a reply: the models of a server with tens of thousands of them come in one. */
  replyBytes: 8 * MIB,
  /** Frames of one request or reply: the body and its attachments. */
  frames: 4,
  /** Bytes of one attachment frame; larger artifacts travel in several calls. */
  artifactChunkBytes: 4 * MIB,
  /** Bytes of one artifact, all chunks together. */
  artifactBytes: 256 * MIB,
  /** Bytes of a message that libzmq reads at all; a peer that sends more is disconnected. */
  messageBytes: 16 * MIB,
  /** Bytes of one event frame: at most this much is copied inline by the socket library, more costs a hand-over. */
  eventBytes: 128,
  /** Characters of a prompt or negative prompt. */
  promptCharacters: 10_000,
  /** Runs that one job may expand to. */
  runsPerJob: 4096,
  /** Entries on one page of any list. */
  pageEntries: 200,
  /** Nesting of a MessagePack body. */
  bodyDepth: 32,
} as const;
