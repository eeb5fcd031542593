import { LeaderboardPage } from './leaderboard-page.ts';

customElements.define('dgx-leaderboard', LeaderboardPage);
