/* Keeps the payment page up to date: asks the shop for news and shows the state that came. */
(function () {
  'use strict';

  var page = document.getElementById('mion-payment');
  if (!page || !page.dataset.statusUrl || !window.fetch) {
    return;
  }

  var interval = 3000;
  var failures = 0;
  var timer = 0;

  function each(selector, action) {
    Array.prototype.forEach.call(page.querySelectorAll(selector), action);
  }

  function show(news) {
    page.dataset.state = news.state;
    each('[data-for]', function (element) {
      var isShown = element.dataset.for.split(' ').indexOf(news.state) >= 0;
      if (element.id === 'mion-continue') {
        isShown = isShown && !!news.continueUrl;
        if (news.continueUrl) {
          element.href = news.continueUrl;
        }
      }
      // writing an attribute that has not changed would make a screen reader speak again
      if (element.hidden === isShown) {
        element.hidden = !isShown;
      }
    });
    var amount = document.getElementById('mion-amount');
    if (amount && news.amount && amount.textContent !== news.amount) {
      amount.textContent = news.amount;
    }
  }

  function isFinal(state) {
    return state === 'Paid' || state === 'NeedsHelp' || state === 'Closed' || state === 'Unknown';
  }

  function ask() {
    timer = 0;
    if (document.hidden) {
      return;
    }
    fetch(page.dataset.statusUrl, { cache: 'no-store', credentials: 'same-origin', headers: { Accept: 'application/json' } })
      .then(function (response) {
        if (!response.ok) {
          throw new Error('status ' + response.status);
        }
        return response.json();
      })
      .then(function (news) {
        failures = 0;
        document.getElementById('mion-offline').hidden = true;
        show(news);
        if (news.state === 'Paid' && news.completedUrl) {
          window.location.replace(news.completedUrl);
        } else if (!isFinal(news.state)) {
          later();
        }
      })
      .catch(function () {
        failures += 1;
        if (failures > 1) {
          document.getElementById('mion-offline').hidden = false;
        }
        later();
      });
  }

  function later() {
    if (!timer) {
      timer = window.setTimeout(ask, Math.min(interval * Math.pow(2, failures), 30000));
    }
  }

  document.addEventListener('visibilitychange', function () {
    if (!document.hidden && !timer && !isFinal(page.dataset.state)) {
      ask();
    }
  });
  later();
}());
