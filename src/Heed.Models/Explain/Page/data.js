// What PageData.cs wrote into the page, and how to ask it for a map.
const { weightUnit, explanations } = JSON.parse(byId('data').textContent);

const kinds = {
  cross: {
    name: 'Cross-attention', short: 'Cross', rows: 'targetTokens', columns: 'sourceTokens',
    reading: 'Each token of the translation looks at the source while it is being written.',
  },
  encoder: {
    name: 'Encoder self-attention', short: 'Encoder', rows: 'sourceTokens', columns: 'sourceTokens',
    reading: 'The source tokens look at each other, in both directions, before anything is written.',
  },
  decoder: {
    name: 'Decoder self-attention', short: 'Decoder', rows: 'inputTokens', columns: 'inputTokens',
    reading: 'The decoder looks back at what has been written so far; what comes later is hidden from it.',
  },
};

const mean = 'mean'; // stands in the place of a head's number

const ascending = values => [...new Set(values)].sort((a, b) => a - b);
const mapsOf = (example, kind) => explanations[example].maps.filter(map => map.kind === kind);
const kindsOf = example => Object.keys(kinds).filter(kind => mapsOf(example, kind).length > 0);
const layersOf = (example, kind) => ascending(mapsOf(example, kind).map(map => map.layer));
const headsOf = (example, kind) => ascending(mapsOf(example, kind).map(map => map.head));
const queriesOf = (example, kind) => explanations[example][kinds[kind].rows];
const keysOf = (example, kind) => explanations[example][kinds[kind].columns];

function decode(base64) {
  const bytes = atob(base64);
  const values = new Float64Array(bytes.length / 2);
  for (let i = 0; i < values.length; i++) {
    values[i] = (bytes.charCodeAt(2 * i) + 256 * bytes.charCodeAt(2 * i + 1)) / weightUnit;
  }
  return values;
}

function average(arrays) {
  const sum = new Float64Array(arrays[0].length);
  for (const array of arrays) array.forEach((value, i) => { sum[i] += value / arrays.length; });
  return sum;
}

const drawn = new Map();

// One map to show: its weights row by row, and how many decimals of them are true. A stored weight is exact to four;
// a mean of such rounded weights to three. Null where the model has no such head.
function mapAt(example, kind, layer, head) {
  const name = [example, kind, layer, head].join('/');
  if (!drawn.has(name)) drawn.set(name, loadMap(example, kind, layer, head));
  return drawn.get(name);
}

function loadMap(example, kind, layer, head) {
  const heads = mapsOf(example, kind).filter(map => map.layer === layer && (head === mean || map.head === head));
  if (heads.length === 0) return null;
  const weights = average(heads.map(map => decode(map.weights)));
  return {
    weights, decimals: heads.length > 1 ? 3 : 4, largest: weights.reduce((a, b) => Math.max(a, b)),
    queries: queriesOf(example, kind), keys: keysOf(example, kind), causal: isCausal(example, kind),
    at(query, key) { return this.weights[query * this.keys.length + key]; },
    hides(query, key) { return this.causal && key > query; },
  };
}

// A decoder that looks at nothing later is causal; its upper triangle is then not zero but hidden.
function isCausal(example, kind) {
  if (kind !== 'decoder') return false;
  const name = `${example}/causal`;
  if (!drawn.has(name)) {
    const size = keysOf(example, kind).length;
    const looksBack = map => decode(map.weights).every((weight, i) => weight === 0 || i % size <= Math.floor(i / size));
    drawn.set(name, mapsOf(example, kind).every(looksBack));
  }
  return drawn.get(name);
}
