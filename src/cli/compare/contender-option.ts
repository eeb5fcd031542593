import { type ContenderText, parseContenderText } from '../../project/compare/contender-text.ts';
import { asArgumentError } from '../options.ts';

/** Reads a contender as `--contender` takes it. */
export const parseContender: (text: string) => ContenderText = asArgumentError(parseContenderText);
