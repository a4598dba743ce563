'use strict';
// Says what went wrong, on the page and (for tests) on the body, should the script ever fail.
window.addEventListener('error', event => {
  const line = document.getElementById('failure');
  line.hidden = false;
  line.textContent = `This page’s script failed: ${event.message}`;
  document.body.dataset.failure = event.message;
});
