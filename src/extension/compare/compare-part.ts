/*
 * A bundle of its own, dist/extension-compare.cjs: comparisons of models, their panels, votes and the leaderboard. An editor in
 * which nothing is compared does not load it.
 */
export { useTranslations } from '../l10n.ts';
export { LeaderboardPanels, voteStoreFor } from '../votes/votes-part.ts';
export { recipesInProject } from '../project/items-in-project.ts';
export { comparing } from './comparing.ts';
export { parseProjectFile } from '../../project/project-file/parse.ts';
