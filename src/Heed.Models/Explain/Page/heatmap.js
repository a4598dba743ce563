// The large map: cells on a canvas, tokens along both axes in an SVG above it.
const plot = { cell: 0, left: 0, top: 0 }; // the size of a cell and where the first one starts, in CSS pixels
const axisFont = 12;

const pixelsOf = (() => {
  const context = document.createElement('canvas').getContext('2d');
  return text => {
    context.font = `${axisFont}px ${getComputedStyle(document.body).fontFamily}`;
    return context.measureText(text).width;
  };
})();

const widest = labels => Math.max(...labels.map(pixelsOf));

function drawHeatmap() {
  const map = currentMap();
  byId('map-heading').textContent = `Layer ${state.layer + 1}, ${headName(state.head)}`;
  byId('hidden-key').hidden = !map.causal;
  byId('map').setAttribute('aria-label',
    `${kinds[state.kind].name}, layer ${state.layer + 1}, ${headName(state.head)}: ` +
    `${map.queries.length} rows that look, ${map.keys.length} columns. The table below holds all numbers.`);
  paint(byId('cells'), map);
  drawLegend(map);
  layOut(map);
}

function layOut(map) {
  const narrow = byId('map-box').clientWidth < 560;
  const rowLabels = map.queries.map(token => shown(token, narrow ? 9 : 16));
  const columnLabels = map.keys.map(token => shown(token, narrow ? 9 : 16));
  plot.left = Math.ceil(widest(rowLabels)) + 10;
  const room = byId('map-box').clientWidth - plot.left - 2;
  const slanted = widest(columnLabels) * 0.64; // what the last slanted label needs at the right
  const tallest = Math.max(560, 0.72 * window.innerHeight) / map.queries.length;
  plot.cell = Math.floor(Math.min((room - slanted) / map.keys.length, tallest, 56));
  const upright = plot.cell < 18;
  if (upright) plot.cell = clamp(Math.floor(room / map.keys.length), 4, 17);
  const flat = widest(columnLabels) < plot.cell - 4;
  plot.top = Math.ceil(flat ? axisFont + 6 : widest(columnLabels) * (upright ? 1 : 0.77) + 12);

  const [width, height] = [map.keys.length * plot.cell, map.queries.length * plot.cell];
  const fullWidth = plot.left + width + Math.max(2, flat || upright ? 0 : Math.ceil(slanted));
  setSize(byId('map'), fullWidth, plot.top + height + 2);
  setSize(byId('cells'), width, height);
  byId('cells').style.transform = `translate(${plot.left}px, ${plot.top}px)`;
  const turn = flat ? 0 : upright ? -90 : -50;
  byId('axes').replaceChildren(
    gridLines(map), ...rowTexts(rowLabels), ...columnTexts(columnLabels, turn), ...cellNumbers(map),
    svgElement('rect', { class: 'band', id: 'row-band' }), svgElement('rect', { class: 'band', id: 'column-band' }),
    svgElement('rect', { class: 'frame', id: 'cell-frame' }));
}

function setSize(node, width, height) {
  node.style.width = `${width}px`;
  node.style.height = `${height}px`;
}

// Where cells are lower than a line of text, only every second or third label is drawn; the looked-at one always is.
function labelClass(index) {
  return index % Math.ceil((axisFont - 1) / plot.cell) === 0 ? 'label' : 'label thinned';
}

const middleOf = index => (index + 0.5) * plot.cell;

function rowTexts(labels) {
  return labels.map((label, query) => svgElement('text', {
    class: labelClass(query), 'data-query': query, 'text-anchor': 'end', 'dominant-baseline': 'central',
    x: plot.left - 6, y: plot.top + middleOf(query),
  }, ...axisText(label)));
}

const axisText = label => lettered(label, part => svgElement('tspan', { class: 'joint' }, part));

function columnTexts(labels, turn) {
  return labels.map((label, key) => {
    const [x, y] = [plot.left + middleOf(key), plot.top - 6];
    const place = turn === 0 ? { x, y, 'text-anchor': 'middle' }
      : { x, y, 'dominant-baseline': 'central', transform: `rotate(${turn} ${x} ${y})` };
    return svgElement('text', { class: labelClass(key), 'data-key': key, ...place }, ...axisText(label));
  });
}

function gridLines(map) {
  if (plot.cell < 9) return svgElement('g');
  const [right, bottom] = [plot.left + map.keys.length * plot.cell, plot.top + map.queries.length * plot.cell];
  let lines = '';
  for (let key = 1; key < map.keys.length; key++) lines += `M${plot.left + key * plot.cell} ${plot.top}V${bottom}`;
  for (let query = 1; query < map.queries.length; query++) lines += `M${plot.left} ${plot.top + query * plot.cell}H${right}`;
  return svgElement('path', { class: 'grid', d: lines });
}

// Large cells have room for their number, to two decimals; the readout has all of them.
function cellNumbers(map) {
  if (plot.cell < 34) return [];
  const colour = scaleOf(map);
  return Array.from(map.weights, (weight, i) => {
    const [query, key] = [Math.floor(i / map.keys.length), i % map.keys.length];
    return weight < 0.005 ? null : svgElement('text', {
      class: 'cell-number', 'text-anchor': 'middle', 'dominant-baseline': 'central', fill: inkOn(colour(weight)),
      x: plot.left + middleOf(key), y: plot.top + middleOf(query),
    }, weight.toFixed(2).replace(/^0/, ''));
  }).filter(text => text !== null);
}

function drawLegend(map) {
  const top = scaleTop(map);
  const ramp = element('div', { class: 'ramp-colours' });
  ramp.style.background = `linear-gradient(to right, ${ramps[theme()].filter((_, i) => i % 15 === 0).map(css)})`;
  const ticks = (state.stretch ? [0, 0.05, 0.25, 0.5, 1].map(part => part * top) : [0, 0.05, 0.25, 0.5, 1]).map(weight => {
    const tick = element('span', {}, state.stretch ? weight.toFixed(3).replace(/\.?0+$/, '') : String(weight));
    tick.style.left = `${100 * placeOnScale(weight, top)}%`;
    return tick;
  });
  byId('ramp').replaceChildren(ramp, element('div', { class: 'ticks' }, ...ticks));
}

views.push(drawHeatmap);
