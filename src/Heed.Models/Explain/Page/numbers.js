// The numbers of the chosen map as a plain table, for screen readers and for copying. Filled only while it is open.
function drawNumbers() {
  if (!byId('numbers').open) return;
  const map = currentMap();
  const head = element('tr', {}, element('td'), ...map.keys.map(token => element('th', { scope: 'col' }, shown(token))));
  const rows = map.queries.map((token, query) => element('tr', {},
    element('th', { scope: 'row' }, shown(token)),
    ...map.keys.map((_, key) => element('td', {}, map.hides(query, key) ? 'hidden' : map.at(query, key).toFixed(map.decimals)))));
  const caption = `${kinds[state.kind].name}, layer ${state.layer + 1}, ${headName(state.head)}. Rows look at columns.`;
  byId('number-table').replaceChildren(
    element('caption', {}, caption), element('thead', {}, head), element('tbody', {}, ...rows));
}

byId('numbers').addEventListener('toggle', drawNumbers);
views.push(drawNumbers);
