'use strict';

// A small dungeon: find the key, open the door, take the Moon Gem. Every picture is assets/<name>.png.

const TILE = 32;
const COLUMNS = 15;
const ROWS = 11;

const SPRITES = [
  'floor',
  'wall',
  'knight',
  'mage',
  'slime',
  'fire-slime',
  'door',
  'chest',
  'torch',
  'tree',
  'key',
  'coin',
  'potion',
  'sword',
  'shield',
  'gem',
  'heart',
];

// # wall, T torch on a wall, D door, . floor, K knight, C chest with the key, o coin, P potion, W sword, H shield,
// s slime, f fire slime, t tree, M the mage who keeps the gem
const ROOMS = [
  [
    '####T#####T####',
    '#K....#.....o.#',
    '#.....#.......#',
    '#..W..#..s....#',
    '#.....#.......#',
    '##.####...###.#',
    '#.........#o..#',
    '#..o...s..#...D',
    '#.........#...#',
    '#.P.......#.C.#',
    '###############',
  ],
  [
    '##T#########T##',
    '#o...#...#...o#',
    '#....#.s.#....#',
    '#..s.......C..#',
    '##.###.#.###.##',
    'K.............#',
    '##.###.#.###.##',
    '#..f.......s..#',
    '#....#.H.#....#',
    '#P...#...#...o#',
    '#######D#######',
  ],
  [
    '####T##K##T####',
    '#o....#.#....o#',
    '#.t...#.#...t.#',
    '#.....f.......#',
    '###.#######.###',
    '#C.....s.....P#',
    '#..t.......t..#',
    '##########f####',
    '#o....###.....#',
    '#..M..D..f..o.#',
    '####T##########',
  ],
];

const PICKUPS = { o: 'coin', P: 'potion', W: 'sword', H: 'shield' };
const MONSTERS = { s: 'slime', f: 'fire-slime' };
const SPEED = { knight: 108, slime: 42, 'fire-slime': 64 };
const HARM = { slime: 1, 'fire-slime': 2 };
const MOST_HEALTH = 6;
const KEYS = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  KeyW: [0, -1],
  KeyS: [0, 1],
  KeyA: [-1, 0],
  KeyD: [1, 0],
};

const canvas = document.getElementById('room');
const context = canvas.getContext('2d');
const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
const darkness = document.createElement('canvas');
const images = {};
const held = new Set();
let game;

function loadSprites() {
  const missing = [];
  const loads = SPRITES.map(
    name =>
      new Promise(resolve => {
        const image = new Image();
        images[name] = image;
        image.onload = resolve;
        image.onerror = () => {
          missing.push(name);
          resolve();
        };
        image.src = `assets/${name}.png`;
      }),
  );
  return Promise.all(loads).then(() => missing);
}

function newGame() {
  game = { health: MOST_HEALTH, score: 0, bag: [], over: false, room: 0 };
  enterRoom(0);
  say('Arrow keys or WASD move, Space swings the sword.');
}

/** Reads a room's map into what stands, lies and walks in it. */
function enterRoom(number) {
  Object.assign(game, {
    room: number,
    solid: [],
    things: [],
    monsters: [],
    hurtUntil: 0,
    swing: 0,
  });
  ROOMS[number].forEach((line, row) => {
    [...line].forEach((mark, column) => {
      const place = { x: column * TILE, y: row * TILE };
      if ('#T'.includes(mark)) game.solid.push({ ...place, name: 'wall', torch: mark === 'T' });
      if (mark === 'D') game.solid.push({ ...place, name: 'door' });
      if (mark === 'C') game.solid.push({ ...place, name: 'chest' });
      if (mark === 't') game.solid.push({ ...place, name: 'tree' });
      if (mark === 'M') game.solid.push({ ...place, name: 'mage' });
      if (mark === 'K') game.knight = { ...place, facing: [0, 1] };
      if (mark in PICKUPS) game.things.push({ ...place, name: PICKUPS[mark] });
      if (mark in MONSTERS) {
        game.monsters.push({ ...place, name: MONSTERS[mark], turn: 0, facing: [0, 0] });
      }
    });
  });
  drawDisplay();
}

/** Whether two 32-pixel bodies overlap by more than `slack` pixels on both axes. */
function touches(a, b, slack = 6) {
  return Math.abs(a.x - b.x) < TILE - slack && Math.abs(a.y - b.y) < TILE - slack;
}

function blocked(body) {
  const outside =
    body.x < 0 || body.y < 0 || body.x > (COLUMNS - 1) * TILE || body.y > (ROWS - 1) * TILE;
  return outside ? 'edge' : game.solid.find(solid => touches(body, solid));
}

/** Moves along one axis at a time, so that a body slides along a wall. Returns what stopped it. */
function move(body, [dx, dy], distance) {
  let stop;
  for (const [axis, delta] of [
    ['x', dx * distance],
    ['y', dy * distance],
  ]) {
    if (delta === 0) continue;
    body[axis] += delta;
    const obstacle = blocked(body);
    if (obstacle === undefined) continue;
    body[axis] -= delta;
    stop = obstacle;
  }
  return stop;
}

function moveKnight(seconds) {
  let [dx, dy] = [0, 0];
  for (const code of held) {
    dx += KEYS[code][0];
    dy += KEYS[code][1];
  }
  dx = Math.sign(dx);
  dy = Math.sign(dy);
  if (dx === 0 && dy === 0) return;
  const { knight } = game;
  knight.facing = [dx, dy];
  const length = Math.hypot(dx, dy);
  // A body as wide as the gap it wants through: it is drawn to the middle of its row or column.
  if (dx === 0) knight.x += nudge(knight.x, seconds);
  if (dy === 0) knight.y += nudge(knight.y, seconds);
  const obstacle = move(knight, [dx / length, dy / length], SPEED.knight * seconds);
  if (obstacle) meet(obstacle);
}

function nudge(position, seconds) {
  const off = Math.round(position / TILE) * TILE - position;
  return Math.abs(off) < 11 ? Math.sign(off) * Math.min(Math.abs(off), 60 * seconds) : 0;
}

function meet(obstacle) {
  const { name } = obstacle;
  if (name === 'chest' && !obstacle.open) {
    obstacle.open = true;
    take('key', 'The chest held a golden key.');
  }
  if (name === 'door' && game.bag.includes('key')) {
    game.bag.splice(game.bag.indexOf('key'), 1);
    game.score += 10;
    if (game.room + 1 < ROOMS.length) {
      enterRoom(game.room + 1);
      say('The door falls shut behind you.');
    } else {
      game.solid = game.solid.filter(solid => solid.name !== 'door');
      say('The last door is open: the old mage waits behind it.');
    }
    drawDisplay();
  } else if (name === 'door') {
    say('Locked. There must be a key somewhere.');
  }
  if (name === 'mage' && !game.over) {
    game.score += 50;
    take('gem', '');
    end('You hold the Moon Gem', `The mage smiles. Score: ${game.score}. Enter plays again.`);
  }
}

function take(name, message) {
  if (name === 'coin') game.score += 5;
  else if (name === 'potion') game.health = Math.min(MOST_HEALTH, game.health + 3);
  else game.bag.push(name);
  if (message) say(message);
  drawDisplay();
}

const FOUND = {
  coin: 'A gold coin.',
  potion: 'The potion mends you.',
  sword: 'A sword! Space swings it.',
  shield: 'The shield halves what hits you.',
};

function pickUp() {
  game.things = game.things.filter(thing => {
    if (!touches(game.knight, thing, 12)) return true;
    if (thing.name === 'potion' && game.health === MOST_HEALTH) return true;
    take(thing.name, FOUND[thing.name]);
    return false;
  });
}

function moveMonsters(seconds, now) {
  for (const monster of game.monsters) {
    const near = Math.hypot(game.knight.x - monster.x, game.knight.y - monster.y) < 3.5 * TILE;
    if (now > monster.turn) {
      monster.turn = now + 500 + Math.random() * 900;
      const angle = near
        ? Math.atan2(game.knight.y - monster.y, game.knight.x - monster.x)
        : Math.floor(Math.random() * 4) * (Math.PI / 2);
      monster.facing = [Math.cos(angle), Math.sin(angle)];
    }
    if (move(monster, monster.facing, SPEED[monster.name] * seconds)) monster.turn = 0;
    if (touches(game.knight, monster, 10) && now > game.hurtUntil) hurt(monster, now);
  }
}

function hurt(monster, now) {
  const harm = game.bag.includes('shield')
    ? Math.floor(HARM[monster.name] / 2)
    : HARM[monster.name];
  game.hurtUntil = now + 1000;
  game.health -= harm;
  say(harm === 0 ? 'The shield holds.' : `The ${monster.name.replace('-', ' ')} hurts you.`);
  const away = [Math.sign(game.knight.x - monster.x), Math.sign(game.knight.y - monster.y)];
  move(game.knight, away, 12);
  drawDisplay();
  if (game.health <= 0) end('The dungeon keeps you', `Score: ${game.score}. Enter tries again.`);
}

function swing(now) {
  if (!game.bag.includes('sword') || now < game.swing) return;
  game.swing = now + 250;
  const [dx, dy] = game.knight.facing;
  const blade = { x: game.knight.x + dx * 26, y: game.knight.y + dy * 26 };
  const before = game.monsters.length;
  game.monsters = game.monsters.filter(monster => !touches(blade, monster, 2));
  game.score += 10 * (before - game.monsters.length);
  drawDisplay();
}

function end(title, text) {
  game.over = true;
  showCurtain(title, text);
}

function say(text) {
  document.getElementById('message').textContent = text;
}

function showCurtain(title, text, command) {
  const curtain = document.getElementById('curtain');
  curtain.querySelector('h1').textContent = title;
  curtain.querySelector('p').textContent = text;
  curtain.querySelector('code').hidden = command === undefined;
  curtain.querySelector('code').textContent = command ?? '';
  curtain.hidden = false;
}

function drawDisplay() {
  const picture = (name, spent) => {
    const image = images[name].cloneNode();
    image.alt = name;
    image.className = spent ? 'spent' : '';
    return image;
  };
  const hearts = Array.from({ length: MOST_HEALTH / 2 }, (_, heart) => {
    const image = picture('heart', game.health <= heart * 2);
    image.style.opacity = game.health === heart * 2 + 1 ? '0.6' : '1';
    return image;
  });
  document.getElementById('hearts').replaceChildren(...hearts);
  document.getElementById('bag').replaceChildren(...game.bag.map(name => picture(name, false)));
  document.getElementById('score').textContent = `${game.score}`;
}

/** Draws a sprite centred in its cell, on whole pixels. */
function draw(name, { x, y }, lift = 0) {
  const image = images[name];
  const left = Math.round(x + (TILE - image.width) / 2);
  context.drawImage(image, left, Math.round(y + (TILE - image.height) / 2 - lift));
}

function drawRoom(now) {
  context.imageSmoothingEnabled = false;
  for (let y = 0; y < ROWS; y++) {
    for (let x = 0; x < COLUMNS; x++) draw('floor', { x: x * TILE, y: y * TILE });
  }
  for (const solid of game.solid) {
    context.globalAlpha = solid.open ? 0.45 : 1;
    draw(solid.name, solid);
    context.globalAlpha = 1;
    if (solid.torch) draw('torch', solid);
  }
  const bob = calm ? 0 : Math.round(Math.sin(now / 250));
  for (const thing of game.things) draw(thing.name, thing, bob);
  game.monsters.forEach((monster, place) => {
    draw(monster.name, monster, calm ? 0 : Math.abs(Math.round(2 * Math.sin(now / 160 + place))));
  });
  const blinks = now < game.hurtUntil && !calm && Math.floor(now / 100) % 2 === 0;
  if (!blinks) draw('knight', game.knight);
  if (now < game.swing) {
    const [dx, dy] = game.knight.facing;
    draw('sword', { x: game.knight.x + dx * 24, y: game.knight.y + dy * 24 });
  }
  drawLight(now);
}

/** Darkness with holes around the torches and the knight. */
function drawLight(now) {
  context.globalCompositeOperation = 'multiply';
  // Setting the size clears it.
  darkness.width = canvas.width;
  darkness.height = canvas.height;
  const light = darkness.getContext('2d');
  light.fillStyle = '#6a6488';
  light.fillRect(0, 0, darkness.width, darkness.height);
  light.globalCompositeOperation = 'lighter';
  const lamps = game.solid.filter(solid => solid.torch).map(({ x, y }) => ({ x, y, reach: 120 }));
  for (const { x, y, reach } of [...lamps, { ...game.knight, reach: 90 }]) {
    const flicker = calm ? 0 : 4 * Math.sin(now / 130 + x);
    const glow = light.createRadialGradient(x + 16, y + 16, 8, x + 16, y + 16, reach + flicker);
    glow.addColorStop(0, 'rgb(255 200 130 / 60%)');
    glow.addColorStop(1, 'rgb(255 180 90 / 0%)');
    light.fillStyle = glow;
    light.fillRect(0, 0, darkness.width, darkness.height);
  }
  context.drawImage(darkness, 0, 0);
  context.globalCompositeOperation = 'source-over';
}

let before = 0;
function frame(now) {
  const seconds = Math.min(0.05, (now - before) / 1000);
  before = now;
  if (!game.over) {
    moveKnight(seconds);
    pickUp();
    moveMonsters(seconds, now);
  }
  drawRoom(now);
  requestAnimationFrame(frame);
}

function fit() {
  const room = Math.min(innerWidth / canvas.width, (innerHeight - 90) / canvas.height);
  document.documentElement.style.setProperty('--scale', Math.max(1, Math.floor(room)));
}

addEventListener('keydown', event => {
  if (event.code in KEYS) held.add(event.code);
  if (event.code === 'Space' && game && !game.over) swing(performance.now());
  if (event.code === 'Enter' && game?.over) {
    document.getElementById('curtain').hidden = true;
    newGame();
  }
  if (event.code in KEYS || event.code === 'Space') event.preventDefault();
});
addEventListener('keyup', event => held.delete(event.code));
addEventListener('blur', () => held.clear());
addEventListener('resize', fit);

fit();
loadSprites().then(missing => {
  if (missing.length > 0) {
    showCurtain(
      'The sprites are not drawn yet',
      `${missing.length} of ${SPRITES.length} files are missing in assets/ (${missing.slice(0, 4).join(', ')}${missing.length > 4 ? ', …' : ''}). Draw them, then load this page again:`,
      'npm start   or   dgx-pixels demo',
    );
    return;
  }
  newGame();
  requestAnimationFrame(frame);
});
