// The quickest way to the same files that sharp's interface offers: decoded once and no larger than needed, raw pixels in
// between, each size from the one before. Usage: node sharp.mjs MODULES PHOTOS OUT THREADS IN-FLIGHT
import { createRequire } from 'node:module';
import { readdirSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const [modules, photos, out, threads, inFlight] = process.argv.slice(2);
const sharp = createRequire(join(modules, 'x.js'))('sharp');
sharp.concurrency(Number(threads));
sharp.cache(false);
mkdirSync(out, { recursive: true });

async function make(name) {
  const base = join(out, name.replace(/\.jpg$/, ''));
  const jobs = [];
  let at = sharp(join(photos, name)).autoOrient().resize({ width: 2240, kernel: 'cubic' }).toColourspace('srgb');
  for (const width of [2240, 1600, 960, 480]) {
    if (width !== 2240) at = at.resize({ width, kernel: 'cubic' });
    const { data, info } = await at.raw().toBuffer({ resolveWithObject: true });
    const pixels = { raw: { width: info.width, height: info.height, channels: info.channels } };
    jobs.push(sharp(data, pixels).jpeg({ quality: 82, optimiseCoding: true }).toFile(`${base}-${width}.jpg`));
    jobs.push(sharp(data, pixels).webp({ quality: 80, effort: 2 }).toFile(`${base}-${width}.webp`));
    at = sharp(data, pixels);
  }
  await Promise.all(jobs);
}

const names = readdirSync(photos).filter((n) => n.endsWith('.jpg')).sort();
await Promise.all(Array.from({ length: Number(inFlight) }, async () => {
  for (let n = names.shift(); n; n = names.shift()) await make(n);
}));
