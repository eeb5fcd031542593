/* What the comparison's bundle has of votes, see compare-part.ts. */
export { LeaderboardPanels } from '../panels/leaderboard/leaderboard-panels.ts';
export { voteStoreFor } from './vote-store.ts';
