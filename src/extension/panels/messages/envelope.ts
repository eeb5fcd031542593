/** Marks our messages among those that the editor, extensions of a browser or other frames post. */
const MARK = 'dgx-pixels';

interface Head {
  mark: typeof MARK;
  /** The page's load that the message belongs to: a reloaded page is another one. */
  instance: string;
}

export interface RequestMessage extends Head {
  kind: 'request';
  id: number;
  name: string;
  params: unknown;
}

export interface ReplyMessage extends Head {
  kind: 'reply';
  id: number;
  result: unknown;
}

export interface ErrorMessage extends Head {
  kind: 'error';
  id: number;
  code: string;
  message: string;
}

export interface CancelMessage extends Head {
  kind: 'cancel';
  id: number;
}

export interface NoticeMessage extends Head {
  kind: 'notice';
  name: string;
  value: unknown;
}

export type Envelope = RequestMessage | ReplyMessage | ErrorMessage | CancelMessage | NoticeMessage;

type Headless<M> = M extends Envelope ? Omit<M, keyof Head> : never;

/** Puts the mark and the page's instance to a message. */
export function seal(instance: string, message: Headless<Envelope>): Envelope {
  return { mark: MARK, instance, ...message };
}

/** The message when it is one of ours and whole, else null. */
export function openEnvelope(data: unknown): Envelope | null {
  if (typeof data !== 'object' || data === null) return null;
  const message = data as Partial<Record<string, unknown>>;
  if (message['mark'] !== MARK || typeof message['instance'] !== 'string') return null;
  const numbered = typeof message['id'] === 'number';
  const named = typeof message['name'] === 'string';
  const whole = {
    request: numbered && named,
    reply: numbered,
    error:
      numbered && typeof message['code'] === 'string' && typeof message['message'] === 'string',
    cancel: numbered,
    notice: named,
  };
  const { kind } = message;
  if (typeof kind !== 'string' || !Object.hasOwn(whole, kind)) return null;
  return whole[kind as keyof typeof whole] ? (data as Envelope) : null;
}
