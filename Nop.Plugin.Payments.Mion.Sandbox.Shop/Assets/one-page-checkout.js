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
