'use strict';
// Says what went wrong, on the page and (for tests) on the body, should the script fail or be kept from its style.
function fail(reason) {
  const line = document.getElementById('failure');
  line.hidden = false;
  line.textContent = `This page’s script failed: ${reason}`;
  document.body.dataset.failure = reason;
}

window.addEventListener('error', event => fail(event.message));
document.addEventListener('securitypolicyviolation', event => fail(`${event.violatedDirective} was violated`));
