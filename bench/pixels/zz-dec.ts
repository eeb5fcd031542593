import sharp from 'sharp';
import fs from 'node:fs';
import { stripsAlong } from '../../src/pixels/fix/grid/strips.ts';
import { profileOf } from '../../src/pixels/fix/grid/edges.ts';
import { spectrumOf, peakPitches } from '../../src/pixels/fix/grid/spectrum.ts';
import { fitCombs, shareNear } from '../../src/pixels/fix/grid/comb.ts';
import { elasticLines, evenLines } from '../../src/pixels/fix/grid/lines.ts';
import { sumsOf, impurity } from '../../src/pixels/fix/grid/purity.ts';
const meta = JSON.parse(fs.readFileSync('/tmp/fixcache/meta.json', 'utf8'));
const only = process.argv[2];
const step = +(process.argv[3] ?? 7);
const pick = meta.filter(
  (m: any, k: number) => (!only || m.size == only || m.cond === only) && (m.i * 5 + k) % step === 0,
);
const T: any = {};
function tm(n: string, f: any) {
  const t = performance.now();
  const r = f();
  (T[n] ??= []).push(performance.now() - t);
  return r;
}
const out: any[] = [];
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
  const px = tm('px', () => profileOf(stripsAlong(image, 'x'))),
    py = tm('py', () => profileOf(stripsAlong(image, 'y')));
  const peaks = peakPitches(spectrumOf(px, py), [1, 1], [3, 140], 16);
  const sums = sumsOf(image, { x: 0, y: 0, width: 1024, height: 1024 }, 2);
  const rows: any[] = [];
  for (const p of peaks) {
    const c = fitCombs([px, py], [p, p], true);
    const pp = c[0].pitch;
    const w = Math.max(0.12, 1 / p);
    const s =
      (shareNear(px, c[0], w) * px.total + shareNear(py, c[1], w) * py.total) /
      (px.total + py.total);
    const cov = (s - 2 * w) / (1 - 2 * w);
    const L = [elasticLines(px, c[0]), elasticLines(py, c[1])] as any;
    const E = [evenLines(c[0], info.width), evenLines(c[1], info.height)] as any;
    const len = (px.total + py.total) * 4;
    const q = impurity(sums, L[0], L[1], 300) / (len * pp),
      qe = impurity(sums, E[0], E[1], 300) / (len * pp);
    rows.push({ p: pp, cov, q, qe, ok: Math.abs(pp / m.pitch - 1) < 0.012 });
  }
  const bc = Math.max(...rows.filter(r => r.p >= 5).map(r => r.cov));
  const good = rows.filter(r => r.cov >= 0.75 * bc).sort((a, b) => b.p - a.p);
  const qm = Math.min(...good.filter(r => r.p > 6).map(r => r.q), 9);
  const ch = good.find(r => r.q <= qm * 1.5 + 0.05) ?? good[0];
  out.push({ m, ch });
  if (!ch?.ok)
    console.log(
      m.i,
      m.name,
      m.size,
      m.cond,
      m.pitch.toFixed(2),
      'CHOSE',
      ch?.p.toFixed(2),
      'tot',
      px.total.toFixed(0),
      py.total.toFixed(0),
      '\n  ',
      rows
        .map(r =>
          [
            r.p.toFixed(2),
            r.cov.toFixed(2),
            r.q.toFixed(2),
            r.qe.toFixed(2),
            r.ok ? '<=' : '',
          ].join(' '),
        )
        .slice(0, 12)
        .join(' | '),
    );
  else if (process.env.V)
    console.log(
      m.i,
      m.size,
      m.cond,
      'ok cov',
      ch.cov.toFixed(2),
      'q',
      ch.q.toFixed(3),
      ch.qe.toFixed(3),
      'p/2:',
      rows
        .filter(r => Math.abs((r.p * 2) / m.pitch - 1) < 0.02)
        .map(r => r.cov.toFixed(2) + ' ' + r.q.toFixed(3))
        .join(),
      '2p',
      rows
        .filter(r => Math.abs(r.p / 2 / m.pitch - 1) < 0.02)
        .map(r => r.cov.toFixed(2) + ' ' + r.q.toFixed(3))
        .join(),
    );
}
const g: any = {};
for (const { m, ch } of out) {
  const k = m.size + ' ' + m.cond;
  (g[k] ??= [0, 0])[1]++;
  if (ch?.ok) g[k][0]++;
}
console.log(g);
for (const k in T) {
  const a = T[k].sort((a: number, b: number) => a - b);
  console.log(k, a[a.length >> 1].toFixed(2), a[a.length - 1].toFixed(2));
}
