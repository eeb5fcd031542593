import { digestOfText } from '../digest.ts';

/** Names of the places in which a set's cells are shown, from the left. */
export const PLACE_NAMES = ['A', 'B', 'C', 'D'] as const;

/** What stands for the name of whoever drew a cell of a set that is blind. */
export const BLIND_CONTENDER = 'contender ?';

/** Number from 0 to 2^32 - 1 at a place of a digest's eight words. */
function wordOf(digest: string, place: number): number {
  return Number.parseInt(digest.slice(place * 8, place * 8 + 8), 16);
}

/**
 * The contenders of a set in the order of their places: a Fisher-Yates shuffle by the digest of job and set, so that it is the same after
 * every reload and tells nothing of who stands where.
 * @param job id of the comparison
 * @param contenders 2 to 4
 * @returns at each place, the place of its contender in the comparison's list
 */
export function shuffledPlaces(job: string, set: number, contenders: number): number[] {
  const digest = digestOfText(`places ${job} ${set}`);
  const places = Array.from({ length: contenders }, (_, place) => place);
  for (let last = contenders - 1; last > 0; last--) {
    const other = wordOf(digest, last) % (last + 1);
    [places[last], places[other]] = [places[other] ?? 0, places[last] ?? 0];
  }
  return places;
}

/** Name of the place at which a contender stands in a set. */
export function placeName(job: string, set: number, contenders: number, contender: number): string {
  return PLACE_NAMES[shuffledPlaces(job, set, contenders).indexOf(contender)] ?? '?';
}
