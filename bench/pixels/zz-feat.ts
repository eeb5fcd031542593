import sharp from 'sharp';
import fs from 'node:fs';
import { stripsAlong } from '../../src/pixels/fix/grid/strips.ts';
import { profileOf } from '../../src/pixels/fix/grid/edges.ts';
import { candidatesOf, extentOf } from '../../src/pixels/fix/grid/candidates.ts';
const meta = JSON.parse(fs.readFileSync('/tmp/fixcache/meta.json', 'utf8'));
const step = +(process.argv[2] ?? 5);
const pick = meta.filter((m: any, k: number) => m.size == 16 || (m.i * 5 + k) % step === 0);
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
  const ex = extentOf(px),
    ey = extentOf(py);
  const span = Math.max(ex[1] - ex[0], ey[1] - ey[0]);
  const c = tm('cand', () => candidatesOf(image, [px, py], [span / m.size, 1024 / m.size], 4));
  out.push({
    m,
    span,
    tot: px.total + py.total,
    rows: c.map((r: any) => ({
      p: r.combs[0].pitch,
      cov: r.coverage,
      q: r.residual,
      r: span / r.combs[0].pitch / m.size,
      ok: Math.abs(r.combs[0].pitch / m.pitch - 1) < 0.015,
    })),
  });
}
fs.writeFileSync('/tmp/fixcache/feat.json', JSON.stringify(out));
for (const k in T) {
  const a = T[k].sort((a: number, b: number) => a - b);
  console.log(k, a[a.length >> 1].toFixed(2), a[a.length - 1].toFixed(2));
}
