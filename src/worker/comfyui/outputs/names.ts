/** Folder below an engine's output and input folders that our files go to, and nobody else's. */
export const OUR_FOLDER = 'dgx-pixels';

/**
 * Name of a run's picture, as SaveImage counts them.
 * @param place from 1
 */
export function outputName(promptId: string, place: number): string {
  return `${promptId}_${String(place).padStart(5, '0')}_.png`;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}_/;

/** True for a file that begins with a prompt id, as all of ours do. */
export function isOurName(name: string): boolean {
  return UUID.test(name) && !/[/\\]/.test(name);
}
