// node append-process.ts FILE FIRST COUNT: appends votes as a window of its own would
import { DiskVotes } from '../../../../src/extension/votes/disk-votes.ts';
import { vote } from '../../project/votes/events.ts';

const [path = '', first = '0', count = '0'] = process.argv.slice(2);
const votes = new DiskVotes(path);
for (let number = 0; number < Number(count); number += 1) {
  await votes.append(vote(Number(first) + number, ['a', 'b'], ['a']));
}
