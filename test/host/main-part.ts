import './extension.test.ts';
import './commands.test.ts';
import './connection.test.ts';
import './fix.test.ts';
import './lint.test.ts';
import './export.test.ts';
import './compare.test.ts';
import './leaderboard.test.ts';
