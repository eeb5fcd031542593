import fs from 'node:fs';
import {loadTruths,defaultFolder} from './truth.ts'; import {degrade,CONDITIONS} from './degrade.ts'; import {decode} from './case.ts';
import {stripsAlong,deeper} from '../../src/pixels/fix/grid/strips.ts';
import {profileOf} from '../../src/pixels/fix/grid/edges.ts';
import {candidatesOf,extentOf,sumsFor} from '../../src/pixels/fix/grid/candidates.ts';
const ts=loadTruths(defaultFolder());
for(const n of process.argv.slice(3)){const t=ts.find(t=>t.name.includes(n))!;const c=CONDITIONS.find(c=>c.name===process.argv[2])!;
const d=await degrade(t.image,t.name,c);fs.writeFileSync('/tmp/show_'+n+'.jpg',d.file);const img=await decode(d.file);
console.log(t.name,d.pitch,d.origin);
for(const times of [1,4]){const p=(['x','y'] as const).map(a=>profileOf(deeper(stripsAlong(img,a),times))) as any;
const e=p.map(extentOf);const sums=sumsFor(img,p);
console.log('times',times,'noise',p[0].noise.toFixed(2),p[1].noise.toFixed(2),'total',p.map((q:any)=>q.total.toFixed(1)).join(),'ext',e.map((q:any)=>q.map((v:number)=>v.toFixed(0))).join(' '));
for(const r of candidatesOf(p,sums,[Math.max(e[0][1]-e[0][0],e[1][1]-e[1][0])/t.size,64],4*times))console.log('   ',r.combs[0].pitch.toFixed(2),r.coverage.toFixed(3),r.residual.toFixed(3),Math.abs(r.combs[0].pitch/d.pitch[0]-1)<.02?'<==':'')}
}
