'use strict';

// places the order, then goes where the answer says: the shopper is sent to pay by the GET that follows
document.getElementById('one-page').addEventListener('submit', async event => {
  event.preventDefault();
  const form = event.currentTarget;
  const button = form.querySelector('#confirm');
  const error = document.getElementById('one-page-error');
  button.disabled = true;
  error.hidden = true;
  const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
  const result = await answer.json();
  if (result.redirect) {
    location.href = result.redirect;
    return;
  }
  if (result.success) {
    location.href = '/checkout/completed';
    return;
  }
  error.textContent = result.message;
  error.hidden = false;
  button.disabled = false;
});

// the total can depend on the method: as in nopCommerce it is taken before the totals are shown
async function choose() {
  const form = document.getElementById('one-page');
  const summary = document.getElementById('one-page-summary');
  const answer = await fetch(summary.dataset.url, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
  summary.innerHTML = await answer.text();
}

document.getElementById('one-page').addEventListener('change', choose);
choose();
