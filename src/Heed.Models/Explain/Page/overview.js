// Small multiples: a table of thumbnails, a layer a row, a head a column, the mean over heads first.
let overviewDrawn = null;

function drawOverview() {
  const wanted = [state.example, state.kind, state.stretch, theme()].join('/');
  if (overviewDrawn !== wanted) {
    byId('overview').replaceChildren(...overviewRows());
    document.body.dataset.maps = byId('overview').querySelectorAll('canvas').length;
    overviewDrawn = wanted;
  }
  for (const button of byId('overview').querySelectorAll('button')) {
    const chosen = Number(button.dataset.layer) === state.layer && button.dataset.head === String(state.head);
    button.setAttribute('aria-pressed', chosen);
    button.tabIndex = chosen ? 0 : -1;
  }
}

function overviewRows() {
  const heads = [mean, ...headsOf(state.example, state.kind)];
  const titles = heads.map(head => element('th', { scope: 'col' }, head === mean ? 'mean' : String(head + 1)));
  const rows = layersOf(state.example, state.kind).map(layer => element('tr', {},
    element('th', { scope: 'row' }, String(layer + 1)),
    ...heads.map(head => element('td', {}, ...thumbnail(layer, head)))));
  const corner = element('td', { class: 'corner' }, 'layer \\ head');
  return [element('thead', {}, element('tr', {}, corner, ...titles)), element('tbody', {}, ...rows)];
}

function thumbnail(layer, head) {
  const map = mapAt(state.example, state.kind, layer, head);
  if (!map) return [];
  const canvas = element('canvas', { 'aria-hidden': 'true' });
  paint(canvas, map);
  canvas.classList.toggle('fine', map.keys.length > 24); // shrunk rather than enlarged: blur is better than lost lines
  const name = `Layer ${layer + 1}, ${headName(head)}`;
  const button = element('button', { type: 'button', 'aria-label': name, title: name, onclick: () => select({ layer, head }) }, canvas);
  Object.assign(button.dataset, { layer, head });
  return [button];
}

// One pixel a cell; the browser enlarges it without blur.
function paint(canvas, map) {
  canvas.width = map.keys.length;
  canvas.height = map.queries.length;
  const image = new ImageData(canvas.width, canvas.height);
  const colour = scaleOf(map);
  map.weights.forEach((weight, i) => {
    const hidden = map.hides(Math.floor(i / canvas.width), i % canvas.width);
    image.data.set(colour(weight), 4 * i);
    image.data[4 * i + 3] = hidden ? 0 : 255;
  });
  canvas.getContext('2d').putImageData(image, 0, 0);
}

byId('overview').addEventListener('keydown', event => {
  const cell = event.target.closest('td');
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  if (!cell || !step) return;
  event.preventDefault();
  const row = byId('overview').rows[cell.parentElement.rowIndex + step[0]];
  const button = row?.cells[cell.cellIndex + step[1]]?.querySelector('button');
  button?.click();
  button?.focus();
});

views.push(drawOverview);
