// What is looked at on the large map: bands over its row and column, a frame and a tip at its cell, and how to get there
// by mouse, touch or keyboard.
function markCell() {
  const map = currentMap();
  const { query = null, key = null } = focus() ?? {};
  const [x, y] = [plot.left + key * plot.cell, plot.top + query * plot.cell];
  const [width, height] = [map.keys.length * plot.cell, map.queries.length * plot.cell];
  frame('row-band', query !== null, plot.left, y, width, plot.cell);
  frame('column-band', key !== null, x, plot.top, plot.cell, height);
  frame('cell-frame', query !== null && key !== null, x, y, plot.cell, plot.cell);
  markLabels(query, key);
  showTip(map, query, key, x, y);
}

function frame(id, visible, x, y, width, height) {
  const rect = byId(id);
  rect.classList.toggle('off', !visible);
  if (visible) for (const [name, value] of Object.entries({ x, y, width, height })) rect.setAttribute(name, value);
}

function markLabels(query, key) {
  for (const label of byId('axes').querySelectorAll('.label')) {
    const steps = 'query' in label.dataset ? apart(label.dataset.query, query) : apart(label.dataset.key, key);
    label.classList.toggle('looked', steps === 0);
    label.classList.toggle('crowded', steps > 0 && steps * plot.cell < axisFont - 1); // makes room for the looked-at one
  }
}

const apart = (index, looked) => looked === null ? Infinity : Math.abs(Number(index) - looked);

// Beside the cell, on the side where there is more room.
function showTip(map, query, key, x, y) {
  const tip = byId('tip');
  tip.hidden = query === null || key === null;
  if (tip.hidden) return;
  tip.replaceChildren(
    element('strong', {}, map.hides(query, key) ? 'hidden' : map.at(query, key).toFixed(map.decimals)),
    element('span', {}, ...spelled(map.queries[query], 20), ' → ', ...spelled(map.keys[key], 20)));
  const rightHalf = key >= map.keys.length / 2;
  tip.style.left = `${rightHalf ? x - 8 : x + plot.cell + 8}px`;
  tip.style.top = `${y + plot.cell / 2}px`;
  tip.style.transform = `translate(${rightHalf ? '-100%' : '0'}, -50%)`;
}

// Which cell lies under the pointer; over the labels, which row or column.
function placeAt(event) {
  const map = currentMap();
  const box = byId('map').getBoundingClientRect();
  const key = Math.floor((event.clientX - box.left - plot.left) / plot.cell);
  const query = Math.floor((event.clientY - box.top - plot.top) / plot.cell);
  const place = {
    query: query >= 0 && query < map.queries.length ? query : null,
    key: key >= 0 && key < map.keys.length ? key : null,
  };
  return place.query === null && place.key === null ? null : place;
}

function placeAfter(pressed) {
  const map = currentMap();
  const from = focus();
  const here = { query: from?.query ?? 0, key: from?.key ?? 0 };
  if (!from) return here;
  const [lastQuery, lastKey] = [map.queries.length - 1, map.keys.length - 1];
  return {
    ArrowUp: { ...here, query: Math.max(here.query - 1, 0) },
    ArrowDown: { ...here, query: Math.min(here.query + 1, lastQuery) },
    ArrowLeft: { ...here, key: Math.max(here.key - 1, 0) },
    ArrowRight: { ...here, key: Math.min(here.key + 1, lastKey) },
    Home: { ...here, key: 0 }, End: { ...here, key: lastKey },
    PageUp: { ...here, query: 0 }, PageDown: { ...here, query: lastQuery },
  }[pressed];
}

const movingKeys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown'];

function steer(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (movingKeys.includes(event.key)) look({ hover: placeAfter(event.key) });
  else if (event.key === 'Enter' || event.key === ' ') pin(focus());
  else if (event.key === 'Escape') look({ pin: null, hover: null });
  else return;
  event.preventDefault();
}

// A mouse hovers, and a click keeps. A finger cannot hover: where it rests or drags is kept.
let touching = false;

function point(event) {
  touching = event.pointerType === 'touch';
  look(touching ? { pin: placeAt(event), hover: null } : { hover: placeAt(event) });
}

byId('map').addEventListener('pointerdown', point);
byId('map').addEventListener('pointermove', point);
byId('map').addEventListener('pointerleave', () => look({ hover: null }));
byId('map').addEventListener('click', event => { if (!touching) pin(placeAt(event)); });
byId('map').addEventListener('keydown', steer);
byId('map').addEventListener('blur', () => look({ hover: null }));

focusViews.push(markCell);
