// A sequential colour scale of our own, from the page's surface to a strong colour. Lightness changes steadily from end
// to end, so that it also reads in grey and with any colour vision.
const rampStops = {
  light: ['#f1f3ee', '#d3e6dc', '#a3d0c9', '#6bb2bd', '#3d8eb0', '#2b6a9e', '#264784', '#1d2459'],
  dark: ['#1c232b', '#1f3448', '#214e68', '#226c80', '#2f8c8b', '#5aad8b', '#a2cc85', '#f1e89c'],
};

const rgbOf = hex => [1, 3, 5].map(start => parseInt(hex.slice(start, start + 2), 16));

function rampOf(stops) {
  const colours = stops.map(rgbOf);
  return Array.from({ length: 256 }, (_, i) => {
    const place = i / 255 * (colours.length - 1);
    const stop = Math.min(Math.floor(place), colours.length - 2);
    return colours[stop].map((from, channel) => Math.round(from + (place - stop) * (colours[stop + 1][channel] - from)));
  });
}

const ramps = { light: rampOf(rampStops.light), dark: rampOf(rampStops.dark) };

const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');

function theme() {
  return document.documentElement.dataset.theme ?? (prefersDark.matches ? 'dark' : 'light');
}

// Where on the scale a weight stands. The square root keeps small weights apart: 0.01 is a tenth of the way.
const placeOnScale = (weight, top) => Math.sqrt(clamp(weight / top, 0, 1));

const css = rgb => `rgb(${rgb.join(' ')})`;

function luminance(rgb) {
  const [r, g, b] = rgb.map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

// Black or white, whichever stands out more: at least 4.5 to 1, with the turn at luminance 0.18.
const inkOn = rgb => luminance(rgb) > 0.18 ? '#000000' : '#ffffff';
