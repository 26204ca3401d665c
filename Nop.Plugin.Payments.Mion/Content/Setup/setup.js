// While Mion's test call is awaited, the webhook's step shows how far it has come without the page being loaded again.
(function () {
  'use strict';
  var setup = document.getElementById('mion-setup');
  var step = document.getElementById('mion-webhook-step');
  if (!setup || !step) {
    return;
  }
  var pause = 2000;
  var shown = '';

  function isRunning() {
    return step.querySelector('[data-running="true"]') !== null;
  }

  function look() {
    if (document.hidden) {
      return next();
    }
    return fetch(setup.getAttribute('data-step-url'), { credentials: 'same-origin', headers: { 'X-Requested-With': 'XMLHttpRequest' } })
      .then(function (response) {
        // a login page, or the store's own error page, is no step
        var isStep = response.ok && !response.redirected && (response.headers.get('content-type') || '').indexOf('text/html') === 0;
        return isStep ? response.text() : null;
      })
      .then(function (html) {
        // what has not changed is not written again: a screen reader would read it again
        if (html !== null && html !== shown && html.indexOf('mion-step') >= 0) {
          shown = html;
          step.innerHTML = html;
        }
        next();
      })
      .catch(next);
  }

  function next() {
    if (isRunning()) {
      window.setTimeout(look, pause);
    }
  }

  next();
})();
