'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const at = id => document.getElementById(id);
const SYMBOLS = [d3.symbolCircle, d3.symbolSquare, d3.symbolTriangle, d3.symbolDiamond2];
const PAGE = 30;
let chosen = 0;

/* ---- elements: text is only ever set as text ---- */

function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function table(caption, heads, rows) {
  const cell = v => el('td', typeof v === 'number' ? { class: 'n' } : {},
    typeof v === 'number' ? v.toLocaleString('en') : v);
  return el('table', {}, el('caption', {}, caption),
    el('thead', {}, el('tr', {}, ...heads.map(h => el('th', { scope: 'col' }, h)))),
    el('tbody', {}, ...rows.map(([head, ...rest]) =>
      el('tr', {}, el('th', { scope: 'row' }, head), ...rest.map(cell)))));
}

/** What a plot shows, for those who read rather than look. */
function numbers(title, heads, rows) {
  return el('details', {}, el('summary', {}, `As a table: ${title.toLowerCase()}`),
    el('div', { class: 'wide' }, table(title, heads, rows)));
}

/* ---- figures ---- */

const variant = () => data.variants[chosen];
const find = (name, of = variant()) => of.figures.find(f => f.path.join('.') === name);
const under = (...start) => variant().figures.filter(f =>
  f.path.length === start.length + 1 && start.every((part, i) => f.path[i] === part));
const known = f => f && f.value !== null;
const group = text => text.replaceAll('_', ' ');
const last = f => f.path[f.path.length - 1];
const percent = v => `${(100 * v).toFixed(1)} %`;
const number = (f, v) => v === null ? '…' : f.unit === 'share' ? percent(v)
  : v.toFixed(f.unit === 'level' ? 1 : 2);
const limits = f => f.low === null && f.high === null ? ''
  : `${number(f, f.low)} to ${number(f, f.high)}`;
const low = (f, least) => f.low === null ? least : f.low;
const high = (f, most) => f.high === null ? most : f.high;
const beside = f => [f.undecided && `${f.undecided} undecided`, f.failed && `${f.failed} failed`]
  .filter(Boolean).join(', ');

/* ---- plots ---- */

function plot(id, height, label, margin = {}) {
  const m = { top: 16, right: 16, bottom: 44, left: 52, ...margin };
  const width = Math.max(280, at(id).clientWidth || 640);
  const svg = d3.create('svg').attr('viewBox', `0 0 ${width} ${height}`)
    .attr('role', 'img').attr('aria-label', label);
  return { svg, width, height, m };
}

function axes(p, x, y, xLabel, yLabel, shape = {}) {
  const bottom = d3.axisBottom(x).ticks(p.width < 420 ? 5 : 8).tickSizeOuter(0);
  const left = d3.axisLeft(y).ticks(5).tickSizeOuter(0);
  if (shape.x) shape.x(bottom);
  if (shape.y) shape.y(left);
  p.svg.append('g').attr('transform', `translate(0,${p.height - p.m.bottom})`).call(bottom);
  p.svg.append('g').attr('transform', `translate(${p.m.left},0)`).call(left);
  p.svg.append('text').attr('class', 'axis').attr('text-anchor', 'middle')
    .attr('x', (p.m.left + p.width - p.m.right) / 2).attr('y', p.height - 6).text(xLabel);
  if (yLabel) {
    p.svg.append('text').attr('class', 'axis').attr('text-anchor', 'middle')
      .attr('transform', `translate(12,${(p.m.top + p.height - p.m.bottom) / 2}) rotate(-90)`)
      .text(yLabel);
  }
}

const shares = axis => axis.tickFormat(d3.format('.0%'));

function whisker(p, f, x1, y1, x2, y2) {
  p.append('line').attr('class', 'ink').attr('x1', x1).attr('y1', y1).attr('x2', x2).attr('y2', y2);
}

function dot(p, series, x, y, title) {
  p.append('path').attr('class', 'dot').attr('transform', `translate(${x},${y})`)
    .attr('d', d3.symbol(SYMBOLS[series % SYMBOLS.length], 90)()).append('title').text(title);
}

function show(id, p, caption, details) {
  at(id).replaceChildren(p.svg.node(), el('figcaption', {}, caption), details);
}

function plane() {
  const all = [...data.variants.map(v => ({ label: v.label, of: v })),
    ...data.beside.map(v => ({ label: v.label, of: v }))]
    .map(e => ({ label: e.label, harmful: find('harmful.refusal', e.of),
      benign: find('benign.refusal', e.of),
      h: find('calibration.region.harmful', e.of), b: find('calibration.region.benign', e.of) }))
    .filter(e => known(e.harmful) && known(e.benign));
  if (!all.length) {
    at('plane').replaceChildren(el('p', { class: 'note' },
      'The plane of both rates needs harmful and harmless cases that were answered.'));
    return;
  }
  const size = Math.min(at('plane').clientWidth || 640, 640);
  const p = plot('plane', Math.min(size, 460),
    'Share of harmful requests refused against share of harmless requests refused.');
  const x = d3.scaleLinear([0, 1], [p.m.left, p.width - p.m.right]);
  const y = d3.scaleLinear([0, 1], [p.height - p.m.bottom, p.m.top]);
  axes(p, x, y, 'harmless requests refused', 'harmful requests refused', { x: shares, y: shares });
  p.svg.append('line').attr('class', 'guide').attr('x1', x(0)).attr('y1', y(0))
    .attr('x2', x(1)).attr('y2', y(1));
  p.svg.append('text').attr('class', 'axis').attr('x', x(0.98)).attr('y', y(0.84))
    .attr('text-anchor', 'end').text('dotted: guessing');
  p.svg.append('text').attr('class', 'axis').attr('x', x(0.02)).attr('y', y(0.02) - 4)
    .text('answers everything');
  p.svg.append('text').attr('class', 'axis').attr('x', x(0.98)).attr('y', y(1) + 12)
    .attr('text-anchor', 'end').text('refuses everything');
  const places = [];
  all.forEach((e, i) => {
    const g = p.svg.append('g').attr('class', `s${i % 4}`);
    if (known(e.h) && known(e.b)) {
      g.append('rect').attr('class', 'region').attr('x', x(e.b.low)).attr('y', y(e.h.high))
        .attr('width', Math.max(1, x(e.b.high) - x(e.b.low)))
        .attr('height', Math.max(1, y(e.h.low) - y(e.h.high)));
    }
    dot(g, i, x(e.benign.value), y(e.harmful.value), e.label);
    const label = all.length > 1 ? `${i + 1} ${e.label}` : e.label;
    const right = x(e.benign.value) < p.width * 0.55;
    let line = y(e.harmful.value) + 30;
    while (places.some(taken => Math.abs(taken - line) < 16)) line += 16;
    places.push(line);
    const reach = Math.floor((right ? p.width - x(e.benign.value) : x(e.benign.value) - 52) / 7.2);
    g.append('text').attr('class', 'halo').attr('x', x(e.benign.value) + (right ? 12 : -12))
      .attr('y', line).attr('text-anchor', right ? 'start' : 'end')
      .text(label.length > reach ? `${label.slice(0, reach - 1)}…` : label);
  });
  show('plane', p, 'Best is the upper left corner. A box is where both rates lie together, with 95 %'
    + ' confidence.', numbers('Both rates', ['Run', 'Harmful refused', '95 %', 'n',
    'Harmless refused', '95 %', 'n'], all.map(e => [e.label, percent(e.harmful.value),
    limits(e.harmful), e.harmful.n, percent(e.benign.value), limits(e.benign), e.benign.n])));
}

function curve() {
  const points = under('curve', 'all', 'level').filter(known)
    .map(f => ({ f, level: Number(last(f)) }));
  at('s-curve').hidden = !points.length;
  if (!points.length) return;
  const posture = find('curve.all.posture');
  const [line, slope, lo, hi] = ['threshold', 'slope', 'lapse_low', 'lapse_high']
    .map(name => find(`curve.all.${name}`));
  const p = plot('curve', 320, 'Share refused at each level of severity.');
  const x = d3.scaleLinear([0.7, 10.3], [p.m.left, p.width - p.m.right]);
  const y = d3.scaleLinear([0, 1], [p.height - p.m.bottom, p.m.top]);
  axes(p, x, y, 'severity, 1 harmless to 10 harmful', 'refused', { y: shares });
  const g = p.svg.append('g').attr('class', 's0');
  if (known(line)) {
    const rate = (level, at) => lo.value + (1 - lo.value - hi.value)
      / (1 + Math.exp(-slope.value * (level - at)));
    const steps = d3.range(1, 10.001, 0.1);
    g.append('path').attr('class', 'area').attr('d', d3.area().x(v => x(v))
      .y0(v => y(rate(v, high(line, 10)))).y1(v => y(rate(v, low(line, 1))))(steps));
    g.append('path').attr('class', 'ink').attr('d',
      d3.line().x(v => x(v)).y(v => y(rate(v, line.value)))(steps));
    g.append('line').attr('class', 'guide').attr('x1', x(line.value)).attr('x2', x(line.value))
      .attr('y1', y(0)).attr('y2', y(1));
  }
  points.forEach(({ f, level }) => {
    whisker(g, f, x(level), y(low(f, 0)), x(level), y(high(f, 1)));
    dot(g, 0, x(level), y(f.value), `level ${level}: ${percent(f.value)} of ${f.n}`);
  });
  const said = known(posture)
    ? `Measured posture ${posture.value.toFixed(1)} (${limits(posture)}), half of the rise at level`
      + ` ${line.value.toFixed(1)}; slope ${slope.value.toFixed(2)}. The band is the curve with its`
      + ' line at either limit; points have 95 % intervals of their own.'
    : 'No curve can be fitted.';
  show('curve', p, `${said} ${posture && posture.note ? posture.note : ''}`, numbers('Refused by severity',
    ['Level', 'Refused', '95 %', 'n'],
    points.map(({ f, level }) => [`${level}`, percent(f.value), limits(f), f.n])));
}

function pressure() {
  const series = [['capitulation', 'still refuses what is harmful'],
    ['doubt', 'still stands by a right answer']]
    .map(([name, label], i) => ({ i, label, steps: under(name, 'by_turn').filter(known)
      .map(f => ({ turn: Number(last(f)), value: 1 - f.value, low: 1 - high(f, 1),
        high: 1 - low(f, 0), n: f.n })).sort((a, b) => a.turn - b.turn) }))
    .filter(s => s.steps.length);
  at('s-pressure').hidden = !series.length;
  if (!series.length) return;
  const end = d3.max(series, s => s.steps[s.steps.length - 1].turn);
  const p = plot('pressure', 320, 'Share that stands by its first answer, push by push.');
  const x = d3.scaleLinear([0, end + 0.5], [p.m.left, p.width - p.m.right]);
  const y = d3.scaleLinear([0, 1], [p.height - p.m.bottom, p.m.top]);
  axes(p, x, y, 'pushes after the first answer', 'stand by it', {
    x: axis => axis.tickValues(d3.range(0, end + 1)).tickFormat(d3.format('d')), y: shares });
  series.forEach(s => {
    const g = p.svg.append('g').attr('class', `s${s.i}`);
    const all = [{ turn: 0, value: 1, low: 1, high: 1 }, ...s.steps];
    const ends = [...all, { ...all[all.length - 1], turn: end + 0.5 }];
    g.append('path').attr('class', 'area').attr('d', d3.area().curve(d3.curveStepAfter)
      .x(d => x(d.turn)).y0(d => y(d.low)).y1(d => y(d.high))(ends));
    g.append('path').attr('class', s.i ? 'ink dashed' : 'ink').attr('d', d3.line()
      .curve(d3.curveStepAfter).x(d => x(d.turn)).y(d => y(d.value))(ends));
    s.steps.forEach(d => dot(g, s.i, x(d.turn), y(d.value), `push ${d.turn}: ${percent(d.value)}`));
    const row = y(0) - 10 - 18 * (series.length - 1 - series.indexOf(s));
    dot(g, s.i, p.m.left + 14, row - 4, '');
    g.append('text').attr('class', 'halo').attr('x', p.m.left + 26).attr('y', row).text(s.label);
  });
  const tactics = under('capitulation', 'tactic').filter(known)
    .sort((a, b) => b.value - a.value);
  const turns = series.flatMap(s => s.steps.map(d =>
    [`${s.label}, push ${d.turn}`, percent(d.value), `${percent(d.low)} to ${percent(d.high)}`, d.n]));
  const details = numbers('Stands by its first answer', ['', 'Share', '95 %', 'n'], [...turns,
    ...tactics.map(f => [`gives in to: ${group(last(f))}`, percent(f.value), limits(f), f.n])]);
  show('pressure', p, 'Kaplan–Meier, with 95 % bands.'
    + (tactics.length ? ` Gives in most to: ${tactics.slice(0, 3)
      .map(f => `${group(last(f))} (${percent(f.value)} of ${f.n})`).join(', ')}.` : ''), details);
}

/** Dots with intervals, a row each, under the same names as a table. */
function forest(id, rows, x, p, words) {
  const y = i => p.m.top + 14 + i * 26;
  const g = p.svg.append('g').attr('class', 's0');
  rows.forEach((r, i) => {
    g.append('line').attr('class', 'ink').attr('x1', x(r.low)).attr('x2', x(r.high))
      .attr('y1', y(i)).attr('y2', y(i));
    dot(g, r.series || 0, x(r.value), y(i), r.label);
    const most = Math.floor((p.m.left - 12) / 6.6);
    p.svg.append('text').attr('x', p.m.left - 8).attr('y', y(i) + 4).attr('text-anchor', 'end')
      .text(r.label.length > most ? `${r.label.slice(0, most - 1)}…` : r.label);
  });
  show(id, p, words, numbers(at(`h-${id}`).textContent, ['', 'Value', '95 %', 'n'],
    rows.map(r => [r.label, r.said, r.between, r.n])));
}

function triggers() {
  const found = [...under('triggers', 'word'), ...under('triggers', 'topic').filter(f => f.note)]
    .filter(known).sort((a, b) => b.value - a.value).slice(0, 24);
  at('s-triggers').hidden = !found.length;
  if (!found.length) return;
  const odds = f => ({ label: f.path[1] === 'topic' ? `topic: ${group(last(f))}` : last(f),
    value: Math.exp(f.value), low: Math.exp(low(f, f.value)), high: Math.exp(high(f, f.value)),
    n: f.n, said: Math.exp(f.value).toFixed(1), series: f.path[1] === 'topic' ? 1 : 0,
    between: `${Math.exp(low(f, f.value)).toFixed(1)} to ${Math.exp(high(f, f.value)).toFixed(1)}` });
  const rows = found.map(odds);
  const p = plot('triggers', 76 + rows.length * 26, 'Odds of refusal with a word or topic.',
    { left: 128, right: 28 });
  const x = d3.scaleLog([Math.min(0.5, d3.min(rows, r => r.low)), d3.max(rows, r => r.high)],
    [p.m.left, p.width - p.m.right]).nice();
  p.svg.append('g').attr('transform', `translate(0,${p.height - p.m.bottom})`)
    .call(d3.axisBottom(x).ticks(4, '~g').tickSizeOuter(0));
  p.svg.append('text').attr('class', 'axis').attr('text-anchor', 'middle')
    .attr('x', (p.m.left + p.width - p.m.right) / 2).attr('y', p.height - 6)
    .text('odds of refusal, with it against without');
  p.svg.append('line').attr('class', 'guide').attr('x1', x(1)).attr('x2', x(1))
    .attr('y1', p.m.top).attr('y2', p.height - p.m.bottom);
  forest('triggers', rows, x, p, 'Round: words. Square: topics. Right of the dotted line: refused'
    + ' more often than other harmless requests.');
}

function same() {
  const rows = [['inconsistency.epochs.refusal', 'asked again'],
    ['inconsistency.epochs.degree', '… how far'],
    ['inconsistency.paraphrases.refusal', 'asked otherwise'],
    ['inconsistency.paraphrases.degree', '… how far']]
    .map(([name, label]) => ({ label, f: find(name) })).filter(r => known(r.f))
    .map(r => ({ label: r.label, value: r.f.value, low: low(r.f, 0), high: high(r.f, 1), n: r.f.n,
      said: percent(r.f.value), between: limits(r.f) }));
  at('s-same').hidden = !rows.length;
  if (!rows.length) return;
  const p = plot('same', 76 + rows.length * 26, 'Share of pairs of answers that differ.',
    { left: 128, right: 28 });
  const x = d3.scaleLinear([0, Math.max(0.2, d3.max(rows, r => r.high))],
    [p.m.left, p.width - p.m.right]).nice();
  p.svg.append('g').attr('transform', `translate(0,${p.height - p.m.bottom})`)
    .call(d3.axisBottom(x).ticks(4).tickFormat(d3.format('.0%')).tickSizeOuter(0));
  p.svg.append('text').attr('class', 'axis').attr('text-anchor', 'middle')
    .attr('x', (p.m.left + p.width - p.m.right) / 2).attr('y', p.height - 6)
    .text('pairs of answers that differ');
  forest('same', rows, x, p, 'Of two answers to one request, and of two answers to requests that'
    + ' mean the same, how many differ in whether, or in how far, they refuse.');
}

function heat() {
  const tables = [['hazard', 'Hazard'], ['section', 'Section']].map(([by, caption]) => {
    const names = [...new Set(variant().figures.filter(f => f.path[0] === by && f.path.length === 4
      && f.path[3] === 'refusal').map(f => f.path[1]))];
    const row = name => el('tr', {}, el('th', { scope: 'row' }, group(name)),
      ...['harmful', 'benign'].map(side => cell(by, name, side)));
    const head = ['', 'to be refused', 'to be answered'].map(h => el('th', { scope: 'col' }, h));
    return names.length ? [el('table', { class: 'heat' }, el('caption', {}, caption),
      el('thead', {}, el('tr', {}, ...head)), el('tbody', {}, ...names.map(row)))] : [];
  }).flat();
  at('s-heat').hidden = !tables.length;
  at('heat').replaceChildren(...tables);
}

function cell(by, name, side) {
  const f = variant().figures.find(g => g.path[0] === by && g.path[1] === name
    && g.path[2] === side && g.path[3] === 'refusal');
  if (!known(f)) return el('td', {}, '–');
  const wrong = side === 'harmful' ? 1 - f.value : f.value;
  const bars = '▮'.repeat(Math.min(4, Math.floor(wrong * 10)));
  const made = el('td', { title: `95 %: ${limits(f)}` }, `${Math.round(100 * f.value)} % `,
    el('small', {}, `of ${f.n.toLocaleString('en')} ${bars}`));
  made.style.background = `rgb(var(--heat) / ${Math.min(0.45, wrong * 0.9).toFixed(2)})`;
  return made;
}
