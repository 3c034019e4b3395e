'use strict';
/* ---- words ---- */

function rates() {
  const tile = (name, label, side) => {
    const f = find(name);
    if (!f) return [];
    const more = [`95 %: ${limits(f)}`, `of ${f.n.toLocaleString('en')} answers`, beside(f)];
    return [el('div', { class: `tile ${side}` }, label,
      el('b', {}, known(f) ? percent(f.value) : 'not measured'),
      el('span', {}, (known(f) ? more : [beside(f)]).filter(Boolean).join(' · ')))];
  };
  at('rates').replaceChildren(...tile('harmful.refusal', 'Refused of what is harmful ▲', 'harmful'),
    ...tile('benign.refusal', 'Refused of what is harmless ▼', 'benign'));
  at('checks').replaceChildren(...data.checks.map(c => el('p',
    { class: c.kept ? 'check' : 'check failed' },
    c.kept ? `✓ kept: ${c.what}` : `✗ failed: ${c.reason}`)));
  const said = variant().stands_out;
  at('out').replaceChildren(...(said.length ? said : ['Nothing beyond chance.'])
    .map(words => el('li', {}, words)));
  at('all').replaceChildren(table('All figures', ['Figure', 'Value', '95 %', 'n', 'Undecided',
    'Failed', 'Note'], variant().figures.map(f => [f.path.join('.'), number(f, f.value), limits(f),
    f.n, f.undecided, f.failed, f.note || ''])));
}

/* ---- a second judge, and people ---- */

function others() {
  at('s-others').hidden = !data.opinions.length;
  at('others').replaceChildren(...data.opinions.flatMap(o => {
    const rows = ['all', 'harmful', 'benign'].flatMap(arm => under(o.rater, arm)
      .map(f => [`${arm}: ${group(last(f))}`, number(f, f.value), limits(f), f.n, f.note || '']));
    const differ = o.disagreements.filter(d => d.variant === variant().name);
    return [el('h3', {}, `${o.rater === 'people' ? 'People' : 'A second judge'}: ${o.by}`),
      el('div', { class: 'wide' }, table('Agreement', ['', 'Value', '95 %', 'n', 'Note'], rows)),
      el('details', {}, el('summary', {},
        `${differ.length.toLocaleString('en')} answers on which they differ; some may be harmful`),
      el('div', { class: 'wide' }, table('Differences', ['Case', 'Judge', 'Other', 'Reply'],
        differ.map(d => [d.case, d.judge, d.other, d.reply]))))];
  }));
}

/* ---- trials ---- */

function filled(id, any, options) {
  at(id).replaceChildren(el('option', { value: '' }, any),
    ...options.map(([value, label]) => el('option', { value }, label)));
}

const distinct = key => [...new Set(data.trials.map(t => t[key]).filter(Boolean))].sort()
  .map(value => [value, group(value)]);

function filters() {
  filled('f-wrong', 'all, wrong ones first', [['any', 'anything'],
    ...Object.entries(data.wrong).filter(([id]) => data.trials.some(t => t.wrong.includes(id)))
      .map(([id, words]) => [id, words])]);
  filled('f-verdict', 'any', distinct('verdict'));
  filled('f-right', 'anything', distinct('right'));
  filled('f-section', 'all', distinct('section'));
  filled('f-hazard', 'all', distinct('hazard'));
  at('trials').addEventListener('submit', event => event.preventDefault());
  let waiting = 0;
  at('trials').addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => list(PAGE), 120);
  });
  at('more').addEventListener('click', () => {
    const before = at('list').children.length;
    list(before + PAGE);
    const next = at('list').children[before];
    if (next) next.querySelector('h3').focus();
  });
}

function matching() {
  const words = at('f-text').value.toLowerCase().split(/\s+/).filter(Boolean);
  const [wrong, verdict, right, section, hazard] = ['f-wrong', 'f-verdict', 'f-right', 'f-section',
    'f-hazard'].map(id => at(id).value);
  return data.trials.filter(t => t.variant === variant().name
    && (!wrong || (wrong === 'any' ? t.wrong.length : t.wrong.includes(wrong)))
    && (!verdict || t.verdict === verdict) && (!right || t.right === right)
    && (!section || t.section === section) && (!hazard || t.hazard === hazard)
    && words.every(word => text(t).includes(word)));
}

function text(t) {
  t.searched ??= [t.id, t.section, t.hazard, t.why, ...t.rounds.flatMap(r => [r.said, r.text])]
    .join('\n').toLowerCase();
  return t.searched;
}

function list(count) {
  const found = matching();
  at('found').textContent = `${found.length.toLocaleString('en')} trials, `
    + `${found.filter(t => t.wrong.length).length.toLocaleString('en')} of them went wrong`
    + (data.left_out ? `; ${data.left_out.toLocaleString('en')} more are in the run file alone` : '');
  const shown = found.slice(0, count);
  const there = [...at('list').children];
  const same = there.every((node, i) => shown[i] && node.trial === shown[i]);
  if (!same) at('list').replaceChildren();
  at('list').append(...shown.slice(same ? there.length : 0).map(trial));
  at('more').hidden = shown.length === found.length;
}

function trial(t) {
  const sign = t.wrong.length ? '✗' : t.verdict === 'undecided' || t.verdict === 'failed' ? '?' : '✓';
  const tags = [t.section, t.hazard && group(t.hazard), `right: ${t.right}`, `came: ${t.verdict}`,
    t.epoch > 1 && `time ${t.epoch}`].filter(Boolean).map(words => el('span', {}, words));
  const made = el('article', t.wrong.length ? { class: 'wrong' } : {},
    el('h3', { tabindex: '-1' }, `${sign} ${t.id}`),
    el('div', { class: 'tags' }, ...t.wrong.map(id => el('b', {}, data.wrong[id])), ...tags),
    ...(t.why ? [el('p', { class: 'note' }, t.why)] : []), ...t.rounds.flatMap(round),
    ...(t.failure ? [el('p', { class: 'said' }, `no answer: ${t.failure}`)] : []));
  made.trial = t;
  return made;
}

function round(r, i) {
  const asked = [el('p', { class: 'said' }, i ? `Push ${i}: ${group(r.tactic)}` : 'Asked'),
    el('p', { class: 'words', dir: 'auto' }, r.said)];
  if (r.text === null) return asked;
  const reply = el('p', { class: 'words reply', dir: 'auto' }, ...marked(r),
    ...(r.cut ? [el('small', {}, ` [${r.cut.toLocaleString('en')} more characters]`)] : []));
  const words = `Reply · ${r.verdict}`;
  return [...asked, ...(r.fold
    ? [el('details', {}, el('summary', {}, `${words} · may be harmful: show it`), reply)]
    : [el('p', { class: 'said' }, words), reply])];
}

/** The words that show a refusal stand out; stretches that overlap are one. */
function marked(r) {
  const parts = [];
  let done = 0;
  for (const [start, end, act] of r.marks) {
    if (end <= done) continue;
    parts.push(r.text.slice(done, Math.max(start, done)));
    parts.push(el('mark', { title: group(act) }, r.text.slice(Math.max(start, done), end)));
    done = end;
  }
  return [...parts, r.text.slice(done) || (parts.length ? '' : '(no words)')];
}

/* ---- all of it ---- */

const plots = () => [plane, curve, pressure, triggers, same].forEach(draw => draw());

function all() {
  rates();
  others();
  heat();
  plots();
  list(PAGE);
}

at('about').textContent = data.about;
at('choice').hidden = data.variants.length < 2;
at('variant').replaceChildren(...data.variants.map((v, i) => el('option', { value: i }, v.label)));
at('variant').addEventListener('change', event => {
  chosen = Number(event.target.value);
  all();
});
filters();
all();
let width = window.innerWidth;
window.addEventListener('resize', () => {
  if (Math.abs(window.innerWidth - width) > 24) {
    width = window.innerWidth;
    plots();
  }
});
