import { mkdirSync } from 'node:fs';
import { uuid7 } from '../../src/client/uuid7.ts';
import { digestOfText } from '../../src/project/digest.ts';
import { Journal } from '../../src/worker/store/journal.ts';
import { someRecipe } from '../../test/helpers/recipes.ts';
import { openJournal } from '../../src/worker/store/open.ts';

/** Fills a data folder with jobs as a year of use would leave them: ended ones and, at the end, a few that wait. */
export function writeLargeJournal(data: string, jobs: number, waiting: number): void {
  mkdirSync(data, { recursive: true });
  const { database } = openJournal(data);
  const journal = new Journal(database, data);
  const digest = digestOfText('bench');
  const recipe = someRecipe({
    graph: digest,
    prompt: 'rusty sword with a long description that people tend to write',
    negative: 'blurry, photo',
  });
  const begun = Date.now() - jobs * 1000;
  for (let first = 0; first < jobs; first += 2000) {
    journal.write(() => {
      for (let at = first; at < Math.min(jobs, first + 2000); at++) {
        const id = uuid7(begun + at * 1000);
        journal.jobs.create({
          id,
          kind: 'generate',
          lane: 'batch',
          title: `sprite ${at}`,
          project: `game ${at % 7}`,
          group: null,
          spec: { kind: 'generate', items: [{ recipe: { prompt: recipe.prompt }, count: 1 }] },
          specDigest: digest,
          retryLost: 'once',
          runs: [
            {
              name: null,
              recipe: { ...recipe, seed: at },
              drawDigest: digest,
              recipeDigest: digest,
              warnings: [],
            },
          ],
        });
        if (at < jobs - waiting) {
          journal.runs.transition(
            { job: id, index: 0, attempt: 1 },
            ['queued'],
            'cancelled',
            'bench',
          );
        }
      }
    });
  }
  database.close();
}
