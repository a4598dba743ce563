// Small helpers to build the page. Texts only ever become text nodes or attributes, never markup.
const byId = id => document.getElementById(id);

function element(tag, attributes = {}, ...children) {
  return build(document.createElement(tag), attributes, children);
}

function svgElement(tag, attributes = {}, ...children) {
  return build(document.createElementNS(byId('links').namespaceURI, tag), attributes, children);
}

function build(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children);
  return node;
}

// Blanks and control characters have no shape of their own; a token made of them must still be seen.
const visibleForms = { ' ': '␣', '\n': '⏎', '\r': '␍', '\t': '⇥', '\u00a0': '⍽', '\u200b': '⍽' };

function shown(token, longest = Infinity) {
  const text = token === '' ? '∅' : token.replace(/[ \n\r\t\u00a0\u200b]/g, blank => visibleForms[blank])
    .replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '�');
  const letters = Array.from(text);
  return letters.length <= longest ? text : letters.slice(0, longest - 1).join('') + '…';
}

// Tokenizers mark where a word starts or goes on (▁, Ġ, ##, @@); the mark is drawn, but fainter than the letters.
function lettered(text, makeSpan) {
  const [, before, letters, after] = /^(▁|Ġ|##)?(.*?)(@@)?$/su.exec(text);
  const mark = part => part && letters ? [makeSpan(part)] : part ? [part] : [];
  return [...mark(before), letters, ...mark(after)];
}

// A token as nodes for an HTML parent.
const spelled = (token, longest) => lettered(shown(token, longest), part => element('span', { class: 'joint' }, part));

// Start, end and padding marks and the like: <s>, [CLS], <|endoftext|>.
const isMark = token => /^(<.+>|\[[A-Z]+\])$/.test(token);

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
