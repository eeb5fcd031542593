import { uuid7 } from '../../src/client/uuid7.ts';
import type { Lane } from '../../src/protocol/jobs.ts';
import type { Recipe } from '../../src/protocol/recipe.ts';
import type { CommittedEvent } from '../../src/worker/store/event-log.ts';
import { Journal } from '../../src/worker/store/journal.ts';
import { migrate } from '../../src/worker/store/migrate.ts';
import { Database } from '../../src/worker/store/sqlite.ts';
import { someRecipe } from './recipes.ts';

/** A journal in memory, and the events that it has published. */
export function openMemoryJournal() {
  const database = new Database(':memory:');
  migrate(database);
  const journal = new Journal(database, '/nowhere');
  const events: CommittedEvent[] = [];
  journal.events.onCommitted(event => events.push(event));
  return { database, journal, events };
}

/** Adds a job of equal runs, or of runs of given recipes. @returns its id */
export function addJob(
  journal: Journal,
  options: {
    lane?: Lane;
    runs?: number;
    checkpoint?: string;
    id?: string;
    recipes?: readonly Partial<Recipe>[];
  } = {},
): string {
  const id = options.id ?? uuid7();
  const { checkpoint = 'a' } = options;
  const recipes: readonly Partial<Recipe>[] =
    options.recipes ?? Array.from({ length: options.runs ?? 1 }, () => ({ checkpoint }));
  journal.jobs.create({
    id,
    kind: 'generate',
    lane: options.lane ?? 'interactive',
    title: 'sword',
    project: null,
    group: null,
    spec: { kind: 'generate', items: [{ recipe: { prompt: 'sword' }, count: 1 }] },
    specDigest: 'x',
    retryLost: 'once',
    runs: recipes.map((recipe, index) => ({
      name: null,
      recipe: someRecipe({ seed: index, ...recipe }),
      drawDigest: 'd',
      recipeDigest: 'r',
      warnings: [],
    })),
  });
  return id;
}
