import { statSync } from 'node:fs';
import { packVsix } from '../test/e2e/vsix.ts';
import { type Activation, activationTimes } from './extension/activation.ts';
import { personTimes } from './extension/person.ts';
import { benchArguments, reportFigures } from './lib/report.ts';
import { summarise } from './lib/statistics.ts';

/*
 * The extension as it is shipped, in VS Code's web workbench: what it weighs, what its activation
 * costs, and how long a person waits.
 */

const { rounds, json } = benchArguments(5);
const vsix = packVsix();
const activation = await activationTimes(vsix, rounds);
const median = (of: (one: Activation) => number) => summarise(activation.map(of)).p50;
const { firstSpriteSeconds, eventToPaintMs } = await personTimes(vsix, rounds * 2);
reportFigures(
  {
    activation_ms: { value: median(({ loaded, activated }) => loaded + activated), atMost: 50 },
    activation_load_ms: { value: median(({ loaded }) => loaded) },
    activation_waited_ms: { value: median(({ waited }) => waited) },
    bundle_kb: {
      value: median(({ bytes }) => bytes) / 1000,
      atMost: 300,
    },
    vsix_mb: { value: statSync(vsix).size / 1e6, atMost: 4 },
    first_sprite_s: { value: firstSpriteSeconds, atMost: 60 },
    event_to_paint_ms: { value: summarise(eventToPaintMs).p50, atMost: 100 },
    event_to_paint_max_ms: { value: Math.max(...eventToPaintMs) },
  },
  json,
);
