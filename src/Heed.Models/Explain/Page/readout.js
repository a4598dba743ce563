// The exact number under the pointer, and the strongest weights of the row or column it stands in.
const strongestShown = 6;

function drawReadout() {
  const map = currentMap();
  const place = focus();
  byId('readout').replaceChildren(...(place ? headline(map, place) : [element('p', {}, 'The strongest weights of this map')]));
  byId('strongest').replaceChildren(...(place ? strongestAlong(map, place) : strongestOfAll(map)));
}

function headline(map, { query, key }) {
  if (query === null) return [element('p', {}, word(map.keys, key), ' is looked at by')];
  if (key === null) return [element('p', {}, word(map.queries, query), ' looks at')];
  const number = map.hides(query, key) ? 'hidden' : map.at(query, key).toFixed(map.decimals);
  return [
    element('p', { class: 'number' }, number),
    element('p', {}, word(map.queries, query), map.hides(query, key) ? ' may not look ahead at ' : ' looks at ', word(map.keys, key)),
  ];
}

// A token with its place in the sentence, since a token may come twice.
const placed = (tokens, index, longest) => [...spelled(tokens[index], longest), element('sub', {}, String(index + 1))];
const word = (tokens, index) => element('span', { class: 'word' }, ...placed(tokens, index, 40));

function strongestAlong(map, { query, key }) {
  const along = query === null ? map.queries : map.keys;
  const weights = along.map((_, i) => query === null ? map.at(i, key) : map.at(query, i));
  const picked = query === null ? null : key;
  return largest(weights).map(i => row(placed(along, i, 24), weights[i], map.decimals, i === picked));
}

function strongestOfAll(map) {
  const name = i => [...placed(map.queries, Math.floor(i / map.keys.length), 16), ' → ', ...placed(map.keys, i % map.keys.length, 16)];
  return largest(map.weights).map(i => row(name(i), map.weights[i], map.decimals, false));
}

function largest(weights) {
  const order = [...weights.keys()].filter(i => weights[i] > 0);
  return order.sort((a, b) => weights[b] - weights[a] || a - b).slice(0, strongestShown);
}

function row(name, weight, decimals, picked) {
  const bar = element('span', { class: 'bar' });
  bar.style.width = `${100 * weight}%`;
  return element('li', { class: picked ? 'picked' : null },
    element('span', { class: 'token' }, ...name), element('span', { class: 'track' }, bar),
    element('span', { class: 'value' }, weight.toFixed(decimals)));
}

focusViews.push(drawReadout);
