// What is shown now. Every change goes through select or look, and then the views draw.
const state = { example: 0, kind: 'cross', layer: 0, head: mean, stretch: false, pin: null, hover: null };

let drawing = false;
const views = []; // functions that draw from the state
const focusViews = []; // those that follow the token or cell that is looked at

function select(change) {
  Object.assign(state, change);
  settle();
  if ('example' in change || 'kind' in change) state.pin = state.hover = null; // other tokens
  drawing = true;
  for (const draw of views) draw();
  drawing = false;
  for (const draw of focusViews) draw();
  rememberInAddress();
}

// Hovering shows a token or cell for a moment; a pin keeps it. Either is {query, key}, one of which may be null.
function look(change) {
  Object.assign(state, change);
  if (drawing) return; // a focused token that is being replaced says goodbye; the drawing under way will follow
  for (const draw of focusViews) draw();
  if ('pin' in change) rememberInAddress();
}

const focus = () => state.hover ?? state.pin;
const samePlace = (a, b) => a?.query === b?.query && a?.key === b?.key;
const pin = place => look({ pin: place !== null && samePlace(place, state.pin) ? null : place });

const currentMap = () => mapAt(state.example, state.kind, state.layer, state.head);
const headName = head => head === mean ? 'mean over heads' : `head ${head + 1}`;

// The weight that has the strongest colour, and the colour of any weight.
const scaleTop = map => state.stretch ? Math.max(map.largest, 1 / weightUnit) : 1;
function scaleOf(map) {
  const [ramp, top] = [ramps[theme()], scaleTop(map)];
  return weight => ramp[Math.round(255 * placeOnScale(weight, top))];
}

// Keeps the choice possible when another explanation or kind has other layers and heads.
function settle() {
  state.example = clamp(state.example, 0, explanations.length - 1);
  const available = kindsOf(state.example);
  if (!available.includes(state.kind)) state.kind = available[0];
  const layers = layersOf(state.example, state.kind);
  if (!layers.includes(state.layer)) state.layer = layers.at(-1);
  if (state.head !== mean && !mapAt(state.example, state.kind, state.layer, state.head)) state.head = mean;
}

// The address carries the choice (#example=1&kind=cross&layer=3&head=mean&query=2&key=5, all counted from 1), so that a
// view can be sent to somebody.
function rememberInAddress() {
  const wanted = new URLSearchParams({
    example: state.example + 1, kind: state.kind, layer: state.layer + 1,
    head: state.head === mean ? mean : state.head + 1,
  });
  for (const side of ['query', 'key']) if (typeof state.pin?.[side] === 'number') wanted.set(side, state.pin[side] + 1);
  try { history.replaceState(null, '', '#' + wanted); } catch { /* a sandboxed frame has no history */ }
}

function followAddress() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const counted = name => Math.max(0, (parseInt(wanted.get(name), 10) || 1) - 1);
  select({
    example: counted('example'), kind: wanted.get('kind') ?? 'cross', layer: wanted.has('layer') ? counted('layer') : Infinity,
    head: !wanted.has('head') || wanted.get('head') === mean ? mean : counted('head'),
  });
  const map = currentMap();
  const within = (side, tokens) => wanted.has(side) && counted(side) < tokens.length ? counted(side) : null;
  const place = { query: within('query', map.queries), key: within('key', map.keys) };
  if (place.query !== null || place.key !== null) look({ pin: place });
}
