import { loadTruths, defaultFolder } from '/work/main/bench/pixels/truth.ts';
import { degrade, CONDITIONS } from '/work/main/bench/pixels/degrade.ts';
import fs from 'node:fs';
const ts = loadTruths(defaultFolder());
const meta: any[] = [];
const order = ts.map((t, i) => ({ t, i }));
for (const { t, i } of order)
  for (const c of CONDITIONS) {
    const d = await degrade(t.image, t.name, c);
    const f = `${i}_${c.name}.${c.quality === null ? 'png' : 'jpg'}`;
    fs.writeFileSync('/tmp/fixcache/' + f, d.file);
    meta.push({
      i,
      name: t.name,
      size: t.size,
      cond: c.name,
      pitch: d.pitch,
      origin: d.origin,
      file: f,
    });
  }
fs.writeFileSync('/tmp/fixcache/meta.json', JSON.stringify(meta));
