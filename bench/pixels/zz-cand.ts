import sharp from 'sharp';
import fs from 'node:fs';
import { stripsAlong } from '../../src/pixels/fix/grid/strips.ts';
import { profileOf } from '../../src/pixels/fix/grid/edges.ts';
import { spectrumOf, peakPitches } from '../../src/pixels/fix/grid/spectrum.ts';
import { fitCombs, shareNear } from '../../src/pixels/fix/grid/comb.ts';
import { sumsOf, impurity } from '../../src/pixels/fix/grid/purity.ts';
const meta = JSON.parse(fs.readFileSync('/tmp/fixcache/meta.json', 'utf8'));
const pick = meta.filter((m: any, k: number) =>
  process.argv[2] ? m.i === +process.argv[2] : k % 67 === 3,
);
const T: any = {};
function tm(n: string, f: any) {
  const t = performance.now();
  const r = f();
  (T[n] ??= []).push(performance.now() - t);
  return r;
}
for (const m of pick) {
  const { data, info } = await sharp('/tmp/fixcache/' + m.file)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const image = {
    width: info.width,
    height: info.height,
    data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.length),
  };
  const sx = tm('sx', () => stripsAlong(image, 'x')),
    sy = tm('sy', () => stripsAlong(image, 'y'));
  const px = tm('px', () => profileOf(sx)),
    py = tm('py', () => profileOf(sy));
  const sp = tm('sp', () => spectrumOf(px, py));
  const peaks = tm('pk', () => peakPitches(sp, [1, 1], [3, 140], 16)) as number[];
  const sums = tm('sums', () => sumsOf(image, { x: 0, y: 0, width: 1024, height: 1024 }, 2));
  console.log(
    m.i,
    m.name,
    m.size,
    m.cond,
    'TRUE',
    m.pitch.toFixed(3),
    'noise',
    px.noise.toFixed(2),
    py.noise.toFixed(2),
    'tot',
    px.total.toFixed(0),
    py.total.toFixed(0),
  );
  let rows: any[] = [];
  for (const p of peaks) {
    const c = tm('fit', () => fitCombs([px, py], [p, p], true));
    const lines = (k: number) => {
      const L = k ? info.height : info.width;
      const r = [];
      for (let x = c[k].phase; x <= L; x += c[k].pitch) r.push(x);
      return Float64Array.from(r);
    };
    const imp = tm('imp', () => impurity(sums, lines(0), lines(1), 300));
    const w = Math.max(0.12, 1 / p);
    const s =
      (shareNear(px, c[0], w) * px.total + shareNear(py, c[1], w) * py.total) /
      (px.total + py.total);
    rows.push(
      [
        c[0].pitch.toFixed(2),
        c[0].phase.toFixed(1),
        c[1].phase.toFixed(1),
        'near',
        s.toFixed(2),
        'cov',
        ((s - 2 * w) / (1 - 2 * w)).toFixed(3),
        'imp',
        (imp / 1000).toFixed(2),
        Math.abs(c[0].pitch / m.pitch - 1) < 0.012 ? '<==' : '',
      ].join(' '),
    );
  }
  console.log('  ' + rows.join('\n  '));
}
for (const k in T) {
  const a = T[k].sort((a: number, b: number) => a - b);
  console.log(k, a[a.length >> 1].toFixed(2), a[a.length - 1].toFixed(2));
}
