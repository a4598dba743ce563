// The map once more, as two lines of tokens: above the tokens looked at, below those that look, and links between.
const weakest = { picked: 0.02, all: 0.1 }; // weaker links would only grey the picture
const lines = { wrapped: false, keys: [], queries: [] }; // where the tokens stand, inside #pair
let sentencesDrawn = null;

function drawSentences() {
  const wanted = `${state.example}/${state.kind}`;
  if (sentencesDrawn !== wanted) fillSentences();
  sentencesDrawn = wanted;
  measureLines();
}

function fillSentences() {
  const [keysName, queriesName] = state.kind === 'cross' ? ['Source', 'Translation'] : ['Looked at', 'Looks'];
  byId('keys-name').textContent = keysName;
  byId('queries-name').textContent = queriesName;
  byId('kind-reading').textContent = kinds[state.kind].reading;
  fillLine('keys-line', keysOf(state.example, state.kind), key => ({ query: null, key }));
  fillLine('queries-line', queriesOf(state.example, state.kind), query => ({ query, key: null }));
  const probable = state.kind === 'cross' ? explanations[state.example].logProbabilities : undefined;
  if (probable) addProbabilities(probable);
  byId('pair-note').textContent = 'Pick a token to see only its links.' +
    (probable ? ' The bar under a translated token is the probability the model gave it.' : '');
}

function fillLine(id, tokens, placeOf) {
  byId(id).replaceChildren(...tokens.map((token, index) => {
    const place = placeOf(index);
    return element('button', {
      type: 'button', class: isMark(token) ? 'chip special' : 'chip', tabindex: index === 0 ? 0 : -1,
      onclick: () => pin(place), onblur: () => look({ hover: null }), onpointerleave: () => look({ hover: null }),
      onpointerenter: event => { if (event.pointerType === 'mouse') look({ hover: place }); },
      onfocus: event => { if (event.target.matches(':focus-visible')) look({ hover: place }); },
    }, ...spelled(token, 24));
  }));
}

function addProbabilities(logProbabilities) {
  [...byId('queries-line').children].forEach((chip, i) => {
    const probability = Math.exp(logProbabilities[i] ?? -Infinity);
    const bar = element('span', {});
    bar.style.width = `${100 * probability}%`;
    chip.title = `probability ${probability.toFixed(4)}`;
    chip.append(element('span', { class: 'probability' }, bar));
  });
}

// Long sentences take several rows; links between all of them would cross the text, so only a picked token has any.
function measureLines() {
  const pair = byId('pair');
  const boxesOf = id => [...byId(id).children].map(chip => chip.getBoundingClientRect());
  const breaks = boxes => boxes.at(-1).top > boxes[0].top + 4;
  pair.classList.remove('wrapped');
  lines.wrapped = breaks(boxesOf('keys-line')) || breaks(boxesOf('queries-line'));
  pair.classList.toggle('wrapped', lines.wrapped);
  const origin = pair.getBoundingClientRect();
  const within = box => ({ middle: box.left + box.width / 2 - origin.left, top: box.top - origin.top, bottom: box.bottom - origin.top });
  lines.keys = boxesOf('keys-line').map(within);
  lines.queries = boxesOf('queries-line').map(within);
}

// The row or column that is picked: how much each token on the other side has to do with it.
function markSentences() {
  const map = currentMap();
  const { query = null, key = null } = focus() ?? {};
  tint('keys-line', map, key, query === null ? null : i => map.at(query, i));
  tint('queries-line', map, query, query === null && key !== null ? i => map.at(i, key) : null);
  byId('links').replaceChildren(...linksFor(map, query, key));
}

function tint(id, map, picked, weightOf) {
  const colour = scaleOf(map);
  [...byId(id).children].forEach((chip, i) => {
    const weight = weightOf ? weightOf(i) : 0;
    const rgb = weight >= 0.01 ? colour(weight) : null;
    chip.style.backgroundColor = rgb ? css(rgb) : '';
    chip.style.color = rgb ? inkOn(rgb) : '';
    chip.classList.toggle('looked', i === picked && !weightOf);
    chip.classList.toggle('framed', i === picked && weightOf !== null);
    chip.setAttribute('aria-pressed', i === picked);
    chip.dataset.weight = weight >= 0.05 ? weight.toFixed(2).replace(/^0/, '') : '';
  });
}

function linksFor(map, query, key) {
  const nothingPicked = query === null && key === null;
  if (nothingPicked && lines.wrapped) return [];
  const threshold = nothingPicked ? weakest.all : weakest.picked;
  const paths = [];
  map.weights.forEach((weight, i) => {
    const [q, k] = [Math.floor(i / map.keys.length), i % map.keys.length];
    const wanted = nothingPicked || (query !== null ? q === query : k === key);
    if (wanted && weight >= threshold) paths.push(link(lines.keys[k], lines.queries[q], weight));
  });
  return paths;
}

function link(from, to, weight) {
  const bend = (to.top - from.bottom) / 2;
  const across = to.middle - from.middle;
  const numbers = [from.middle, from.bottom, bend, across, bend, across, 2 * bend].map(number => number.toFixed(1));
  const [x, y, ...curve] = numbers;
  return svgElement('path', {
    d: `M${x} ${y}c0 ${curve.join(' ')}`,
    'stroke-opacity': (0.1 + 0.9 * weight).toFixed(3), 'stroke-width': (0.75 + 4.25 * weight).toFixed(2),
  });
}

// Arrow keys walk along a line, which is one stop of the tab key; the token with the focus shows its links.
function walkLine(event) {
  const chips = [...event.currentTarget.children];
  const here = chips.indexOf(event.target);
  const next = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: chips.length - 1 }[event.key];
  if (event.key === 'Escape') look({ pin: null, hover: null });
  if (!chips[next]) return;
  event.preventDefault();
  chips[here].tabIndex = -1;
  chips[next].tabIndex = 0;
  chips[next].focus();
}

for (const id of ['keys-line', 'queries-line']) byId(id).addEventListener('keydown', walkLine);

views.push(drawSentences);
focusViews.push(markSentences);
