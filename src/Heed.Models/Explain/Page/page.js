// The frame round the views: texts, choices, theme, printing, and the first drawing.
function drawSummary() {
  const explanation = explanations[state.example];
  byId('title').textContent = document.title = explanation.title;
  byId('source').textContent = explanation.source;
  byId('target').textContent = explanation.target;
  byId('target-name').textContent = explanation.forced ? 'Given translation' : 'Translation';
  byId('facts').textContent = facts(explanation).join(' · ');
  for (const tab of byId('examples').children) tab.setAttribute('aria-pressed', tab.dataset.example === String(state.example));
}

function facts({ model, logProbabilities, forced, targetTokens }) {
  const list = [];
  if (model) {
    list.push(model.name, `${model.layers} layers × ${model.heads} heads`, `${compact(model.parameters)} parameters`);
  }
  if (logProbabilities) {
    const sum = logProbabilities.reduce((total, value) => total + (value ?? -Infinity), 0);
    list.push(`log-probability ${signed(sum)} (${signed(sum / targetTokens.length)} a token)`);
  }
  list.push(forced ? 'the translation was given, the model only read it' : 'the model wrote the translation');
  return list;
}

const signed = number => number === -Infinity ? '−∞' : number.toFixed(2).replace('-', '−');

function compact(count) {
  const [size, name] = [[1e9, ' billion'], [1e6, ' million'], [1e3, ' thousand'], [1, '']].find(([size]) => count >= size) ?? [1, ''];
  return (count / size).toFixed(count >= 1e3 && count / size < 100 ? 1 : 0) + name;
}

function drawChoices() {
  for (const radio of byId('kinds').querySelectorAll('input')) {
    radio.checked = radio.value === state.kind;
    radio.parentElement.hidden = !kindsOf(state.example).includes(radio.value);
  }
  const layers = layersOf(state.example, state.kind);
  const heads = [mean, ...headsOf(state.example, state.kind)];
  fillChoice('layer', layers.map(layer => [layer, String(layer + 1)]), state.layer);
  fillChoice('head', heads.map(head => [head, head === mean ? 'mean over heads' : String(head + 1)]), state.head);
  byId('theme').textContent = theme() === 'dark' ? 'Light' : 'Dark';
  byId('theme').setAttribute('aria-label', `Switch to ${theme() === 'dark' ? 'light' : 'dark'} colours`);
}

function fillChoice(id, options, chosen) {
  byId(id).replaceChildren(...options.map(([value, text]) => element('option', { value, selected: value === chosen }, text)));
}

function buildChoices() {
  byId('kinds').append(...Object.entries(kinds).map(([value, { name, short }]) => element('label', {},
    element('input', { type: 'radio', name: 'kind', value, 'aria-label': name, onchange: () => select({ kind: value }) }),
    element('span', {}, short, element('span', { class: 'roomy' }, name.slice(short.length))))));
  byId('layer').addEventListener('change', event => select({ layer: Number(event.target.value) }));
  byId('head').addEventListener('change', event => select({ head: event.target.value === mean ? mean : Number(event.target.value) }));
  byId('stretch').addEventListener('change', event => select({ stretch: event.target.checked }));
  byId('controls').addEventListener('submit', event => event.preventDefault());
  byId('theme').addEventListener('click', () => setTheme(theme() === 'dark' ? 'light' : 'dark'));
  byId('examples').hidden = explanations.length < 2;
  byId('examples').append(...explanations.map((explanation, example) => {
    const tab = element('button', { type: 'button', onclick: () => select({ example }) }, explanation.title);
    tab.dataset.example = example;
    return tab;
  }));
}

function setTheme(name) {
  if (name) document.documentElement.dataset.theme = name;
  else delete document.documentElement.dataset.theme;
  select({});
}

// Paper is white and narrower than a screen: lay out for it, in light colours, and then go back.
function layOutForPrint() {
  const root = document.documentElement;
  let before;
  window.addEventListener('beforeprint', () => {
    before = root.dataset.theme;
    root.classList.add('printing');
    setTheme('light');
  });
  window.addEventListener('afterprint', () => {
    root.classList.remove('printing');
    setTheme(before);
  });
}

// A new width moves every cell and every token.
function redrawOnResize() {
  let width = window.innerWidth;
  window.addEventListener('resize', () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    select({});
  });
}

// With #check in the address the page draws everything that it holds and says how many maps it drew.
function drawEverything() {
  let maps = 0;
  explanations.forEach((_, example) => kindsOf(example).forEach(kind => {
    select({ example, kind });
    maps += Number(document.body.dataset.maps);
    layersOf(example, kind).forEach(layer => [mean, ...headsOf(example, kind)].forEach(head => select({ layer, head })));
  }));
  document.body.dataset.checked = maps;
}

function start() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  if (wanted.has('theme')) document.documentElement.dataset.theme = wanted.get('theme') === 'dark' ? 'dark' : 'light';
  byId('numbers').open = wanted.has('numbers');
  views.unshift(drawSummary, drawChoices);
  buildChoices();
  if (wanted.has('check')) drawEverything();
  else followAddress();
  window.addEventListener('hashchange', followAddress);
  prefersDark.addEventListener('change', () => select({}));
  layOutForPrint();
  redrawOnResize();
  document.body.dataset.ready = 'true';
}

start();
