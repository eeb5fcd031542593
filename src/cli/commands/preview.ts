import type { Command } from 'commander';
import { type CommandHost, makeCommand } from './command.ts';

/** `preview`: shows an image in the terminal. */
export function previewCommand(_host: CommandHost): Command {
  return makeCommand('preview', 'show an image in the terminal', ['preview assets/sword.png']);
}
