import { userInfo } from 'node:os';
import { SETTINGS } from '../ids.ts';
import { setting } from '../settings/settings.ts';

/** Longest name that a vote takes. */
const MOST = 200;

/** Under what name a person votes here: the setting's, else that of the operating system. */
export function voterName(): string {
  return named(setting(SETTINGS.voter)) ?? named(systemName()) ?? 'me';
}

function named(text: string): string | null {
  const name = text.trim().slice(0, MOST);
  return name === '' ? null : name;
}

function systemName(): string {
  try {
    return userInfo().username;
  } catch {
    // Containers run users that no list names.
    return '';
  }
}
